"""Is the intake sound, kind and readable, and is every fault of a file named?"""

import re
from pathlib import Path
from statistics import fmean

import pytest

from clinic.content.consents_loader import load_consents
from clinic.content.loader import ContentError, load_library
from clinic.content.questionnaires_loader import FOLDER, load_questionnaire, load_questionnaires
from clinic.content.wording import UNFIT_WORDS
from clinic.domain.agreement import Openness
from clinic.domain.answers import Placing, Standpoint, given
from clinic.domain.behaviours import HowKnown, StillHappening
from clinic.domain.cases import ContactBy
from clinic.domain.consents import SECRETS_POLICY
from clinic.domain.disclosures import Wish
from clinic.domain.item_flags import raised, safety_result
from clinic.domain.items import Flag, ItemKind, is_shown, pages_for
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.visibility import Layer
from tests.content.reading_age import grade

INTAKE = load_questionnaires()["intake"]
ITEMS = {item.key: item for page in INTAKE.pages for item in page.items}
PAGES = {page.key: page for page in INTAKE.pages}
CONCERN = load_library().concerns["outside-contact"]
ASKED_FIRST = [(one.key, one.label) for one in CONCERN.behaviours.values() if one.asked_first]
JUDGING = re.compile(r"\b(cheat\w*|victim\w*|perpetrat\w*|abus\w*|affair|guilty|innocent)\b", re.I)


def every_text():
    for page in INTAKE.pages:
        yield from (page.title, page.reminder, *page.intro)
        for item in page.items:
            yield from (item.text, item.hint, item.low, item.high)
            yield from (choice.label for choice in item.choices)


def questions():
    return [re.sub(r"\{others?\}", "Lou", item.text) for item in ITEMS.values()]


def test_the_twelve_topics_come_in_their_order():
    assert list(PAGES) == [
        "welcome",
        "measures",
        "secrets",
        "about",
        "contact",
        "reasons",
        "standing",
        "behaviours",
        "topics",
        "happened",
        "own-side",
        "asking",
        "pattern",
        "closeness",
        "month",
        "alone",
        "kept",
        "review",
    ]
    assert 15 <= INTAKE.minutes <= 20


def test_nothing_is_asked_before_every_text_was_signed():
    signs = [page.signs for page in INTAKE.pages]
    assert signs[:3] == ["welcome-and-privacy", "measures-and-sharing", SECRETS_POLICY]
    assert not any(signs[3:])
    assert not any(page.items for page in INTAKE.pages[:3])
    assert {*signs[:2]} <= set(load_consents())


def test_the_last_page_asks_nothing():
    assert INTAKE.pages[-1].key == "review"
    assert INTAKE.pages[-1].items == ()


@pytest.mark.parametrize("text", sorted(set(every_text())))
def test_a_text_judges_nobody_and_presumes_no_gender(text):
    assert not UNFIT_WORDS.search(text)
    assert not JUDGING.search(text)


@pytest.mark.parametrize(
    ("key", "closed_list"),
    [
        ("placing", Placing),
        ("guess", Placing),
        ("agreed", Openness),
        ("standpoint", Standpoint),
        ("standpoint.guess", Standpoint),
        ("contact-by", ContactBy),
        ("happened-still", StillHappening),
        ("kept-1.wish", Wish),
        ("kept-2.wish", Wish),
        ("kept-3.wish", Wish),
    ],
)
def test_an_item_offers_what_the_rules_know(key, closed_list):
    assert {choice.key for choice in ITEMS[key].choices} == {one.value for one in closed_list}


def test_one_may_have_done_it_oneself_so_there_is_one_more_way_to_know():
    offered = {choice.key for choice in ITEMS["happened-learned"].choices}
    assert offered == {*(one.value for one in HowKnown), "own"}


def test_safety_answers_have_a_layer_of_their_own_and_all_others_are_private():
    safety = {item.key for item in PAGES["alone"].items} | {"safe-to-disagree"}
    for key, item in ITEMS.items():
        assert item.layer is (Layer.SAFETY if key in safety else Layer.PRIVATE), key


def test_safety_questions_are_asked_only_of_somebody_alone_and_free_to_answer():
    gate, *others = PAGES["alone"].items
    assert gate.key == "alone"
    for item in others:
        assert is_shown(item, {"alone": given(["yes"])})
        assert not is_shown(item, {"alone": given(["in-person"])})
        assert not is_shown(item, {})


def test_the_path_is_the_same_whatever_is_answered():
    pages = pages_for(INTAKE, ASKED_FIRST, ["Lou"])
    assert len(pages) == len(INTAKE.pages) - 1 + 16
    assert not any(page.items[0].shown_when for page in pages if page.items)


def test_the_answers_of_the_fifth_vignette_raise_what_the_therapist_must_see():
    items = [item for page in pages_for(INTAKE, ASKED_FIRST, ["Lou"]) for item in page.items]
    elena = {"alone": given(["yes"]), "afraid": given(["yes"]), "given-up": given(["yes"])}
    assert safety_result(items, elena) is ScreenResult.POSITIVE
    viktor = {"asked": given(["location", "passwords"])}
    assert {one.flag for one in raised(items, viktor)} == {Flag.MONITORING}
    assert {one.value for one in raised(items, viktor)} == {"location", "passwords"}


def test_no_to_every_safety_question_is_no_indication_today():
    items = [item for page in pages_for(INTAKE, ASKED_FIRST, ["Lou"]) for item in page.items]
    answers = {item.key: given(["no"]) for item in items if item.kind is ItemKind.YES_NO}
    answers |= {"alone": given(["yes"]), "safe-to-disagree": given(["10"])}
    answers["speak-freely"] = given(["yes"])
    assert raised(items, answers) == ()
    assert safety_result(items, answers) is ScreenResult.NO_INDICATION


def test_the_behaviours_stand_beside_a_reminder_that_norms_differ():
    reminder = PAGES["behaviours"].reminder
    for word in ("differ", "friendships", "drawn to", "privacy"):
        assert word in reminder


def test_somebody_outside_is_a_role_and_never_a_name():
    assert any("do not name anyone outside" in line for line in PAGES["happened"].intro)
    assert "no name" in ITEMS["happened-outside"].hint


def test_an_item_s_key_leaves_room_for_a_behaviour_and_a_position():
    pages = pages_for(INTAKE, [("B" * 20, "Long")], ["Lou", "Kim", "Tariq"])
    assert max(len(item.key) for page in pages for item in page.items) <= 80


def test_questions_can_be_read_at_about_twelve():
    grades = {text: grade(text) for text in questions()}
    assert fmean(grades.values()) <= 7
    assert [text for text, found in grades.items() if found > 10] == []


def test_what_stands_around_the_questions_can_be_read_at_about_twelve():
    lines = [line for page in INTAKE.pages for line in (*page.intro, page.reminder) if line]
    assert fmean(grade(line) for line in lines) <= 7


def test_a_hard_text_would_be_found():
    hard = "Notwithstanding prior considerations, individuals exhibit heterogeneous expectations."
    assert grade(hard) > 10
    assert grade("What do you hope for?") < 5


SMALL = """
title = "Small"
version = 1
minutes = 2
language = "en-GB"
licence = "CC-BY-4.0"
source = "Written for this test."
[[pages]]
key = "one"
title = "One"
[[pages.items]]
key = "first"
kind = "yes-no"
text = "Is it so?"
[[pages.items]]
key = "second"
kind = "choice"
text = "Which?"
choices = [{ key = "a", label = "A" }]
shown_when = { item = "first", values = ["yes"] }
"""

FAULTS = [
    ("licence =", "#", "licence: Field required"),
    ("minutes = 2", "minutes = 0", "minutes: Input should be greater than 0"),
    ('"en-GB"', '"English"', "language: String should match"),
    ("Is it so?", "Is she so?", "pages.0.items.0.text: “she” is not a word we use"),
    ('"yes-no"', '"maybe"', "pages.0.items.0.kind: Input should be"),
    ('"first"\nkind', '"First"\nkind', "pages.0.items.0.key: String should match"),
    ('"second"', '"first"', "first is used twice"),
    ("Is it so?", "Is {other} so?", "nothing fills {other}"),
    ("Is it so?", "Is {it so?", "nothing fills {"),
    ('choices = [{ key = "a", label = "A" }]', "", "list their choices"),
    ('text = "Is it so?"', 'text = "So?"\nlow = "No"\nhigh = "Yes"', "names both its ends"),
    ('text = "Is it so?"', 'text = "So?"\nat_most = 2', "only several answers can be limited"),
    ('text = "Is it so?"', 'text = "So?"\nraises = { maybe = "safety" }', "no such answer: maybe"),
    ('label = "A" }', 'label = "A" }, { key = "a", label = "B" }', "a choice's key is used twice"),
    ('item = "first"', 'item = "third"', "second depends on third, which is not one single item"),
    ('item = "first"', 'item = "second"', "second depends on second, which is not one single"),
    ('["yes"]', '["perhaps"]', "second depends on perhaps, which first does not offer"),
    ('text = "Is it so?"', 'text = "So?"\nper_other = true', "depends on first, which is not one"),
    ('title = "One"', 'title = "One"\nsigns = "x"', "a page to sign asks nothing else"),
    ('title = "One"', 'title = "One"\nrepeat = "others"', "only behaviours repeat a page"),
    ('title = "One"', 'title = "One"\nrepeat = "behaviours"', "everything is shown"),
    ("[[pages]]", "[[sheets]]", "sheets: Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old, new, fault):
    assert old in SMALL
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_questionnaire(path)
    assert "small.toml: " in str(caught.value)
    assert fault in str(caught.value)


def test_two_pages_of_one_name_do_not_load(tmp_path: Path):
    path = tmp_path / "small.toml"
    path.write_text(f'{SMALL}[[pages]]\nkey = "one"\ntitle = "Again"\n', encoding="utf-8")
    with pytest.raises(ContentError, match="one is used twice"):
        load_questionnaire(path)


def test_a_question_may_depend_on_one_that_was_answered_at_all(tmp_path: Path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace(', values = ["yes"]', ""), encoding="utf-8")
    (page,) = load_questionnaire(path).pages
    assert is_shown(page.items[1], {"first": given(["no"])})
    assert not is_shown(page.items[1], {})


def test_a_scale_s_steps_can_raise_a_flag_and_show_an_item(tmp_path: Path):
    path = tmp_path / "small.toml"
    text = SMALL.replace('"yes-no"', '"scale"\nlow = "Low"\nhigh = "High"').replace("yes", "3")
    path.write_text(text, encoding="utf-8")
    (page,) = load_questionnaire(path).pages
    assert is_shown(page.items[1], {"first": given(["3"])})


def test_every_faulty_file_is_named(tmp_path: Path):
    (tmp_path / "a.toml").write_text("title = ", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff")
    with pytest.raises(ContentError) as caught:
        load_questionnaires(tmp_path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["a.toml", "b.toml"]


def test_a_folder_without_questionnaires_stops_the_start(tmp_path: Path):
    with pytest.raises(ContentError, match="there is no file"):
        load_questionnaires(tmp_path)


def test_a_questionnaire_is_named_by_its_file():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(load_questionnaires())
    assert all(key == one.key for key, one in load_questionnaires().items())
