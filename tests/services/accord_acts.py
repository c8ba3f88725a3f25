"""What a clinician does with agreements and responses to repair, asked like all acts."""

from collections.abc import Callable

from clinic.domain.repair_responses import RepairMark
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import accord_growth, accord_yeses, accords, repair_responses
from clinic.services.days import today
from tests import accord_factories as made
from tests.services.answering import CONTENT


def begin_accord(db: ScopedSession, case: Case) -> str:
    return made.make_accord(db, case).public_id


def add_topic(db: ScopedSession, case: Case) -> str:
    return made.make_topic(db, case).public_id


def change_topic(db: ScopedSession, case: Case) -> str:
    row = made.make_topic(db, case)
    accords.change_topic(db, case, row, made.topic_details(case), row.version)
    return row.public_id


def delete_topic(db: ScopedSession, case: Case) -> str:
    row = made.make_topic(db, case)
    ref = row.public_id
    accords.delete_topic(db, row, row.version)
    return ref


def write_crossed(db: ScopedSession, case: Case) -> str:
    row = made.make_accord(db, case)
    accords.write_crossed(db, row, "we call each other", row.version)
    return row.public_id


def grow(db: ScopedSession, case: Case) -> str:
    row = made.make_accord(db, case)
    made.show_on_map(db, case, "B11")
    accord_growth.grow(db, case, row, CONTENT, {"B11": "Messages at night"})
    return row.public_id


def save_version(db: ScopedSession, case: Case) -> str:
    return made.make_version(db, case).public_id


def say_yes(db: ScopedSession, case: Case) -> str:
    row = made.make_version(db, case)
    return accord_yeses.say_yes(db, case, row, made.refs_of(case)[0], today()).public_id


def withdraw_yes(db: ScopedSession, case: Case) -> str:
    row, first = made.make_version(db, case), made.refs_of(case)[0]
    accord_yeses.say_yes(db, case, row, first, today())
    return accord_yeses.withdraw_yes(db, case, row, first, today()).public_id


def press(db: ScopedSession, case: Case) -> str:
    repair_responses.press(db, case, made.whose(case), RepairMark.DENIES, on=True)
    return made.response_of(db, case).public_id


def write_remark(db: ScopedSession, case: Case) -> str:
    repair_responses.write_remark(db, case, made.whose(case), "came back to it", 0)
    return made.response_of(db, case).public_id


ACCORD_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    begin_accord: "agreement.begun",
    add_topic: "agreement-topic.added",
    change_topic: "agreement-topic.changed",
    delete_topic: "agreement-topic.deleted",
    write_crossed: "agreement.written",
    grow: "agreement.grown",
    save_version: "agreement.saved",
    say_yes: "agreement.yes-given",
    withdraw_yes: "agreement.yes-withdrawn",
    press: "repair-response.marked",
    write_remark: "repair-response.remarked",
}


def topic_of(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    [accord] = accords.list_accords(db, case)
    row = accords.find_topic(db, accord, ref)
    accords.change_topic(db, case, row, made.topic_details(case), version)


def again_crossed(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    row = accords.find_accord(db, case, ref)
    accords.write_crossed(db, row, "we call each other", version)


def again_remark(db: ScopedSession, case: Case, _ref: str, version: int) -> None:
    repair_responses.write_remark(db, case, made.whose(case), "came back to it", version)


#: What two people can have open: how it is made, and how it is saved again.
ACCORD_SAVES = {
    "agreement topic": (add_topic, topic_of),
    "first 24 hours": (begin_accord, again_crossed),
    "remark": (write_remark, again_remark),
}
