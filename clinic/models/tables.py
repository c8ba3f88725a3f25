"""Every table in one place, for migrations: a model file not named here would go unnoticed."""

from sqlalchemy import MetaData

from clinic.models import (
    accounts,
    appointments,
    audit,
    behaviours,
    cases,
    comparison,
    drafts,
    formulation,
    frames,
    goals,
    invitations,
    keys,
    outbox,
    packs,
    questionnaires,
    safety,
    timeline,
)
from clinic.models.base import Base

FILES = (
    accounts,
    appointments,
    audit,
    behaviours,
    cases,
    comparison,
    drafts,
    formulation,
    frames,
    goals,
    invitations,
    keys,
    outbox,
    packs,
    questionnaires,
    safety,
    timeline,
)


def all_tables() -> MetaData:
    """Give what the database should look like."""
    return Base.metadata
