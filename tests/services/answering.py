"""Cases in which partners have answered, each in a session of their own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from clinic.content.loader import load_library
from clinic.domain.answers import Given
from clinic.domain.items import Item, pages_for
from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician
from clinic.models.cases import Partner
from clinic.models.invitations import Invitation
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import accounts, cases, invitations, questionnaires
from clinic.services.comparison import IntakeContent
from tests.cast import Person
from tests.factories import at_work, make_case
from tests.vignette_answers import INTAKE, asked

CONTENT = IntakeContent(load_library().concerns["outside-contact"], INTAKE)
LAYERS = {
    item.key.partition(".")[0]: item.layer
    for page in pages_for(INTAKE, (), ("someone",))
    for item in page.items
}


@dataclass(frozen=True)
class Answered:
    """A case with a plan, by ids: sessions come and go, ids stay."""

    case_ref: str
    practice_id: int
    partner_ids: Mapping[str, int]
    partner_refs: Mapping[str, str]


def plan_case(store: Store, person: Person, vignette, own=()) -> Answered:
    """Open a case for the people of a vignette and choose what they are asked."""
    with at_work(store, person) as db:
        case = make_case(db, *vignette)
        plan = questionnaires.PlanDetails(INTAKE.key, INTAKE.version, asked(vignette), own)
        questionnaires.write_plan(db, case, plan)
        db.commit()
        return Answered(
            case.public_id,
            case.practice_id,
            {partner.name: partner.id for partner in case.partners},
            {partner.name: partner.public_id for partner in case.partners},
        )


@contextmanager
def as_partner(
    store: Store, answered: Answered, name: str
) -> Iterator[tuple[ScopedSession, Partner]]:
    """Give a partner's own session, as after the PIN."""
    seat = Invitation(practice_id=answered.practice_id, partner_id=answered.partner_ids[name])
    with store.session(writes=True) as db:
        yield db, invitations.enter_as_partner(db, store, seat)


@contextmanager
def as_couple(store: Store, person: Person) -> Iterator[ScopedSession]:
    """Give a session that holds the couple's keys and no others."""
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, person.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        yield db


def fill(
    store: Store, answered: Answered, name: str, answers: Mapping[str, Given], *, send=True
) -> None:
    """Save one partner's answers, and send them unless told otherwise."""
    with as_partner(store, answered, name) as (db, partner):
        hand_in(db, partner, answers, send=send)


def hand_in(
    db: ScopedSession, partner: Partner, answers: Mapping[str, Given], *, send=True
) -> None:
    """Save answers as this partner's, and send those that count unless told otherwise."""
    response = questionnaires.begin(db, partner, INTAKE.key, INTAKE.version)
    saves = [
        questionnaires.Save(item, layer_of(item), given, f"{partner.public_id}-{item}")
        for item, given in answers.items()
    ]
    if saves:
        questionnaires.save(db, response, saves)
    if send:
        questionnaires.send(db, partner, response, every_item(db, partner))


def every_item(db: ScopedSession, partner: Partner) -> list[Item]:
    """List everything that this partner can be asked."""
    _, plan = questionnaires.asked_of(db, partner)
    labels = {key: behaviour.label for key, behaviour in CONTENT.concern.behaviours.items()}
    asked_about = questionnaires.asked_behaviours(plan, labels)
    pages = pages_for(INTAKE, asked_about, questionnaires.other_names(db, partner))
    return [item for page in pages for item in page.items]


def layer_of(item: str):
    """Give the layer of an item; the cards' items are private."""
    return LAYERS.get(item.partition(".")[0], LAYERS["standpoint"])


def answer_all(store: Store, person: Person, vignette) -> Answered:
    """Open a vignette's case and let everybody answer and send."""
    answered = plan_case(store, person, vignette)
    for name, own in vignette.items():
        fill(store, answered, name, own)
    return answered


@contextmanager
def treating(store: Store, person: Person, answered: Answered, *, writes=True):
    """Give the clinician's session and the case."""
    with at_work(store, person, writes=writes) as db:
        yield db, cases.find_case(db, answered.case_ref)
