"""Markup in a name, a goal or a summary: on every sheet it stays the text that was typed."""

import pytest

from clinic.models.store import Store
from clinic.services import readings
from tests import factories as made
from tests import pdf_reader
from tests.cast import Person
from tests.hostile_pages import HOSTILE, SECRET, holds_secret, noticing
from tests.services.answering import treating
from tests.web.worksheets.conftest import Filled
from tests.web.worksheets.handing_out import print_out

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: What ends a tag or an attribute, in front of what would follow it.
OUT = "'\"></p></td></title></style>{{ 7 * 7 }}"
SHEETS = ("w01", "w03", "w06", "w08", "w10", "w13", "w14")


@pytest.fixture
def visited():
    with noticing() as found:
        yield found


@pytest.fixture
def typed(store: Store, ines: Person, filled: Filled, visited, tmp_path):
    """Write every vector into every field a sheet is filled with; give what to look for."""
    secret = tmp_path / "secret.css"
    secret.write_text(SECRET)
    addresses = (f"{visited.address}/x", secret.as_uri())
    vectors = [each.format(url=addresses[n % 2]) for n, each in enumerate(HOSTILE.values())]
    name = f'<img alt=x src="{visited.address}/n">'
    wording = OUT + HOSTILE["attachment"].format(url=addresses[1])
    summary = OUT + "\n".join(vectors)
    with treating(store, ines, filled.answered) as (db, case):
        for partner in case.partners:
            partner.name += name
        steps = made.goal_details(case).anchors
        anchors = {level: f"{text} {vectors[int(level) + 2]}" for level, text in steps.items()}
        made.make_pair(db, case, wording=wording, anchors=anchors)
        saved = made.make_formulation(db, case, 1, couple_summary=summary)
        readings.share_summary(db, case, saved.number, made.TODAY)
    return {"name": name, "wording": wording, "summary": summary}


def test_markup_in_any_field_of_any_sheet_stays_text_and_reaches_nothing(
    browser, filled, typed, visited
):
    words = {}
    for sheet in SHEETS:
        answer = print_out(browser, filled.url, sheet, reader=filled.refs["Mara"])
        assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
        assert not holds_secret(answer.data)
        words[sheet] = unspaced(" ".join(each.text for each in pdf_reader.elements(answer.data)))
    assert visited.paths == []
    for sheet in ("w01", "w03", "w13"):
        assert unspaced(f"Mara{typed['name']}") in words[sheet]
    for sheet in ("w13", "w14"):
        assert unspaced(typed["wording"]) in words[sheet]
    assert unspaced(typed["summary"]) in words["w06"]


def unspaced(text: str) -> str:
    """Leave out the blanks: where a line of a sheet ends is not part of a text."""
    return "".join(text.split())
