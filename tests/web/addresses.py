"""Where every page of a full case is, so that one test can ask them all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from clinic.domain.formulation import Bearing
from clinic.domain.goals import Attainment
from clinic.domain.visibility import Layer
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import (
    accords,
    appointments,
    behaviours,
    check_in_lines,
    evidence,
    formulation,
    frames,
    goals,
    handout_lines,
    notes,
    packets,
    process_notes,
    readings,
    sheet_prints,
    timeline,
)
from tests import factories as made
from tests import life_factories as life
from tests.cast import Person
from tests.handout_factories import fill_handouts
from tests.note_factories import sign_another
from tests.packet_factories import make_packets
from tests.print_factories import make_print
from tests.web.taking_in import add_more_intake, put_intake_in

Refs = Mapping[str, str]
#: Pages at the door, and the form behind it: for whoever has a link, and never a clinician's.
OF_PARTNERS = ("entry.", "questionnaires.")
NO_PAGES = {"static", "assets.stylesheet", "check_ins.calendar_file", "worksheets.print_again"} | {
    "worksheets.preview",
    "worksheets.print_blank",
    "worksheets.picture",
    "packets.open_printed",
    "packets.open_part",
    "room.print_blank",
    "room.state",
}
#: There only while the room looks along; tests/web/room asks for it then.
IN_ROOM = {"room.end"}


@dataclass(frozen=True)
class Form:
    """One form that is posted: its endpoint, and its address in the full case."""

    endpoint: str
    url: str


def put_everything_in(store: Store, person: Person) -> Refs:
    """Fill a person's case through the services, and tell what each thing is called in URLs."""
    with made.at_work(store, person) as db:
        made.fill_case(db, made.case_of(db, person))
        add_another_of_everything(db, person)
        life.fill_life(db, made.case_of(db, person))
        fill_handouts(db, made.case_of(db, person))
    taken_in = put_intake_in(store, person)
    with made.at_work(store, person, writes=False) as db:
        return {**refs_of(db, person), **taken_in}


def add_another_of_everything(db: ScopedSession, person: Person) -> None:
    """Add one more of each thing a case can hold; evidence in every layer, ratings of everybody."""
    case = made.case_of(db, person)
    made.make_behaviour(db, case, behaviour="", own_words="a second phone in the car")
    made.make_event(db, case, words="for work", until=(2025, 9))
    theme = frames.add_theme(db, case, "deep", "Mornings")
    frames.write_frames(db, case, {f"deep.pattern.{theme.public_id}.": "one hurries"}, {})
    make_print(db, case)
    make_packets(db, case)
    explanation = made.make_explanation(db, case, kind="", statement="a promise was never said")
    for layer in Layer:
        if layer is not Layer.PROCESS:
            made.make_evidence(
                db,
                case,
                kind="",
                layer=layer,
                source=case.partners[0].public_id,
                observation=f"something in the {layer.value} layer",
                bearings={explanation.public_id: Bearing.AGAINST},
            )
    latest = readings.latest_formulation(db, case)
    made.make_formulation(db, case, based_on=latest.number if latest else 0)
    made.make_pair(db, case)
    appointment = made.make_appointment(db, case)
    sign_another(db, case)
    found = {goal.public_id: Attainment.LESS for goal in goals.list_goals(db, case)}
    for rater in ("", *(partner.public_id for partner in case.partners)):
        ratings = {ref: goals.RatingDetails(level, 4) for ref, level in found.items()}
        goals.rate_goals(db, case, appointment, rater, ratings)


def add_another_of_everything_and_the_intake(db: ScopedSession, person: Person) -> None:
    """Add to what is recorded, and to what partners and measures brought."""
    add_another_of_everything(db, person)
    add_more_intake(db, person)


def refs_of(db: ScopedSession, person: Person) -> Refs:
    """Name one of everything in a person's case."""
    case = made.case_of(db, person)
    [accord] = accords.list_accords(db, case)
    return {
        "case_ref": case.public_id,
        "behaviour_ref": behaviours.list_behaviours(db, case)[0].public_id,
        "explanation_ref": formulation.list_explanations(db, case)[0].public_id,
        "evidence_ref": evidence.list_evidence(db, case)[0].public_id,
        "event_ref": timeline.list_events(db, case)[0].public_id,
        "frame_key": "deep",
        "theme_ref": frames.themes(db, case)[0].public_id,
        "goal_ref": goals.list_goals(db, case)[0].public_id,
        "note_ref": notes.list_notes(db, case)[0].public_id,
        "signed_ref": notes.list_notes(db, case)[1].public_id,
        "process_ref": process_notes.list_process_notes(db, case)[0].public_id,
        "appointment_ref": appointments.list_appointments(db, case)[0].public_id,
        "accord_ref": accord.public_id,
        "topic_ref": accords.list_topics(db, accord)[0].public_id,
        "occasion_ref": "2026-03-14",
        "rater_ref": person.partner_refs[0],
        "check_in_ref": check_in_lines.list_asked(db, case)[0].check_in.public_id,
        **handout_refs(db, case),
        "transfer_ref": life.offer_ref(db, case),
        "number": "2",
        "layer": "issue",
        "sheet": "w13",
        "page": "1",
        "whom": "together",
        "job_ref": packets.list_jobs(db)[0].ref,
        "part_ref": packets.list_jobs(db)[0].parts[0].ref,
        "print_ref": sheet_prints.list_printed(db, case)[0].public_id,
        "filename": "js/errors.js",
    }


def handout_refs(db: ScopedSession, case: Case) -> Refs:
    """Name a sheet that was done at home and sent, and the partner's own side of it."""
    found = handout_lines.list_handed_out(db, case)
    sent = next(each for each in found if each.sent_at and each.form)
    return {"handout_ref": sent.handout.public_id, "further_ref": sent.form.public_id}


def address(rule: Rule, refs: Refs) -> str:
    """Give the address of one rule."""
    built = rule.build({name: refs[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None, rule
    return built[1]


def pages(app: Flask, refs: Refs) -> Iterator[tuple[str, str]]:
    """List every page a clinician looks at, by endpoint and address; sheets and styles are none."""
    for rule in app.url_map.iter_rules():
        is_page = rule.endpoint not in NO_PAGES and not rule.endpoint.startswith(OF_PARTNERS)
        if "GET" in (rule.methods or ()) and is_page and rule.endpoint not in IN_ROOM:
            yield rule.endpoint, address(rule, refs)


def forms(app: Flask, refs: Refs) -> list[Form]:
    """List every form of a signed-in clinician that is posted."""
    return [
        Form(rule.endpoint, address(rule, refs))
        for rule in app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
        and rule.endpoint not in {"accounts.set_up", "accounts.sign_in"} | IN_ROOM
        and not rule.endpoint.startswith(OF_PARTNERS)
    ]
