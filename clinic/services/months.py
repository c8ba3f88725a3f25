"""Months in which something began and ended: in their order, and none that has not come yet."""

import datetime as dt

from clinic.domain.behaviours import in_order
from clinic.models.base import now
from clinic.services.errors import RefusedError

Month = tuple[int | None, int | None]


def check_months(since: Month, until: Month) -> None:
    """Refuse an end before its beginning, and what lies ahead; each is a year and month.

    Raises RefusedError at `since_year` or `until_year`. What is not known is not checked.
    """
    # Where it is already tomorrow, tomorrow is today.
    latest = now().date() + dt.timedelta(days=1)
    for month, field in ((since, "since_year"), (until, "until_year")):
        if not in_order(month, (latest.year, latest.month)):
            raise RefusedError("This month has not come yet", field)
    if not in_order(since, until):
        raise RefusedError("It cannot have ended before it began", "until_year")
