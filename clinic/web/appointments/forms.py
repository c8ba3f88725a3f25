"""The form for one appointment: when, with whom, and how each partner took part."""

from typing import Any

from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.domain.said import mark, own, say
from clinic.services.appointments import AppointmentDetails
from clinic.services.rows import Appointment, Case
from clinic.web import wording
from clinic.web.fields import Day, One, in_words
from clinic.web.forms import BaseForm, Version


class AppointmentForm(BaseForm):
    """One appointment."""

    version = Version()
    held_on = Day("Day", mark("a day"))
    kind = One(
        "Kind",
        in_words(wording.APPOINTMENT_KIND),
        thing=mark("the kind"),
        default=AppointmentKind.JOINT.value,
    )

    partners: list[str]

    def details(self) -> AppointmentDetails:
        """Give what the service needs."""
        return AppointmentDetails(
            held_on=self.held_on.data,
            kind=AppointmentKind(self.kind.data),
            attendance={
                ref: Attendance(self[f"attendance_{n}"].data) for n, ref in enumerate(self.partners)
            },
        )


def appointment_form(case: Case, **options: Any) -> AppointmentForm:
    """Make the form with the attendance of each partner."""
    fields: dict[str, Any] = {"partners": [partner.public_id for partner in case.partners]}
    for n, partner in enumerate(case.partners):
        fields[f"attendance_{n}"] = One(
            own(partner.name),
            in_words(wording.ATTENDANCE),
            thing=say("how %(name)s took part", name=partner.name),
            default=Attendance.PRESENT.value,
        )
    made: AppointmentForm = type("CaseAppointmentForm", (AppointmentForm,), fields)(**options)
    return made


def saved_appointment(case: Case, row: Appointment) -> dict[str, Any]:
    """Give an appointment as the form holds it."""
    known = {each.partner_id: each.attendance.value for each in row.attendances}
    attendances = {
        f"attendance_{n}": known[partner.id]
        for n, partner in enumerate(case.partners)
        if partner.id in known
    }
    return {
        "version": row.version,
        "held_on": row.held_on,
        "kind": row.kind.value,
        **attendances,
    }
