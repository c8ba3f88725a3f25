"""The form for a day between appointments on which something was seen."""

from clinic.domain.said import mark
from clinic.services.days import has_come
from clinic.services.errors import RefusedError
from clinic.web.fields import Day
from clinic.web.forms import BaseForm


class DayForm(BaseForm):
    """A day to enter something for."""

    on = Day("Day", mark("a day"))

    def occasion_ref(self) -> str:
        """Give the day as addresses write it; raises RefusedError for one that lies ahead."""
        if not has_come(self.on.data):
            raise RefusedError("This day has not come yet", "on")
        return str(self.on.data.isoformat())
