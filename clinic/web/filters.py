"""How pages write dates, months and closed lists."""

import datetime as dt
from enum import Enum

from babel.dates import format_date, format_skeleton, format_time
from flask import Flask

from clinic.domain.goals import Attainment
from clinic.domain.said import mark, say
from clinic.web import wording
from clinic.web.language import locale, translate


def said(shown: Enum | str | None) -> str:
    """Say a member of a closed list, or a text, in the reader's language; nothing for None."""
    if shown is None:
        return ""
    if isinstance(shown, str) and not isinstance(shown, Enum):
        return translate(shown)
    if isinstance(shown, Attainment):
        return translate(wording.ATTAINMENT[shown])
    return translate(wording.ALL[f"{type(shown).__name__}.{shown.value}"])


def sentence(problem: str) -> str:
    """Say a refusal where it stands alone, with the stop that it lacks beside a field."""
    return translate(say("%(problem)s.", problem=translate(problem)))


def day(date: dt.date | None) -> str:
    """Write a day as 14 March 2026."""
    return format_date(date, "long", locale()) if date else ""


def since(year: int | None, month: int | None) -> str:
    """Write a month and year as far as they are known."""
    if year is None:
        return translate(mark("Not known"))
    if month is None:
        return str(year)
    return format_skeleton("yMMMM", dt.date(year, month, 1), locale=locale())


def clock(moment: dt.datetime) -> str:
    """Write a time of the day as it is here: 10:42."""
    return format_time(moment.astimezone(), "short", locale=locale())


def moment(when: dt.datetime) -> str:
    """Write when something was: the time alone when it was today, else the day as well."""
    here = when.astimezone()
    if here.date() == dt.datetime.now(dt.UTC).astimezone().date():
        return clock(when)
    return translate(say("%(day)s, %(time)s", day=day(here.date()), time=clock(when)))


def signed(level: int | None) -> str:
    """Write a level of a goal as +1, 0 or -1 with a true minus sign; nothing when unrated."""
    if level is None:
        return ""
    return f"+{level}" if level > 0 else f"\u2212{-level}" if level < 0 else "0"


def init_app(app: Flask) -> None:
    """Teach templates our filters."""
    for filter_ in (said, day, clock, moment, signed):
        app.add_template_filter(filter_)
    app.add_template_global(since, "since")
