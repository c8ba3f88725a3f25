"""What a clinician has typed and not saved yet: kept pause by pause, under the author's own key."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.exc import StaleDataError

from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.drafts import Draft
from clinic.models.scope import ScopedSession
from clinic.services.errors import MissingError

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """What was typed in one form, and when it was kept last."""

    fields: Fields
    saved_at: dt.datetime


def find_place(db: ScopedSession, case_ref: str) -> Case:
    """Find one of the clinician's own cases to keep words in; anybody else's does not exist.

    Nothing of it is shown, so no reading is noted: there would be a line for every pause.
    """
    query = select(Case).where(
        Case.public_id == case_ref, Case.clinician_id == db.scope.clinician_id
    )
    case = db.scalars(query.options(lazyload(Case.partners))).first()
    if case is None:
        raise MissingError(case_ref)
    return case


def keep(db: ScopedSession, case: Case, path: str, fields: Fields) -> dt.datetime:
    """Keep what stands in a form at this moment; what was kept of it before is replaced.

    Two tabs on one form share a draft, and the newer typing wins: saving still compares them.
    """
    try:
        return _write(db, case, path, fields)
    except (IntegrityError, StaleDataError):
        # Another tab kept its first words, or saved, at the same moment.
        db.rollback()
        return _write(db, case, path, fields)


def find(db: ScopedSession, path: str) -> Kept | None:
    """Give what was typed in a form and not saved, for its author."""
    row = _find(db, path)
    return Kept(json.loads(row.fields), row.saved_at) if row else None


def find_all(db: ScopedSession, paths: Sequence[str]) -> Mapping[str, Kept | None]:
    """Give what was typed in several forms and not saved, by path, for its author; else None."""
    query = select(Draft).where(
        Draft.clinician_id == db.scope.clinician_id,
        Draft.form.in_([_form(path) for path in paths]),
    )
    found = {row.form: Kept(json.loads(row.fields), row.saved_at) for row in db.scalars(query)}
    return {path: found.get(_form(path)) for path in paths}


def forget(db: ScopedSession, path: str) -> None:
    """Let a draft go: it was saved, or its author does not want it. Committed by the caller."""
    db.execute(
        delete(Draft).where(Draft.clinician_id == db.scope.clinician_id, Draft.form == _form(path))
    )


def _write(db: ScopedSession, case: Case, path: str, fields: Fields) -> dt.datetime:
    row = _find(db, path) or Draft(
        case_id=case.id,
        practice_id=case.practice_id,
        clinician_id=db.scope.clinician_id,
        form=_form(path),
    )
    db.add(row)
    row.fields = json.dumps({name: list(values) for name, values in fields.items()})
    row.saved_at = moment = now()
    db.commit()
    return moment


def _find(db: ScopedSession, path: str) -> Draft | None:
    query = select(Draft).where(
        Draft.clinician_id == db.scope.clinician_id, Draft.form == _form(path)
    )
    return db.scalars(query).first()


def _form(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()
