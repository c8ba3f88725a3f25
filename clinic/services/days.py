"""Which day it is, and refusing what has not come yet."""

import datetime as dt

from clinic.domain.behaviours import in_order
from clinic.models.base import now
from clinic.services.errors import RefusedError

Month = tuple[int | None, int | None]

#: Somewhere it is already tomorrow, and somewhere still yesterday.
A_DAY = dt.timedelta(days=1)


def today() -> dt.date:
    """Give the day it is, in UTC."""
    return now().date()


def has_come(day: dt.date) -> bool:
    """Tell whether a day has come anywhere."""
    return day <= today() + A_DAY


def has_passed(day: dt.date) -> bool:
    """Tell whether a day is over everywhere."""
    return day < today() - A_DAY


def check_months(since: Month, until: Month) -> None:
    """Refuse an end before its beginning, and what lies ahead; each is a year and month.

    Raises RefusedError at `since_year` or `until_year`. What is not known is not checked.
    """
    latest = today() + A_DAY
    for month, field in ((since, "since_year"), (until, "until_year")):
        if not in_order(month, (latest.year, latest.month)):
            raise RefusedError("This month has not come yet", field)
    if not in_order(since, until):
        raise RefusedError("It cannot have ended before it began", "until_year")
