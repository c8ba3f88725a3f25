"""Ids in addresses: random, never counted; anything else is simply not a page."""

from typing import NamedTuple

from flask import Flask
from werkzeug.routing import BaseConverter

from clinic.domain.said import mark


class RefConverter(BaseConverter):
    """A public id: 22 letters of URL-safe base64. A malformed one is the same 404 as a foreign."""

    regex = "[A-Za-z0-9_-]{22}"


class TokenConverter(BaseConverter):
    """The token of an invitation's link: 256 bits."""

    regex = "[A-Za-z0-9_-]{43}"


class SheetConverter(BaseConverter):
    """A worksheet's key, such as w02."""

    regex = "[a-z][0-9]{2}"


class Step(NamedTuple):
    """One stop on the path of a case, as its navigation shows it."""

    label: str
    endpoint: str
    counts: str


#: The path of a case, in the order in which it is walked (product.md).
STEPS = (
    Step(mark("Overview"), "cases.show", ""),
    Step(mark("Partners' answers"), "invitations.overview", "responses"),
    Step(mark("Symptom layer"), "behaviours.list_recorded", "behaviours"),
    Step(mark("What was agreed"), "behaviours.agreed", "onset"),
    Step(mark("Issue layer"), "formulation.show", "explanations"),
    Step(mark("Roll-up and summary"), "formulation.roll_up", "formulations"),
    Step(mark("Goals"), "goals.list_set", "goals"),
    Step(mark("Appointments"), "appointments.list_held", "appointments"),
    Step(mark("Worksheets"), "worksheets.shelf", ""),
)


def is_local(path: str) -> bool:
    """Tell whether an address stays on this site, so that nobody is sent away after sign-in.

    Browsers drop tabs and line breaks, and read a backslash as a slash: "/<tab>/else.where" leads
    away.
    """
    plain = path.isprintable() and "\\" not in path
    return plain and path.startswith("/") and not path.startswith("//")


def init_app(app: Flask) -> None:
    """Teach the router our ids."""
    app.url_map.converters["ref"] = RefConverter
    app.url_map.converters["token"] = TokenConverter
    app.url_map.converters["sheet"] = SheetConverter
