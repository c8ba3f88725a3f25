"""Giving one partner a sheet to do at home: in the way in that is there, or by a new link."""

from flask import url_for

from clinic.domain.handout_forms import home_form
from clinic.services import handouts
from clinic.services.check_ins import Letters, Sending, Way
from clinic.services.handouts import HandoutDetails
from clinic.services.invitations import Issued
from clinic.services.rows import Case
from clinic.web import letters
from clinic.web.contents import concern_of
from clinic.web.database import get_db
from clinic.web.ways_in import make_plan


def give_home(case: Case, details: HandoutDetails, way: Way | None = None) -> Issued | None:
    """Let a sheet wait for one partner; gives the fresh link where `way` says how it goes out.

    The behaviours on it are those asked first, the same for everybody, as on a blank sheet.
    Raises RefusedError as `hand_out_home` does.
    """
    first = [each.label for each in concern_of(case).behaviours.values() if each.asked_first]
    sending = Sending(way, Letters(letters.invitation, letters.reminder())) if way else None
    make_plan(case)
    form = home_form(details.sheet, first)
    return handouts.hand_out_home(get_db(), case, details, form, sending)


def home_url(case: Case, details: HandoutDetails) -> str:
    """Give the page that asks how a link reaches the partner."""
    return url_for(
        "handouts.send_home",
        case_ref=case.public_id,
        sheet=details.sheet.key,
        partner_ref=details.reader,
        appointment=details.appointment or None,
    )
