"""Frames beside the formulation: one text a slot, and themes that a frame is filled in for."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from clinic.models.cases import Case
from clinic.models.frames import FrameAgreement, FrameEntry, FrameTheme
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case
from clinic.services.errors import RefusedError, StaleError
from clinic.services.versions import expect_version


def entries(db: ScopedSession, case: Case) -> Mapping[str, FrameEntry]:
    """Give every filled-in slot of a case by its place."""
    query = select(FrameEntry).where(FrameEntry.case_id == case.id)
    return {row.place: row for row in db.scalars(query)}


def themes(db: ScopedSession, case: Case) -> Sequence[FrameTheme]:
    """List a case's themes in the order they were added."""
    query = select(FrameTheme).where(FrameTheme.case_id == case.id).order_by(FrameTheme.id)
    return db.scalars(query).all()


def add_theme(db: ScopedSession, case: Case, frame: str, title: str) -> FrameTheme:
    """Add a theme to fill a frame in for. Raises RefusedError without a title."""
    if not title.strip():
        raise RefusedError("Give the theme a name", "title")
    row = FrameTheme(case_id=case.id, practice_id=case.practice_id, frame=frame)
    row.title = title.strip()
    db.add(row)
    db.flush()
    audit.record(db, "theme.added", row.public_id)
    db.commit()
    return row


def find_theme(db: ScopedSession, case: Case, ref: str) -> FrameTheme:
    """Find one theme of a case."""
    return find_in_case(db, FrameTheme, case, ref)


def rename_theme(db: ScopedSession, row: FrameTheme, title: str, version: int) -> None:
    """Give a theme another name. Raises RefusedError without one.

    Raises StaleError when it was renamed since `version`.
    """
    if not title.strip():
        raise RefusedError("Give the theme a name", "title")
    expect_version(db, row, version)
    row.title = title.strip()
    audit.record(db, "theme.changed", row.public_id)
    db.commit()


def write_frames(
    db: ScopedSession, case: Case, texts: Mapping[str, str], versions: Mapping[str, int]
) -> None:
    """Write the texts of some places; `versions` says which state of each was on the page.

    A text that is the same as before is left alone. Raises StaleError when a text to be written
    was changed since, and then writes none.
    """
    _lock(db, case)
    known = entries(db, case)
    for place, words in texts.items():
        row = known.get(place) or FrameEntry(
            case_id=case.id, practice_id=case.practice_id, place=place
        )
        _write(db, row, words, versions.get(place, 0))
    db.flush()
    audit.record(db, "frames.written", case.public_id)
    db.commit()


def agreements(db: ScopedSession, case: Case) -> Mapping[str, FrameAgreement]:
    """Give what was agreed to be said, by place; everybody in the case may read it."""
    query = select(FrameAgreement).where(FrameAgreement.case_id == case.id)
    return {row.place: row for row in db.scalars(query)}


def write_agreements(
    db: ScopedSession, case: Case, texts: Mapping[str, str], versions: Mapping[str, int]
) -> None:
    """Write the words that were agreed with the partners, place by place.

    Raises StaleError as `write_frames` does, and then writes none.
    """
    _lock(db, case)
    known = agreements(db, case)
    for place, words in texts.items():
        row = known.get(place) or FrameAgreement(
            case_id=case.id, practice_id=case.practice_id, place=place
        )
        _write(db, row, words, versions.get(place, 0))
    db.flush()
    audit.record(db, "frames.agreed", case.public_id)
    db.commit()


def _lock(db: ScopedSession, case: Case) -> None:
    # Until the commit: two first texts in one slot wait for each other.
    db.refresh(case, with_for_update={"key_share": True})


def _write(db: ScopedSession, row: FrameEntry | FrameAgreement, words: str, version: int) -> None:
    known = row.id is not None
    if (row.words if known else "") == words:
        return
    if (row.version if known else 0) != version:
        raise StaleError
    db.add(row)
    row.words = words
