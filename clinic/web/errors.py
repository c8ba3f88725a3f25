"""What a person sees when something is not there, not allowed or not possible just now."""

from http import HTTPStatus
from types import TracebackType
from typing import NamedTuple

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from clinic.domain.said import mark
from clinic.services.errors import MissingError, ThrottledError
from clinic.services.upkeep import StorageFullError, storage_problem


class Words(NamedTuple):
    """A title, and what the person can do next; the page says both in its reader's language."""

    title: str
    text: str


PAGES = {
    400: Words(
        mark("We could not read that"), mark("Go back, check what you entered and send it again.")
    ),
    403: Words(mark("This page is closed"), mark("It is not open to you.")),
    404: Words(
        mark("Page not found"), mark("Check the address, or start again from your caseload.")
    ),
    405: Words(mark("That does not work here"), mark("Go back and use the buttons on the page.")),
    409: Words(
        mark("Changed meanwhile"),
        mark("Somebody saved this at the same moment. Go back and reload."),
    ),
    413: Words(
        mark("That is too much at once"),
        mark("Shorten it, or send it in parts. Nothing was saved."),
    ),
    429: Words(mark("Too many tries"), mark("Wait a quarter of an hour and try again.")),
    500: Words(
        mark("Something went wrong on our side"),
        mark(
            "What you typed was not saved. Go back: it is usually still in the form."
            " Then try again."
        ),
    ),
    507: Words(
        mark("There is no room left to save"),
        mark(
            "What you typed was not saved. Keep this page open, make room on the disk and go back."
        ),
    ),
}


def error_page(status: int, words: Words | None = None) -> ResponseReturnValue:
    """Show one calm page for a status; the same bytes for the same status."""
    shown = words or PAGES.get(status, PAGES[400])
    return render_template("layouts/error.html", words=shown), status


def on_http_error(fault: HTTPException) -> ResponseReturnValue:
    """Answer what Flask itself refuses; redirects pass."""
    if fault.code is None or fault.code < 400:
        return fault
    if isinstance(fault, InternalServerError) and isinstance(fault.original_exception, Exception):
        # What failed after the page was made, such as writing down that it was read.
        return on_fault(fault.original_exception)
    return error_page(fault.code)


def on_csrf_error(_fault: CSRFError) -> ResponseReturnValue:
    """Answer a form that does not come from our own page, or from one signed out meanwhile."""
    text = mark(
        "Your sign-in has ended, or the page is an old one. Go back, reload it and send again."
    )
    return error_page(400, Words(mark("This form has expired"), text))


def on_missing(_fault: MissingError) -> ResponseReturnValue:
    """Answer unknown and foreign ids alike."""
    return error_page(HTTPStatus.NOT_FOUND)


def on_throttled(_fault: ThrottledError) -> ResponseReturnValue:
    """Answer somebody who guesses too often."""
    return error_page(HTTPStatus.TOO_MANY_REQUESTS)


def on_fault(fault: Exception) -> ResponseReturnValue:
    """Answer what nobody expected, without a word of what was typed in page or log."""
    if isinstance(storage_problem(fault), StorageFullError):
        return error_page(HTTPStatus.INSUFFICIENT_STORAGE)
    if current_app.debug:
        raise fault
    current_app.logger.error("unexpected %s", type(fault).__name__, exc_info=_without_values(fault))
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _without_values(
    fault: Exception,
) -> tuple[type[Exception], Exception, TracebackType | None]:
    # A database error's text can hold what somebody typed; its place in the code cannot.
    kind = type(fault)
    return kind, Exception(kind.__name__), fault.__traceback__


def init_app(app: Flask) -> None:
    """Answer every fault with a page of ours."""
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(MissingError, on_missing)
    app.register_error_handler(ThrottledError, on_throttled)
    app.register_error_handler(Exception, on_fault)
