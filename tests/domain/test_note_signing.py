import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.note_signing import SignedBlock, SignedNote, Took, canonical, digest, exact, read

NOTE = SignedNote(
    note="n",
    appointment="a",
    number=3,
    served_on="2026-03-14",
    began_at="",
    ended_at="",
    kind="joint",
    took_part=(Took("Mara", "late", 10, "video"), Took("Jonas", "present")),
    format="dap",
    title="DAP",
    blocks=(SignedBlock("Plan", "", "one walk a week"),),
    name="Ines Ferrara",
    credential="LMFT 4711",
    signed_at="2026-03-14T10:00:00+00:00",
)
#: Letters as our fields let them in: composed, and no halves of characters.
WORDS = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)


def test_every_part_of_a_note_changes_its_hash():
    before = digest(canonical(NOTE))
    changes = {
        **{
            name: f"{getattr(NOTE, name)}x"
            for name in NOTE.__slots__
            if isinstance(getattr(NOTE, name), str)
        },
        "number": 4,
        "took_part": NOTE.took_part[:1],
        "blocks": (SignedBlock("Plan", "", "one walk a week."),),
    }
    assert set(changes) == set(NOTE.__slots__)
    for name, value in changes.items():
        assert digest(canonical(replace(NOTE, **{name: value}))) != before, name


def test_the_hash_is_that_of_the_exact_text_and_known_to_any_other_tool():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(WORDS, WORDS)
def test_what_was_signed_is_read_back_as_it_was(words, name):
    note = replace(NOTE, blocks=(SignedBlock("Plan", name, words),))
    assert digest(canonical(read(canonical(note)))) == digest(canonical(note))
    assert read(canonical(note)) == note or not unicodedata.is_normalized("NFC", str(note))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4))
def test_texts_side_by_side_never_run_into_each_other(parts):
    together = "".join(parts)
    assert exact(*parts) != exact(together)
