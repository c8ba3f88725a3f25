"""Every table in one place, for migrations: a model file not named here would go unnoticed."""

from sqlalchemy import MetaData

from clinic.models import (
    accords,
    accounts,
    appointments,
    audit,
    behaviours,
    case_life,
    cases,
    check_ins,
    comparison,
    drafts,
    formulation,
    frames,
    goals,
    handouts,
    invitations,
    keys,
    notes,
    outbox,
    packets,
    packs,
    questionnaires,
    repair_responses,
    safety,
    sheet_prints,
    timeline,
)
from clinic.models.base import Base

FILES = (
    accords,
    accounts,
    appointments,
    audit,
    behaviours,
    case_life,
    cases,
    check_ins,
    comparison,
    drafts,
    formulation,
    frames,
    goals,
    handouts,
    invitations,
    keys,
    notes,
    outbox,
    packets,
    packs,
    questionnaires,
    repair_responses,
    safety,
    sheet_prints,
    timeline,
)


def all_tables() -> MetaData:
    """Give what the database should look like."""
    return Base.metadata
