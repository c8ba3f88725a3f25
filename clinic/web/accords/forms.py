"""The forms of an agreement: a topic, the first 24 hours, a version to save, two to compare."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from clinic.domain.accords import Position, TopicStatus
from clinic.domain.said import mark, own, say
from clinic.services.accord_versions import VersionDetails
from clinic.services.accords import TopicDetails
from clinic.services.rows import AccordTopic, AccordVersion, Case
from clinic.web.accords.words import LABELS, NOT_SAID, POSITION, STATUS
from clinic.web.fields import Day, Line, One, Pick, Words, in_words
from clinic.web.filters import day
from clinic.web.forms import BaseForm, Version

#: How long a new version usually holds before it is looked at again.
USUAL_TIME = dt.timedelta(weeks=8)
#: Where a position starts, and how one is taken away again.
UNSAID = "unknown"


class TopicForm(BaseForm):
    """One topic, where each of them stands, and what they agree."""

    version = Version()
    title = Line(
        LABELS["title"], mark("a topic"), description=mark("Such as: messages to people we dated.")
    )
    status = One(
        LABELS["status"],
        in_words(STATUS),
        thing=mark("where you are with it"),
        default=TopicStatus.OPEN.value,
    )
    wording = Words(
        LABELS["wording"],
        mark("what you agree"),
        description=mark("In your own words, conditions too. Everybody in the case can read this."),
    )
    starts_on = Day(LABELS["starts_on"], mark("a day"), required=False)
    review_on = Day(LABELS["review_on"], mark("a day"), required=False)

    members: Sequence[str]

    def details(self) -> TopicDetails:
        """Give what the service needs."""
        said = {ref: self[f"position_{n}"].data for n, ref in enumerate(self.members)}
        return TopicDetails(
            title=self.title.data or "",
            status=TopicStatus(self.status.data),
            positions={
                ref: Position(where) for ref, where in said.items() if where not in {None, UNSAID}
            },
            wording=self.wording.data or "",
            starts_on=self.starts_on.data,
            review_on=self.review_on.data,
        )


def topic_form(case: Case, members: Sequence[str], **options: Any) -> TopicForm:
    """Make the form with everybody whom the agreement is between."""
    names = {partner.public_id: partner.name for partner in case.partners}
    fields: dict[str, Any] = {
        f"position_{n}": One(
            own(names[ref]), [(UNSAID, NOT_SAID), *in_words(POSITION)], default=UNSAID
        )
        for n, ref in enumerate(members)
    }
    leading = ("title", *fields)
    made: TopicForm = type(
        "CaseTopicForm", (TopicForm,), {**fields, "members": members, "leading": leading}
    )(**options)
    return made


def saved_topic(case: Case, members: Sequence[str], row: AccordTopic) -> dict[str, Any]:
    """Give a topic as the form holds it."""
    refs = {partner.id: partner.public_id for partner in case.partners}
    known = {refs[each.partner_id]: each.position.value for each in row.positions}
    return {
        "version": row.version,
        "title": row.title,
        "status": row.status.value,
        "wording": row.wording,
        "starts_on": row.starts_on,
        "review_on": row.review_on,
        **{f"position_{n}": known.get(ref, UNSAID) for n, ref in enumerate(members)},
    }


class DeletingForm(BaseForm):
    """The state of the topic that somebody saw when taking it out."""

    version = Version()


class CrossedForm(BaseForm):
    """What happens in the first 24 hours if a line is crossed."""

    version = Version()
    words = Words(
        "What happens in the first 24 hours",
        mark("what happens then"),
        description=mark(
            "Who says it, how and how soon. What each of you does next, and what each leaves be."
            " Everybody in the case can read this."
        ),
        render_kw={"rows": 6},
    )


class VersionForm(BaseForm):
    """Why the text is saved as a version, and for how long it holds."""

    version = Version()
    reason = Words(
        "Why, and what is new",
        mark("why it is saved"),
        required=True,
        description=mark("A line or two that everybody in the case can read."),
        render_kw={"rows": 3},
    )
    starts_on = Day("Holds from", mark("a day"))
    review_on = Day("Look at it again on", mark("a day"))

    def details(self) -> VersionDetails:
        """Give what the service needs."""
        return VersionDetails(self.reason.data or "", self.starts_on.data, self.review_on.data)


class CompareForm(BaseForm):
    """Two versions to put side by side. It is sent by GET: looking changes no record."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing needs no token, and one in an address must not have one."""

        csrf = False

        @staticmethod
        def wrap_formdata(_form: Any, formdata: Any) -> Any:
            """Take what the address says."""
            return formdata if isinstance(formdata, MultiDict) else None

    def validate_newer(self, field: Any) -> None:
        """Refuse a version beside itself."""
        if field.data and field.data == self["older"].data:
            raise ValidationError(mark("Choose two different versions"))

    def numbers(self) -> tuple[int, int]:
        """Give the numbers of both, the older one first."""
        first, second = sorted((int(self["older"].data), int(self["newer"].data)))
        return first, second


def compare_form(rows: Sequence[AccordVersion], formdata: Any) -> CompareForm:
    """Make the form with every version, newest first; the last two are proposed."""
    choices = [(str(row.number), _named(row)) for row in rows]
    fields = {
        name: Pick(label, choices, thing=thing, default=str(rows[place].number))
        for name, label, thing, place in (
            ("older", "Older", mark("the older version"), 1),
            ("newer", "Newer", mark("the newer version"), 0),
        )
    }
    made: CompareForm = type("CaseCompareForm", (CompareForm,), fields)(formdata)
    return made


def _named(row: AccordVersion) -> str:
    return say("Version %(number)s, %(day)s", number=row.number, day=day(row.saved_on))
