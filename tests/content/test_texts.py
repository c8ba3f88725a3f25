"""What translators get to see: every text that reaches a page, and nothing that only names."""

from io import BytesIO

from clinic.content.texts import calls, content, tables

KEYWORDS = {"mark", "say", "say_count", "Pick"}


def found_in_code(code: str) -> set[tuple[str, tuple[str | None, ...]]]:
    file = BytesIO(code.encode())
    return {(name, texts) for _, name, texts, _ in calls(file, KEYWORDS, (), {})}


def found_in_content(text: str) -> list[str]:
    return [each for _, _, each, _ in content(BytesIO(text.encode()), (), (), {})]


def test_a_call_inside_another_is_found():
    code = 'Pick("From the library", [("", mark("None")), *known], thing=say("one" " of them"))'
    assert found_in_code(code) == {
        ("Pick", ("From the library", None)),
        ("mark", ("None",)),
        ("say", ("one of them",)),
    }


def test_both_patterns_of_a_count_are_found_and_what_is_counted_is_none():
    code = 'said.say_count("%(number)s goal", "%(number)s goals", len(goals))'
    assert found_in_code(code) == {("say_count", ("%(number)s goal", "%(number)s goals", None))}


def test_what_only_runs_is_no_text():
    assert found_in_code('mark(text); say(f"{name}"); say(""); print("plain")') == {
        ("mark", (None,)),
        ("say", (None,)),
    }


def test_notes_about_a_file_are_no_text_but_those_of_a_measure_are():
    text = 'licence = "CC-BY-4.0"\ntitle = "Health"\n[[measures]]\nlicence = "Free to use."\n'
    assert found_in_content(text) == ["Health", "Free to use."]


def test_a_name_is_no_text_but_a_scale_is():
    assert found_in_content('key = "ecr-r"\nscale = "anxiety"\nzone = "gray"\n') == ["anxiety"]


def test_a_list_of_words_is_found_without_its_keys_docstring():
    code = '"""How it is said."""\nZONE = {Zone.GRAY: "It depends"}\n'
    assert [text for _, _, text, _ in tables(BytesIO(code.encode()), (), (), {})] == ["It depends"]
