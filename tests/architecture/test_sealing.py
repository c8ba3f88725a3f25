"""Every text that somebody can type about a case is sealed, or is on a short list with a reason."""

import pytest
from sqlalchemy import Enum, LargeBinary, String

from clinic.models.base import Base, OfPractice
from clinic.models.sealed import EncryptedText, sealed_texts
from clinic.models.tables import FILES, all_tables

#: Columns in clear, and why nothing a person typed about a case can stand in them.
IN_CLEAR = {
    "public_id": "a random id",
    "case.concern": "a key of the content",
    "behaviour_record.behaviour": "a key of the content",
    "observed_response.response": "a key of the content",
    "explanation.kind": "a key of the content",
    "evidence_item.kind": "a key of the content",
    "goal.stub": "a key of the content",
    "clinician.name": "shown at sign-in, before anybody's keys are known",
    "clinician.email": "looked for at sign-in, before anybody's keys are known",
    "clinician.password_hash": "a hash",
    "invitation.token_hash": "a hash",
    "invitation.pin_hash": "a hash",
    "invitation.start_code_hash": "a hash",
    "outbox_mail.message_id": "a random id",
    "outbox_mail.last_problem": "a sentence of ours, with a code of the mail server's",
    "intake_plan.questionnaire": "a key of the content",
    "intake_plan.behaviours": "keys of the content; lines of the clinician's own are sealed",
    "intake_plan.packs": "random ids",
    "questionnaire_pack.sha256": "a hash of a file that holds nothing about anybody",
    "questionnaire_response.questionnaire": "a key of the content",
    "answer.item": "a key of the content; the value is sealed",
    "save_operation.operation": "a hash that begins with the page's random id, and a count",
    "signature.document": "a key of the content",
    "disclosure.policy": "a key of the policies on secrets",
    "map_release.behaviour": "a key of the content",
    "safety_task.kind": "a key of the kinds of task",
    "measure_score.instrument": "a key of the content",
    "safety_decision.kind": "a key of the tools that can be shut",
    "evidence_link.answer_item": "a key of the content",
    "suggestion_answer.rule": "a key of the content",
    "frame_theme.frame": "a key of the content",
    "accord_topic.behaviour": "a key of the content",
    "frame_entry.place": "keys of the content and random ids",
    "frame_agreement.place": "keys of the content",
    "draft.form": "a hash",
    "note.format": "a key of the content",
    "handout.sheet": "a key of the content",
    "phase_tick.phase": "a key of the content",
    "phase_tick.criterion": "a key of the content",
    "phase_move.phase": "a key of the content",
    "packet_part.sheets": "keys of the content",
}

TABLES = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, OfPractice)),
    key=lambda kind: kind.__tablename__,
)


def columns_of(kind):
    return [(f"{kind.__tablename__}.{column.name}", column) for column in kind.__table__.columns]


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__tablename__)
def test_a_text_is_sealed_or_on_the_list(kind):
    for name, column in columns_of(kind):
        if isinstance(column.type, String) and not isinstance(column.type, Enum):
            assert name in IN_CLEAR or column.name in IN_CLEAR, name


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__tablename__)
def test_what_is_stored_as_bytes_is_sealed_text(kind):
    sealed = {text.name for text in sealed_texts(kind)}
    stored = {column.name for _, column in columns_of(kind) if isinstance(column.type, LargeBinary)}
    assert stored == sealed


def test_the_list_names_no_column_that_is_gone():
    known = {name for kind in TABLES for name, _ in columns_of(kind)}
    assert set(IN_CLEAR) - {"public_id"} <= known


def test_every_table_of_a_case_is_kept_within_its_practice():
    outside = {"practice", "browser_session", "attempts", "setup_code", "data_key"}
    outside |= {"audit_line", "audit_head"}
    # Looked for by its token, before anybody knows whose browser it is.
    outside.add("partner_session")
    inside = {kind.__tablename__ for kind in TABLES}
    assert set(all_tables().tables) == inside | outside


def test_every_model_file_is_known_to_the_migrations():
    defined = {mapper.class_.__module__ for mapper in Base.registry.mappers}
    assert defined == {module.__name__ for module in FILES}


def test_every_sealed_text_of_the_class_is_found_among_its_own():
    for kind in TABLES:
        inherited = [
            name
            for parent in kind.__mro__[1:]
            for name, text in vars(parent).items()
            if isinstance(text, EncryptedText)
        ]
        assert inherited == [], "a text of a parent class would be left unsealed"
