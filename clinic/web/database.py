"""One session per request, and what was read written down before the page leaves."""

from flask import Flask, Response, current_app, g, request

from clinic.domain.visibility import Audience
from clinic.services import accounts, audit, browsers, upkeep
from clinic.services.rows import Clinician, ScopedSession, Store

ONLY_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def open_records(app: Flask) -> Store:
    """Open this installation's records once, and sign page cookies with a key made from theirs.

    Raises StartError, with a sentence that says what to do, when they cannot be opened.
    """
    if "store" not in app.extensions:
        store = upkeep.open_records(app.extensions["place"])
        app.secret_key = store.master.derive("cookies")
        app.extensions["store"] = store
    opened: Store = app.extensions["store"]
    return opened


def get_store() -> Store:
    """Give the opened records; a command in a terminal opens them only when it needs them."""
    return open_records(current_app)


def get_db() -> ScopedSession:
    """Give this request's session. A page that is only looked at never waits for a writer."""
    if "db" not in g:
        g.db = get_store().session(writes=request.method not in ONLY_READS)
    db: ScopedSession = g.db
    return db


def let_others_write() -> None:
    """End this request's transaction before work that takes long; the next query begins anew.

    Rows loaded so far stay as they are, but their sealed texts open no more: find them again.
    """
    _let_go(get_db())


def get_author_db() -> ScopedSession:
    """Give a session in which the clinician's own words can be kept, also while the room looks.

    Nothing that is read in it may be shown: the room's session is ended first.
    """
    if g.get("room"):
        _let_go(get_db())
        g.db = get_store().session(writes=True)
        accounts.enter(g.db, get_store(), g.browser.clinician)
    return get_db()


def get_treating_db(clinician: Clinician) -> ScopedSession:
    """Give a session that can tell whether a page for the couple is shut just now.

    While the room looks it is a second one: the request's own holds the couple's keys alone.
    """
    if not g.get("room"):
        return get_db()
    if "treating_db" not in g:
        g.treating_db = get_store().session(writes=False)
        accounts.enter(g.treating_db, get_store(), clinician)
    db: ScopedSession = g.treating_db
    return db


def get_narrow_db(clinician: Clinician, audience: Audience, person: str = "") -> ScopedSession:
    """Give a second session that can open only what an audience may read (security.md T14)."""
    if "narrow_db" not in g:
        g.narrow_db = get_store().session(writes=False)
        accounts.enter_for(g.narrow_db, get_store(), clinician, audience, person)
    db: ScopedSession = g.narrow_db
    return db


def write_down_reads(response: Response) -> Response:
    """Record what this page shows, and that its browser was used; without that, no page."""
    db: ScopedSession | None = g.pop("db", None)
    browser = g.get("browser")
    if db is None:
        return response
    if browser is None or response.status_code in {302, 303}:
        db.close()
        return response
    reads = _reads(db)
    token_hash = browser.token_hash if browsers.is_due(browser) else None
    clinician = browser.clinician
    _let_go(db)
    if reads or token_hash:
        with get_store().session(writes=True) as closing:
            accounts.enter(closing, get_store(), clinician)
            if token_hash:
                browsers.touch(closing, token_hash)
            audit.record_reads(closing, reads)
    return response


def _reads(db: ScopedSession) -> list[audit.Read]:
    treating: ScopedSession | None = g.get("treating_db")
    looked_up = audit.reads_of(treating) if treating else ()
    return list(dict.fromkeys([*audit.reads_of(db), *looked_up]))


def _let_go(db: ScopedSession) -> None:
    # What was loaded stays readable without its session, and a writer's lock is free.
    db.expunge_all()
    db.close()


def close_sessions(_fault: BaseException | None) -> None:
    """End the request's sessions; what was not committed is undone."""
    for name in ("db", "narrow_db", "treating_db"):
        session: ScopedSession | None = g.pop(name, None)
        if session is not None:
            session.close()


def init_app(app: Flask, place: upkeep.Place) -> None:
    """Give every request its session."""
    app.extensions["place"] = place
    app.after_request(write_down_reads)
    app.teardown_appcontext(close_sessions)
