"""A practice's file is read as it stands, or refused by name; whatever it is, never a fault."""

import json
import time

import pytest

from clinic.content.fhir_json import MOST_BYTES, is_storable
from clinic.content.loader import ContentError
from clinic.content.packs import LONGEST_FAULT, read_pack
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.domain.items import ItemKind
from clinic.domain.packs import PackFormat, is_added, scored_items
from tests.content.fhir_files import WEEK, asks, questionnaire

JSON, TOML = PackFormat.FHIR_R4, PackFormat.TOML

OWN = """
title = "Our evenings"
version = 1
licence = "CC-BY-4.0"
source = "Written for this test"
minutes = 2
language = "en-GB"

[[pages]]
key = "evenings"
title = "Evenings"
intro = ["Think of {others}."]

[[pages.items]]
key = "close"
kind = "scale"
text = "How close did you feel?"
low = "Not at all"
high = "Completely"
"""
ITEM = '\n[[pages.items]]\nkey = "x"\nkind = "yes-no"\ntext = "Yes?"\n'

CHOICES = ", ".join(f'{{ key = "c{number}", label = "C" }}' for number in range(201))
MANY_CHOICES = f"choices = [{CHOICES}]\n"


def refused(content, written=TOML):
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(ContentError) as caught:
        read_pack(content, written, "ours")
    faults = caught.value.faults
    assert faults
    assert all(is_storable(fault) for fault in faults)
    assert all(len(fault) <= LONGEST_FAULT + 1 for fault in faults)
    return list(faults)


def test_a_fhir_file_is_read_with_what_its_answers_count():
    found = read_pack(json.dumps(WEEK).encode(), JSON, "ours")
    assert found.questionnaire.title == "Our week"
    assert [item.key for item in scored_items(found)] == ["often", "calm"]


def test_a_file_of_our_own_form_is_read_and_counts_nothing():
    found = read_pack(OWN.encode(), TOML, "ours")
    assert [item.kind for item in found.items] == [ItemKind.SCALE]
    assert (found.questionnaire.licence, dict(found.scores)) == ("CC-BY-4.0", {})


@pytest.mark.parametrize(("text", "written"), [(json.dumps(WEEK), JSON), (OWN, TOML)])
def test_a_mark_at_the_start_and_line_ends_of_another_system_do_no_harm(text, written):
    content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read_pack(content, written, "ours") == read_pack(text.encode(), written, "ours")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ('\n[[pages]]\nkey = "p"\ntitle = "P"\nsigns = "welcome"\n', "p: “signs”"),
        ('\n[[pages]]\nkey = "p"\ntitle = "P"\nrepeat = "behaviours"\n', "p: “repeat”"),
        (ITEM + 'layer = "safety"\n', "x: the layer “safety”"),
        (ITEM + 'raises = { yes = "safety" }\n', "x: “raises”"),
        (
            ITEM.replace("yes-no", "several") + 'choices_from = "behaviours"\n',
            "x: choices from “behaviours”",
        ),
        (
            ITEM.replace("yes-no", "choice") + MANY_CHOICES,
            "x: it offers more than 200",
        ),
        ("".join(ITEM.replace('"x"', f'"x{n}"') for n in range(501)), "more than 500 questions"),
    ],
)
def test_what_belongs_to_the_intake_alone_is_refused_by_name(more, named):
    [fault] = refused(OWN + more)
    assert named in fault


def test_every_fault_is_named_at_once():
    faults = refused(OWN + ITEM + 'layer = "safety"\nraises = { yes = "safety" }\n')
    assert len(faults) == 2
    document = questionnaire(asks("a", "url"), asks("b", "date"), asks("c", "attachment"))
    assert len(refused(json.dumps(document), JSON)) >= 3


def test_a_file_without_questions_is_refused():
    text = OWN.partition("[[pages.items]]")[0]
    assert refused(text) == ["file: it asks nothing"]


def test_many_faults_end_after_a_hundred():
    faults = refused("\n".join(f'field{number} = "x"' for number in range(400)))
    assert len(faults) == 101
    assert faults[-1].startswith("and ")


BAD = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "not UTF-8": b"\xff\xfe{",
    "half a letter": b'{"title": "\xed\xa0\x80"}',
    "zero byte": b"\x00",
    "zero bytes": b"title = \x00\x00",
    "brackets": b"[" * 500_000,
    "braces": b'{"a":' * 100_000,
    "inner tables": b"a = " + b"{b=" * 50_000,
    "inner lists": b"a = " + b"[" * 50_000,
    "deep name": b".".join([b"a"] * 400_000) + b" = 1",
    "deep table": b"[" + b".".join([b"a"] * 400_000) + b"]",
    "deep quoted name": b".".join([b'"a"'] * 200_000) + b" = 1",
    "huge number": b'{"resourceType": "Questionnaire", "item": ' + b"9" * 6000 + b"}",
    "huge version": b"version = " + b"9" * 6000,
    "huge hexadecimal": b"version = 0x" + b"f" * 6000,
    "not a number": b"version = nan",
    "twice": b'{"title": "a", "title": "b"}',
    "twice in TOML": b'title = "a"\ntitle = "b"',
    "a list": b"[]",
    "a word": b'"Questionnaire"',
    "markup": b"<script>alert(1)</script>",
    "another resource": b'{"resourceType": "Patient"}',
    "hidden signs in a name": b'{"resourceType": "Questionnaire", "\\u0000\\ud800": 1}',
    "hidden signs": b'title = "\\u0000"',
    "hidden signs in a key": b'"\\u0007" = 1',
    "many parts": b"a = [" + b"{b=1}," * 100_000 + b"]",
    "a day": b"title = 2026-01-01",
}


@pytest.mark.parametrize("written", PackFormat)
@pytest.mark.parametrize("content", BAD.values(), ids=list(BAD))
def test_whatever_is_chosen_is_refused_with_reasons_and_soon(content, written):
    started = time.process_time()
    assert refused(content, written)
    assert time.process_time() - started < 5


def test_more_than_a_megabyte_is_refused_by_its_size():
    for written in PackFormat:
        assert refused(b" " * (MOST_BYTES + 1), written) == ["file: it is larger than 1 MB"]


def test_no_key_of_ours_looks_like_one_of_theirs():
    for form in load_questionnaires().values():
        keys = [page.key for page in form.pages]
        keys += [item.key for page in form.pages for item in page.items]
        assert not [key for key in keys if is_added(key)]
