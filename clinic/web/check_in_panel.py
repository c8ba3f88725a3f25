"""What each partner sent last, as the appointment's page and the check-ins' own page show it.

For the treating clinician alone; a session for the room cannot open any of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.domain.check_ins import number_in, scales
from clinic.domain.items import Questionnaire
from clinic.services.check_in_lines import SentCheckIn
from clinic.services.rows import Case
from clinic.web.people import name_of


@dataclass(frozen=True)
class Number:
    """One item's number from 0 to 10 beside its question; None where it was left out."""

    text: str
    value: int | None


@dataclass(frozen=True)
class PanelLine:
    """What one partner sent last; without it nothing has come in since."""

    name: str
    sent: SentCheckIn | None
    numbers: Sequence[Number]


def panel_lines(
    case: Case, sent: Sequence[SentCheckIn], form: Questionnaire
) -> Sequence[PanelLine]:
    """Give one line a partner, in the case's order, out of what `list_sent` gave."""
    newest = {each.partner_id: each for each in sent}
    return [
        PanelLine(
            name_of(case, partner.id), newest.get(partner.id), numbers(newest.get(partner.id), form)
        )
        for partner in case.partners
    ]


def numbers(sent: SentCheckIn | None, form: Questionnaire) -> Sequence[Number]:
    """Give every item with its number."""
    if sent is None:
        return ()
    return [Number(item.text, number_in(sent.answers, item.key)) for item in scales(form.pages)]
