"""Apps for tests: each with its own records, all with the templates that one of them compiled."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from clinic.web.app import create_app
from config import Settings


class Compiled(BytecodeCache):
    """Keeps what was compiled for the next app: compiling all templates takes a second."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept; a template that has changed since is compiled again."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def app_of(settings: Settings) -> Flask:
    """Put the app together for an installation."""
    made = create_app(settings)
    made.testing = True
    made.jinja_env.bytecode_cache = COMPILED
    return made
