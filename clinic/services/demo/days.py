"""When things happen in the demo: told from its first day, and never at a weekend."""

import datetime as dt

SATURDAY = 5
MONTHS = 12


def workday(day: dt.date) -> dt.date:
    """Give the day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def days_before(today: dt.date, days: int) -> dt.date:
    """Give a working day about so many days ago."""
    return workday(today - dt.timedelta(days=days))


def days_after(today: dt.date, days: int) -> dt.date:
    """Give a working day about so many days from now."""
    return workday(today + dt.timedelta(days=days))


def perhaps_month_before(today: dt.date, months: int | None) -> tuple[int | None, int | None]:
    """Give the year and month so many months ago; two times None when nobody knows."""
    return (None, None) if months is None else month_before(today, months)


def month_before(today: dt.date, months: int) -> tuple[int, int]:
    """Give the year and month so many months ago."""
    year, month = divmod(today.year * MONTHS + today.month - 1 - months, MONTHS)
    return year, month + 1
