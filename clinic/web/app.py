"""Putting Undercurrent together from its settings."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic.content.consents_loader import load_consents
from clinic.content.frames_loader import load_frames
from clinic.content.instruments_loader import load_instruments
from clinic.content.languages_loader import load_languages
from clinic.content.loader import ContentError, load_library
from clinic.content.notes_loader import load_note_formats
from clinic.content.phases_loader import load_phases
from clinic.content.plain_words_loader import GOAL_WORDS, load_plain_words
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.content.suggestions_loader import load_suggestions
from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.worksheets import Worksheet
from clinic.services import own_worksheets, upkeep
from clinic.web import (
    access,
    addresses,
    assets,
    commands,
    contents,
    database,
    drafts,
    errors,
    filters,
    headers,
    language,
    pages,
    partner_access,
    shortcuts,
)
from clinic.web.accords.workspace import bp as accords
from clinic.web.accounts.routes import bp as accounts
from clinic.web.appointments.routes import bp as appointments
from clinic.web.behaviours.routes import bp as behaviours
from clinic.web.cases.workspace import bp as cases
from clinic.web.check_ins.routes import bp as check_ins
from clinic.web.comparison.routes import bp as comparison
from clinic.web.contents import Contents
from clinic.web.entry.routes import bp as entry
from clinic.web.formulation.workspace import bp as formulation
from clinic.web.frames.routes import bp as frames
from clinic.web.goals.pages import bp as goals
from clinic.web.handouts.writing import bp as handouts
from clinic.web.invitations.routes import bp as invitations
from clinic.web.measures.routes import bp as measures
from clinic.web.notes.pages import bp as notes
from clinic.web.packets.pages import bp as packets
from clinic.web.packs.routes import bp as packs
from clinic.web.phases.routes import bp as phases
from clinic.web.questionnaires.further import bp as questionnaires
from clinic.web.readings.routes import bp as readings
from clinic.web.repair_responses.routes import bp as repair_responses
from clinic.web.room.routes import bp as room
from clinic.web.safety.routes import bp as safety
from clinic.web.timeline.routes import bp as timeline
from clinic.web.worksheets.commands import commands as worksheet_commands
from clinic.web.worksheets.pages import bp as worksheets
from config import Settings

ROOT = Path(__file__).resolve().parents[2]
FEATURES = (
    accounts,
    cases,
    phases,
    packs,
    invitations,
    entry,
    questionnaires,
    comparison,
    measures,
    check_ins,
    safety,
    behaviours,
    timeline,
    formulation,
    frames,
    readings,
    goals,
    accords,
    appointments,
    repair_responses,
    notes,
    worksheets,
    handouts,
    packets,
    room,
)
PARTS = (headers, addresses, assets, access, errors, filters, commands, drafts, shortcuts, pages)
MOST_BYTES = 2_000_000


def create_app(settings: Settings) -> Flask:
    """Make the pages; the records are opened by `open_records`, or by the first that needs them."""
    place = upkeep.Place(settings.data_folder, settings.key_file, settings.database_url)
    app = Flask(
        "clinic.web.app",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    _configure(app, settings)
    # What is named last touches an answer first: headers are on it even if recording fails.
    partner_access.init_app(app)
    database.init_app(app, place)
    for part in PARTS:
        part.init_app(app)
    language.init_app(app, load_languages())
    own = _with_own_sheets(settings.data_folder / "worksheets")
    contents.init_app(app, replace(load_contents(), worksheets=own))
    CSRFProtect(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    app.cli.add_command(worksheet_commands)
    return app


@cache
def load_contents() -> Contents:
    """Read everything a clinician has reviewed, once; raises ContentError naming every fault."""
    library, questionnaires = load_library(), load_questionnaires()
    return Contents(
        library,
        load_worksheets(),
        questionnaires,
        load_consents(),
        load_instruments(),
        load_frames(),
        load_suggestions(library, questionnaires),
        load_plain_words(),
        load_phases(),
        load_plain_words(GOAL_WORDS),
        load_note_formats(),
    )


def _with_own_sheets(folder: Path) -> Mapping[str, Worksheet]:
    try:
        return own_worksheets.load_all(folder)
    except ContentError as fault:
        raise upkeep.StartError(
            f"A worksheet in {folder} has a fault. Mend it, or take the file away.\n{fault}"
        ) from None


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        ADDRESS=settings.address,
        LEAVE_TO=settings.leave_to,
        MAIL_FROM=settings.mail_from,
        MAIL_SERVER=settings.mail_server,
        SESSION_COOKIE_NAME="__Host-undercurrent-page" if settings.https else "undercurrent-page",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        # The token lives as long as the session: an hour's limit would throw long forms away.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
    )
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    if settings.https:
        # One trusted proxy in front ends TLS and says so; its word on addresses is not needed.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=1)  # type: ignore[method-assign]
