"""Sealed texts open in one place, with one keyring, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.visibility import Audience, Layer
from clinic.keyring.errors import ClosedLayerError, KeyProblemError
from clinic.keyring.ring import PERSONAL, Place, practice_keyring

WHOLE = practice_keyring("practice-a", {1: b"1" * 32})
HERE = Place("partner", "contact_notes", "row-1", Layer.PRIVATE, "mara")
TEXT = "not after eight"


def place(layer, person="mara"):
    return replace(HERE, layer=layer, person=person)


def opens(ring, sealed, where):
    try:
        return ring.open(sealed, where) == TEXT
    except (ClosedLayerError, KeyProblemError):
        return False


@given(st.text())
def test_a_sealed_text_comes_back_as_it_was(text):
    assert WHOLE.open(WHOLE.seal(text, HERE), HERE) == text


@pytest.mark.parametrize("layer", Layer)
def test_every_layer_of_a_practice_opens_with_its_whole_keyring(layer):
    assert WHOLE.open(WHOLE.seal(TEXT, place(layer)), place(layer)) == TEXT


@pytest.mark.parametrize(
    "moved",
    [
        {"table": "evidence_item"},
        {"column": "contact_details"},
        {"row": "row-2"},
        {"person": "jonas"},
        {"layer": Layer.SAFETY},
        {"layer": Layer.SHARED},
    ],
)
def test_a_sealed_text_does_not_open_in_another_place(moved):
    with pytest.raises(KeyProblemError, match="changed outside"):
        WHOLE.open(WHOLE.seal(TEXT, HERE), replace(HERE, **moved))


def test_a_shared_text_is_bound_to_the_person_it_is_about_too():
    sealed = WHOLE.seal(TEXT, place(Layer.SHARED))
    with pytest.raises(KeyProblemError):
        WHOLE.open(sealed, place(Layer.SHARED, "jonas"))


def test_another_practice_with_the_same_data_key_opens_nothing():
    other = practice_keyring("practice-b", {1: b"1" * 32})
    with pytest.raises(KeyProblemError):
        other.open(WHOLE.seal(TEXT, HERE), HERE)


def test_a_change_of_any_single_bit_is_refused():
    sealed = WHOLE.seal(TEXT, HERE)
    for position in range(len(sealed) * 8):
        edited = bytearray(sealed)
        edited[position // 8] ^= 1 << position % 8
        with pytest.raises(KeyProblemError):
            WHOLE.open(bytes(edited), HERE)


def test_a_text_that_was_cut_short_is_refused_at_any_length():
    sealed = WHOLE.seal(TEXT, HERE)
    for length in range(len(sealed)):
        with pytest.raises(KeyProblemError):
            WHOLE.open(sealed[:length], HERE)


def test_the_same_text_is_never_sealed_to_the_same_bytes():
    assert WHOLE.seal(TEXT, HERE) != WHOLE.seal(TEXT, HERE)


def test_a_sealed_text_and_the_keyring_show_no_word_of_text_or_key():
    assert TEXT.encode() not in WHOLE.seal(TEXT, HERE)
    assert "1111" not in repr(WHOLE)


@pytest.mark.parametrize("layer", [layer for layer in Layer if layer is not Layer.SHARED])
def test_the_couple_opens_nothing_but_what_is_shared(layer):
    ring = WHOLE.narrowed(Audience.COUPLE)
    with pytest.raises(ClosedLayerError, match=layer.value):
        ring.open(WHOLE.seal(TEXT, place(layer)), place(layer))
    assert opens(ring, WHOLE.seal(TEXT, place(Layer.SHARED)), place(Layer.SHARED))


def test_the_couple_opens_no_personal_layer_even_when_a_person_is_named():
    ring = WHOLE.narrowed(Audience.COUPLE, "mara")
    assert not any(opens(ring, WHOLE.seal(TEXT, place(layer)), place(layer)) for layer in PERSONAL)


@pytest.mark.parametrize("layer", [Layer.PRIVATE, Layer.SAFETY])
def test_a_partner_opens_only_their_own_private_texts(layer):
    ring = WHOLE.narrowed(Audience.PARTNER, "mara")
    assert opens(ring, WHOLE.seal(TEXT, place(layer)), place(layer))
    with pytest.raises(ClosedLayerError):
        ring.open(WHOLE.seal(TEXT, place(layer, "jonas")), place(layer, "jonas"))


@pytest.mark.parametrize("layer", [Layer.CLINICIAN, Layer.PROCESS])
def test_a_partner_opens_nothing_of_the_clinician_not_even_about_themselves(layer):
    ring = WHOLE.narrowed(Audience.PARTNER, "mara")
    assert not opens(ring, WHOLE.seal(TEXT, place(layer)), place(layer))


def test_a_partner_who_is_not_named_opens_only_what_is_shared():
    ring = WHOLE.narrowed(Audience.PARTNER)
    opened = [layer for layer in Layer if opens(ring, WHOLE.seal(TEXT, place(layer)), place(layer))]
    nobody = [
        layer
        for layer in Layer
        if opens(ring, WHOLE.seal(TEXT, place(layer, "")), place(layer, ""))
    ]
    assert opened == nobody == [Layer.SHARED]


@pytest.mark.parametrize("audience", [Audience.THERAPIST, Audience.AUTHOR])
@pytest.mark.parametrize("layer", [layer for layer in Layer if layer is not Layer.PROCESS])
def test_a_therapist_opens_the_record_of_every_partner(audience, layer):
    ring = WHOLE.narrowed(audience, "ines")
    for person in ("mara", "jonas", ""):
        assert opens(ring, WHOLE.seal(TEXT, place(layer, person)), place(layer, person))


def test_process_notes_open_for_their_author_alone():
    mine, hers = place(Layer.PROCESS, "ines"), place(Layer.PROCESS, "tove")
    author, therapist = WHOLE.narrowed(Audience.AUTHOR, "ines"), WHOLE.narrowed(Audience.THERAPIST)
    assert opens(author, WHOLE.seal(TEXT, mine), mine)
    assert not opens(author, WHOLE.seal(TEXT, hers), hers)
    assert not opens(therapist, WHOLE.seal(TEXT, mine), mine)


def test_a_narrowed_keyring_seals_so_that_the_whole_one_opens_it():
    ring = WHOLE.narrowed(Audience.PARTNER, "mara")
    assert opens(WHOLE, ring.seal(TEXT, HERE), HERE)


def test_a_narrowed_keyring_seals_nothing_in_a_layer_it_cannot_open():
    with pytest.raises(ClosedLayerError):
        WHOLE.narrowed(Audience.COUPLE).seal(TEXT, HERE)


def test_a_narrowed_keyring_does_not_widen_again():
    ring = WHOLE.narrowed(Audience.COUPLE).narrowed(Audience.AUTHOR, "mara")
    assert not any(opens(ring, WHOLE.seal(TEXT, place(layer)), place(layer)) for layer in PERSONAL)


@pytest.mark.parametrize("audience", [None, Audience.PARTNER])
def test_what_an_older_data_key_sealed_still_opens(audience):
    newer = practice_keyring("practice-a", {1: b"1" * 32, 2: b"2" * 32})
    ring = newer.narrowed(audience, "mara") if audience else newer
    assert opens(ring, WHOLE.seal(TEXT, HERE), HERE)


def test_the_newest_data_key_seals_and_older_installations_cannot_open_it():
    newer = practice_keyring("practice-a", {1: b"1" * 32, 2: b"2" * 32})
    with pytest.raises(KeyProblemError):
        WHOLE.open(newer.seal(TEXT, HERE), HERE)


def test_dropping_an_old_data_key_closes_what_it_sealed():
    only_new = practice_keyring("practice-a", {2: b"2" * 32})
    assert not opens(only_new, WHOLE.seal(TEXT, HERE), HERE)
