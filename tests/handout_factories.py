"""Sheets handed out in tests: on paper and at home, answered in a session of the partner's own."""

from collections.abc import Mapping
from typing import Any

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.answers import Given, given
from clinic.domain.handout_forms import home_form
from clinic.domain.handouts import Returned
from clinic.domain.items import Questionnaire
from clinic.models.cases import Case, Partner
from clinic.models.handouts import Handout, HandoutForm
from clinic.models.scope import ScopedSession
from clinic.services import handout_answers, handout_lines, handouts, questionnaires
from clinic.services.handouts import HandoutDetails
from tests.check_in_factories import BY_HAND, LETTERS

SHEETS = load_worksheets()
LINK = handouts.Sending(BY_HAND, LETTERS)
BEHAVIOURS = ("Has friends of their own", "Writes to somebody late at night")
#: What Mara writes on W04, by the places of the sheet.
ANSWERS = {
    "s2.b1.i1": given(["the heron by the lake"]),
    "s2.b3.i1": given(["2", "3"]),
    "s5.b3.i1": given(["", ""], declined=True),
}


def details(case: Case, sheet: str = "w04", **changes: Any) -> HandoutDetails:
    """Describe a sheet for the first partner, or for all of them where it is for all."""
    worksheet = SHEETS[sheet]
    reader = case.partners[0].public_id if worksheet.has_one_reader else ""
    return HandoutDetails(worksheet, **{"reader": reader, **changes})


def form_of(sheet: str = "w04") -> Questionnaire:
    """Give the form of a sheet."""
    return home_form(SHEETS[sheet], BEHAVIOURS)


def make_handout(db: ScopedSession, case: Case, sheet: str = "w04", **changes: Any) -> Handout:
    """Hand a sheet out on paper."""
    return handouts.hand_out_paper(db, case, details(case, sheet, **changes))


def make_home(db: ScopedSession, case: Case, sheet: str = "w04", **changes: Any) -> Handout:
    """Hand a sheet out to be done at home, with a new link."""
    wanted = details(case, sheet, **changes)
    handouts.hand_out_home(db, case, wanted, form_of(sheet), LINK)
    return handout_lines.list_handed_out(db, case)[0].handout


def form_ref(db: ScopedSession, case: Case, row: Handout) -> str:
    """Give what the partner's own side of a handout is called."""
    found = handout_lines.find_handed_out(db, case, row.public_id).form
    assert isinstance(found, HandoutForm)
    return found.public_id


def answer_in(
    db: ScopedSession,
    partner: Partner,
    ref: str,
    answers: Mapping[str, Given] = ANSWERS,
    *,
    send: bool = True,
) -> None:
    """Answer a form in the session that is open."""
    own = handout_answers.find_own(db, partner, ref)
    response = handout_answers.begin(db, partner, own)
    layers = {item.key: item.layer for page in own.asked.pages for item in page.items}
    saves = [
        questionnaires.Save(key, layers[key], each, f"{response.public_id}-{place}")
        for place, (key, each) in enumerate(answers.items())
    ]
    questionnaires.save(db, response, saves)
    if send:
        handout_answers.hand_in(db, handout_answers.find_own(db, partner, ref), response)


def fill_handouts(db: ScopedSession, case: Case) -> None:
    """Put into a case: a sheet for all that came back, one for one, one done at home, one open."""
    shared = make_handout(db, case, "w06")
    handouts.press_returned(db, case, shared.public_id, Returned.PARTLY)
    handouts.write_outcome(db, case, shared.public_id, "two rows of it", 0)
    own = make_handout(db, case, "w09")
    handouts.write_outcome(db, case, own.public_id, "a heavy evening", 0)
    sent = make_home(db, case)
    answer_in(db, case.partners[0], form_ref(db, case, sent))
    make_home(db, case, "w02")
