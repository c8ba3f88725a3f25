"""Style sheets as one file, and names that change with the content so browsers may keep them."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, url_for

bp = Blueprint("assets", __name__)

#: In the order in which they build on each other.
SHEETS = (
    "fonts",
    "tokens",
    "base",
    "layout",
    "helpers",
    "components/button",
    "components/field",
    "components/segmented",
    "components/table",
    "components/panel",
    "components/detail",
    "components/steps",
    "components/chart",
    "components/matrix",
    "components/map",
    "components/timeline",
    "components/accord",
    "components/repair",
    "components/appointment",
    "components/frames",
    "components/notes",
    "components/partner",
    "components/answers",
    "components/room",
    "components/case_life",
    "components/finder",
    "components/sheets",
    "components/keys",
    "components/paper",
)
HASH_LENGTH = 12


@cache
def bundle(folder: Path) -> str:
    """Join the screen's style sheets."""
    return "\n".join((folder / "css" / f"{name}.css").read_text("utf-8") for name in SHEETS)


@cache
def content_hash(path: Path) -> str:
    """Name a file by its content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]


@bp.get("/app.css")
def stylesheet() -> Response:
    """Serve all style sheets of the screen as one."""
    return Response(_addressed(bundle(_static())), mimetype="text/css")


def stylesheet_url() -> str:
    """Give the address of the joined style sheet, which changes when it changes."""
    version = hashlib.sha256(bundle(_static()).encode()).hexdigest()[:HASH_LENGTH]
    return url_for("assets.stylesheet", v=version)


def _addressed(css: str) -> str:
    # The sheets say "../vendor/…" from where they lie; joined, they are served from elsewhere.
    return re.sub(
        r'url\("\.\./([^"]+)"\)', lambda hit: f'url("{url_for("static", filename=hit[1])}")', css
    )


def add_version(endpoint: str, values: dict[str, object]) -> None:
    """Put a file's content into its address, so that a kept copy is never an old one."""
    name = values.get("filename")
    if endpoint == "static" and isinstance(name, str) and "v" not in values:
        path = _static() / name
        if path.is_file():
            values["v"] = content_hash(path)


def _static() -> Path:
    return Path(current_app.static_folder or "")


def init_app(app: Flask) -> None:
    """Serve the joined style sheet and name every static file by its content."""
    app.register_blueprint(bp)
    app.url_defaults(add_version)
    app.context_processor(lambda: {"stylesheet_url": stylesheet_url()})
