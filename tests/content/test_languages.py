"""A language is refused by name, with the text it is about, before anybody reads a page in it."""

from pathlib import Path

import pytest

from clinic.content.languages_loader import load_language, load_languages
from clinic.content.loader import ContentError
from tests.pseudo import write_language, write_pseudo

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
LINES = "Keep it to %(most)s lines"
GUESS = "What do you think {other} would say?"


def written(folder: Path, messages: str, name: str = "de.po") -> Path:
    path = folder / name
    path.write_text(HEADER + messages, encoding="utf-8")
    return path


def test_every_language_of_ours_loads():
    for tag, texts in load_languages().items():
        assert texts.gettext("Save"), tag


def test_a_folder_without_languages_means_english_alone(tmp_path):
    assert dict(load_languages(tmp_path)) == {}


def test_a_language_is_known_by_its_tag(tmp_path):
    write_language(tmp_path, "de", {"Save": "Speichern"})
    write_language(tmp_path, "pt-BR", {"Save": "Salvar"})
    languages = load_languages(tmp_path)
    assert {tag: texts.gettext("Save") for tag, texts in languages.items()} == {
        "de": "Speichern",
        "pt-BR": "Salvar",
    }


def test_what_is_not_translated_yet_stays_english(tmp_path):
    texts = load_language(written(tmp_path, f'msgid "{GUESS}"\nmsgstr ""\n'))
    assert texts.gettext(GUESS) == GUESS
    assert texts.gettext("Save") == "Save"


def test_the_made_up_language_of_the_tests_is_a_sound_one(tmp_path):
    assert load_languages(write_pseudo(tmp_path))["eo"].gettext("Save") == "Sávé"


@pytest.mark.parametrize("name", ["klingon.po", "xx.po", "german-language.po"])
def test_a_name_that_is_no_language_is_refused(tmp_path, name):
    with pytest.raises(ContentError, match=name):
        load_languages(written(tmp_path, "", name).parent)


@pytest.mark.parametrize(
    "broken", ['msgid "Save"\nSpeichern\n', 'msgid "Save"\nmsgstr Speichern\n']
)
def test_a_broken_file_is_refused_by_name(tmp_path, broken):
    with pytest.raises(ContentError, match=r"de\.po"):
        load_languages(written(tmp_path, broken).parent)


def test_a_file_that_is_not_text_is_refused_by_name(tmp_path):
    (tmp_path / "de.po").write_bytes(HEADER.encode() + b'msgid "Save"\nmsgstr "\xff\xfe"\n')
    with pytest.raises(ContentError, match=r"de\.po"):
        load_languages(tmp_path)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (LINES, "Höchstens %(least)s Zeilen"),
        (LINES, "Höchstens %(most)d Zeilen und %(more)s"),
        (LINES, "Höchstens %s Zeilen"),
        (GUESS, "Was würde {der} sagen?"),
        (GUESS, "Was würde der andere sagen?"),
        ("Would it matter?", "Wäre es {other} wichtig?"),
        ("Leave this page", "Diese Seite <i>verlassen</i>"),
        ("Leave this page", "Diese Seite < verlassen"),
        ("Leave this page", "Diese Seite zu 100% verlassen"),
        ("Leave this page", 'Diese "Seite" verlassen'),
    ],
)
def test_a_sentence_that_changes_its_facts_is_refused_with_its_words(tmp_path, english, said):
    write_language(tmp_path, "de", {english: said})
    with pytest.raises(ContentError) as refused:
        load_languages(tmp_path)
    assert "de.po" in str(refused.value)
    assert english in str(refused.value)


def test_a_language_may_quote_in_its_own_way(tmp_path):
    write_language(tmp_path, "de", {'Press "Fill in"': "Drücken Sie „Ausfüllen“"})
    assert load_languages(tmp_path)["de"].gettext('Press "Fill in"') == "Drücken Sie „Ausfüllen“"


def test_every_fault_of_a_language_is_told_at_once(tmp_path):
    write_language(tmp_path, "de", {LINES: "%(least)s", GUESS: "ohne Namen"})
    with pytest.raises(ContentError) as refused:
        load_languages(tmp_path)
    assert LINES in str(refused.value)
    assert GUESS in str(refused.value)
