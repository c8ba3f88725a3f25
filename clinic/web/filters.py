"""How pages write dates, months and closed lists."""

import datetime as dt
from enum import Enum

from flask import Flask

from clinic.domain.goals import Attainment
from clinic.web import wording


def said(member: Enum | None) -> str:
    """Say a member of a closed list in words; nothing for None."""
    if member is None:
        return ""
    if isinstance(member, Attainment):
        return wording.ATTAINMENT[member]
    return wording.ALL[f"{type(member).__name__}.{member.value}"]


def day(date: dt.date | None) -> str:
    """Write a day as 14 March 2026."""
    return f"{date.day} {wording.MONTHS[date.month - 1]} {date.year}" if date else ""


def since(year: int | None, month: int | None) -> str:
    """Write a month and year as far as they are known."""
    if year is None:
        return "Not known"
    return f"{wording.MONTHS[month - 1]} {year}" if month else str(year)


def signed(level: int | None) -> str:
    """Write a level of a goal as +1, 0 or -1 with a true minus sign; nothing when unrated."""
    if level is None:
        return ""
    return f"+{level}" if level > 0 else f"\u2212{-level}" if level < 0 else "0"


def init_app(app: Flask) -> None:
    """Teach templates our filters."""
    for name, filter_ in (("said", said), ("day", day), ("signed", signed)):
        app.add_template_filter(filter_, name)
    app.add_template_global(since, "since")
