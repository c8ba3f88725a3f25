"""What every page that gives partners a way in does the same way, for the intake and check-ins."""

from email_validator import EmailNotValidError, validate_email
from flask import current_app

from clinic.domain.cases import ContactBy
from clinic.domain.invitations import Handing
from clinic.domain.said import mark
from clinic.services import questionnaires
from clinic.services.rows import Case, Partner
from clinic.web.contents import INTAKE, concern_of, reviewed
from clinic.web.database import get_db

HANDINGS = {
    Handing.LINK: mark("A link or code I hand over myself"),
    Handing.EMAIL: mark("An e-mail"),
    Handing.TABLET: mark("This device, handed over now"),
}
NO_ADDRESS = mark("Enter an e-mail address, such as m@example.org")


def can_mail() -> bool:
    """Tell whether this practice sends mail."""
    return bool(current_app.config["MAIL_FROM"])


def is_address(text: str | None) -> bool:
    """Tell whether a mail could be sent there."""
    try:
        validate_email(text or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def address_of(partner: Partner) -> str:
    """Give the address among a partner's contact details, or ""."""
    return partner.contact_details if "@" in partner.contact_details else ""


def usual_handing(partner: Partner) -> Handing:
    """Choose a mail for whoever wants to be reached by mail, and the hand for everybody else."""
    wants_mail = partner.contact_by is ContactBy.EMAIL and is_address(address_of(partner))
    return Handing.EMAIL if wants_mail and can_mail() else Handing.LINK


def share_an_address(case: Case) -> bool:
    """Tell whether two partners have the same address or number, so that one may read for two."""
    known = [" ".join(partner.contact_details.lower().split()) for partner in case.partners]
    given = [address for address in known if address]
    return len(set(given)) < len(given)


def make_plan(case: Case) -> None:
    """See to it that there is something to sign and to ask; committed by what follows."""
    db, contents = get_db(), reviewed()
    if questionnaires.find_plan(db, case.id) is None:
        form = contents.questionnaires[INTAKE]
        asked = [b.key for b in concern_of(case).behaviours.values() if b.asked_first]
        details = questionnaires.PlanDetails(INTAKE, form.version, asked)
        questionnaires.write_plan(db, case, details)
