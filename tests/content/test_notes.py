"""Are the forms of notes whole, plain and readable, and is a fault of a file named?"""

import re
from statistics import fmean

import pytest

from clinic.content.loader import ContentError
from clinic.content.notes_loader import FOLDER, load_note_format, load_note_formats
from clinic.domain.note_formats import BeginsWith
from tests.content.reading_age import grade

FORMATS = load_note_formats()


def keys(name):
    return [block.key for block in FORMATS[name].blocks]


def test_the_forms_come_in_their_places():
    assert list(FORMATS) == ["couple", "soap", "dap", "birp", "girp"]


def test_each_form_has_the_blocks_that_it_is_named_after():
    assert keys("soap") == ["subjective", "objective", "assessment", "plan"]
    assert keys("dap") == ["data", "assessment", "plan"]
    assert keys("birp") == ["behaviour", "intervention", "response", "plan"]
    assert keys("girp") == ["goals", "intervention", "response", "plan"]


def test_the_note_on_the_relationship_asks_of_each_partner_what_is_each_partner_s():
    each = [block.key for block in FORMATS["couple"].blocks if block.per_partner]
    assert each == ["partner", "response", "progress"]
    assert {"interaction", "intervention", "plan"} <= set(keys("couple")) - set(each)


def test_goals_fill_in_one_block_of_one_form():
    filled = [
        (name, block.key)
        for name, form in FORMATS.items()
        for block in form.blocks
        if block.begins_with is BeginsWith.ACTIVE_GOALS
    ]
    assert filled == [("girp", "goals")]


def test_no_form_has_a_word_of_its_own_for_the_relationship():
    said = [
        text
        for form in FORMATS.values()
        for text in (form.title, form.intro, *(f"{b.label} {b.prompt}" for b in form.blocks))
    ]
    assert not [text for text in said if re.search("couple", text, re.IGNORECASE)]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_form_is_plain_and_asks(form):
    assert all("?" in block.prompt for block in form.blocks)
    assert fmean(grade(block.prompt) for block in form.blocks) <= 9


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "plan"', 'key = "goals"', "goals is used twice"),
        ('label = "Goals"\n', "", "blocks.0.label: Field required"),
        ("place = 5", "place = 0", "girp.toml: place: "),
        ('title = "GIRP"', 'title = "GIRP of {whom}"', "nothing fills whom"),
        ('begins_with = "active-goals"', 'begins_with = "weather"', "begins_with"),
        ('begins_with = "', 'per_partner = true\nbegins_with = "', "begins with nothing"),
        ('prompt = "What did they do', 'prompt = "What did the wife do', "wife"),
        ('licence = "CC-BY-4.0"\n', "", "licence: Field required"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, old, new, fault):
    text = (FOLDER / "girp.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "girp.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(fault)):
        load_note_format(path)


def test_two_forms_cannot_stand_at_one_place(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text((FOLDER / "dap.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(ContentError, match="two forms stand at place 3"):
        load_note_formats(tmp_path)
