"""The form for one appointment: when, with whom, and how each partner took part."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms import TimeField
from wtforms.validators import Optional

from clinic.domain.appointments import AppointmentKind, Attendance, JoinedBy, Surroundings
from clinic.domain.said import mark, own, say
from clinic.services.appointments import AppointmentDetails, TakingPart
from clinic.services.rows import Appointment, Case
from clinic.web import wording
from clinic.web.fields import Day, Line, One, Whole, in_words
from clinic.web.forms import BaseForm, Version

#: An individual appointment is chosen together with the partner it is with.
ALONE = f"{AppointmentKind.INDIVIDUAL.value}-"
KNOWN = {"yes": True, "no": False, "unknown": None}
YES_OR_NO = (("yes", mark("Yes")), ("no", mark("No")), ("unknown", mark("Not known")))
MOST_MINUTES = 600


class TimeOfDay(TimeField):
    """A time of the day as it is here."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time, or say how one is written; a blank takes a saved one away."""
        try:
            super().process_formdata(valuelist if any(valuelist) else [])
            self.data = self.data if any(valuelist) else None
        except ValueError:
            raise ValueError("Enter a time, such as 14:30") from None


class AppointmentForm(BaseForm):
    """One appointment. What is chosen is kept at each pause, as what is typed."""

    keeps_all = True
    version = Version()
    held_on = Day("Day", mark("a day"))

    partners: list[str]
    names: list[str]
    row: Appointment | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask how somebody took part whom the appointment was with."""
        sound: bool = super().validate(extra_validators)
        alone = self._alone_with()
        if sound and alone is not None:
            field = self[f"attendance_{alone}"]
            if field.data == Attendance.NOT_ASKED.value:
                field.errors = [say("Choose how %(name)s took part", name=self.names[alone])]
                return False
        return sound

    def details(self) -> AppointmentDetails:
        """Give what the service needs; whom an individual one is not with was not asked."""
        alone = self._alone_with()
        return AppointmentDetails(
            held_on=self.held_on.data,
            kind=AppointmentKind(self["kind"].data.partition("-")[0]),
            attendance={
                ref: Attendance.NOT_ASKED
                if alone not in {None, n}
                else Attendance(self[f"attendance_{n}"].data)
                for n, ref in enumerate(self.partners)
            },
            taking_part={ref: self._taking_part(n) for n, ref in enumerate(self.partners)},
            began_at=self._moment("began_at"),
            ended_at=self._moment("ended_at"),
        )

    def _alone_with(self) -> int | None:
        chosen = self["kind"].data or ""
        place = chosen.removeprefix(ALONE) if chosen.startswith(ALONE) else ""
        return int(place) if place else None

    def _taking_part(self, n: int) -> TakingPart:
        joined_by = self[f"joined_by_{n}"].data
        return TakingPart(
            self[f"minutes_late_{n}"].data,
            self[f"place_{n}"].data or "",
            Surroundings(
                JoinedBy(joined_by) if joined_by else None,
                *(KNOWN[self[f"{name}_{n}"].data or "unknown"] for name in _FACTS),
            ),
        )

    def _moment(self, name: str) -> dt.datetime | None:
        time = self[name].data if name in self else None
        if time is None:
            return None
        saved = getattr(self.row, name, None)
        if saved and self.row and _time_of(saved) == time and self.row.held_on == self.held_on.data:
            # Not corrected: the seconds stay, and a day that is another one here.
            return saved  # type: ignore[no-any-return]
        return dt.datetime.combine(self.held_on.data, time).astimezone()


_FACTS = ("is_private", "same_place", "is_alone")


def start_form(case: Case, newest: Appointment | None, today: dt.date) -> AppointmentForm:
    """Make the form for the next appointment: today, with everybody, the way they joined last."""
    last = {each.partner_id: each.joined_by for each in newest.attendances} if newest else {}
    joined = {
        f"joined_by_{n}": (last.get(partner.id) or JoinedBy.ROOM).value
        for n, partner in enumerate(case.partners)
    }
    return _form(case, {}, {"held_on": today, **joined})


def change_form(case: Case, row: Appointment) -> AppointmentForm:
    """Make the form for an appointment that was written down, with its informal times."""
    times = {"began_at": _time(mark("Began at")), "ended_at": _time(mark("Ended at"))}
    return _form(case, {**times, "row": row}, saved_appointment(case, row))


def _form(case: Case, more: dict[str, Any], data: dict[str, Any]) -> AppointmentForm:
    names = [own(partner.name) for partner in case.partners]
    fields: dict[str, Any] = {
        "partners": [partner.public_id for partner in case.partners],
        "names": names,
        "kind": _kind(names),
        **more,
    }
    for n, name in enumerate(names):
        fields |= _fields_of(n, name)
    made: AppointmentForm = type("CaseAppointmentForm", (AppointmentForm,), fields)(data=data)
    return made


def _kind(names: Sequence[str]) -> One:
    joint, _, extended = AppointmentKind
    alone = [(f"{ALONE}{n}", say("With %(name)s alone", name=x)) for n, x in enumerate(names)]
    words = wording.APPOINTMENT_KIND
    choices = [(joint.value, words[joint]), *alone, (extended.value, words[extended])]
    return One("Kind", choices, thing=mark("the kind"), default=joint.value)


def _fields_of(n: int, name: str) -> dict[str, Any]:
    return {
        f"attendance_{n}": One(
            name,
            in_words(wording.ATTENDANCE),
            thing=say("how %(name)s took part", name=name),
            default=Attendance.PRESENT.value,
        ),
        f"minutes_late_{n}": Whole(
            say("%(name)s: minutes late", name=name),
            mark("the minutes"),
            (0, MOST_MINUTES),
            required=False,
        ),
        f"joined_by_{n}": One(
            say("%(name)s: how", name=name), in_words(wording.JOINED_BY), default=""
        ),
        f"place_{n}": Line(say("%(name)s: where", name=name), mark("the place"), required=False),
        f"is_private_{n}": _fact(say("%(name)s: out of hearing of others", name=name)),
        f"is_alone_{n}": _fact(say("%(name)s: alone", name=name)),
        f"same_place_{n}": _fact(say("%(name)s: in the same place as a partner", name=name)),
    }


def _fact(label: str) -> One:
    return One(label, YES_OR_NO, default="unknown")


def _time(label: str) -> TimeOfDay:
    return TimeOfDay(label, [Optional()])


def saved_appointment(case: Case, row: Appointment) -> dict[str, Any]:
    """Give an appointment as the form holds it."""
    places = {partner.id: n for n, partner in enumerate(case.partners)}
    asked = [a for a in row.attendances if a.attendance is not Attendance.NOT_ASKED]
    kind = row.kind.value
    if row.kind is AppointmentKind.INDIVIDUAL and asked:
        kind = f"{ALONE}{places[asked[0].partner_id]}"
    saved: dict[str, Any] = {
        "version": row.version,
        "held_on": row.held_on,
        "kind": kind,
        "began_at": _time_of(row.began_at),
        "ended_at": _time_of(row.ended_at),
    }
    for each in row.attendances:
        n = places[each.partner_id]
        saved |= {
            f"attendance_{n}": each.attendance.value,
            f"minutes_late_{n}": each.minutes_late,
            f"joined_by_{n}": each.joined_by.value if each.joined_by else None,
            f"place_{n}": each.place,
            **{f"{name}_{n}": _said_of(getattr(each, name)) for name in _FACTS},
        }
    return saved


def _said_of(known: bool | None) -> str:  # noqa: FBT001
    return next(answer for answer, value in KNOWN.items() if value is known)


def _time_of(moment: dt.datetime | None) -> dt.time | None:
    return moment.astimezone().time().replace(second=0, microsecond=0) if moment else None
