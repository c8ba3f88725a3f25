"""The form for one step of the disclosure ledger."""

from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.said import mark
from clinic.services.disclosures import StepDetails
from clinic.web.comparison.words import STATUS
from clinic.web.fields import Day, One, Words, in_words
from clinic.web.forms import BaseForm


class StepForm(BaseForm):
    """What is decided about something said alone. The fields are named as the service's own."""

    status = One("What is decided", in_words(STATUS), thing=mark("what is decided"))
    on = Day(
        "Day",
        mark("the day"),
        required=False,
        description=mark("By when it is to be shared, or when it was shared."),
    )
    reason = Words(
        "Reason",
        mark("the reason"),
        description=mark("Needed when it is kept back, and when the work cannot go on."),
    )

    def details(self) -> StepDetails:
        """Give what the service needs."""
        return StepDetails(DisclosureStatus(self.status.data), self.on.data, self.reason.data or "")
