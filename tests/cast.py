"""The fixed cast: who works where, and whose case is whose.

Ines and Tomas share a practice, Noa works elsewhere. Each has one case. Nobody sees another's.
"""

from dataclasses import dataclass

from clinic.domain.cases import ContactBy, SecretsPolicy
from clinic.models.accounts import Clinician
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import accounts, cases
from clinic.services.passwords import hash_password

PASSWORD = "four unrelated words here"


@dataclass(frozen=True)
class Person:
    """A clinician of the cast, and the ids of what is theirs."""

    id: int
    name: str
    email: str
    practice: str
    case_ref: str
    partner_refs: tuple[str, ...]


Cast = dict[str, Person]


def bring_in_the_cast(store: Store) -> Cast:
    """Create both practices, the three clinicians and a case for each."""
    password_hash = hash_password(PASSWORD)
    ines = add_clinician(store, "Ines Ferrara", "Harbour Practice", password_hash)
    tomas = add_clinician(store, "Tomas Lind", None, password_hash, beside=ines)
    noa = add_clinician(store, "Noa Barak", "Hill Practice", password_hash)
    return {
        "ines": open_first_case(store, ines, ("Mara", "Jonas")),
        "tomas": open_first_case(store, tomas, ("Robin", "Sam")),
        "noa": open_first_case(store, noa, ("Kai", "Jo")),
    }


def add_clinician(
    store: Store, name: str, practice: str | None, password_hash: str, beside: int | None = None
) -> int:
    """Add a clinician to a new practice, or beside another one."""
    wanted = accounts.NewPractice(
        practice or "", name, f"{name.split(maxsplit=1)[0].lower()}@example.org", ""
    )
    with store.session(writes=True) as db, db.as_system():
        known = db.get(Clinician, beside) if beside else None
        row = accounts.create_clinician(
            db, known.practice if known else None, wanted, password_hash
        )
        db.commit()
        return row.id


def open_first_case(store: Store, clinician_id: int, names: tuple[str, ...]) -> Person:
    """Open a case for a clinician and tell what it is called in URLs."""
    with store.session(writes=True) as db:
        clinician = enter_as(db, store, clinician_id)
        partners = [
            cases.PartnerDetails(name, ContactBy.PHONE, f"0{position} 555", "mornings")
            for position, name in enumerate(names, start=1)
        ]
        case = cases.open_case(db, cases.CaseDetails("couple", SecretsPolicy.LIMITED, partners))
        return Person(
            id=clinician_id,
            name=clinician.name,
            email=clinician.email,
            practice=clinician.practice.public_id,
            case_ref=case.public_id,
            partner_refs=tuple(partner.public_id for partner in case.partners),
        )


def enter_as(db: ScopedSession, store: Store, clinician_id: int) -> Clinician:
    """Tie a session to a clinician, as signing in would."""
    with db.as_system():
        clinician = db.get_one(Clinician, clinician_id)
    accounts.enter(db, store, clinician)
    return clinician
