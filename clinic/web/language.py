"""The language a page speaks: the reader's own where Undercurrent has it, else English.

Templates wrap their own words in `_()`; whatever else they show, from content, forms and refusals,
passes through the filter `said`. What people typed passes through neither.
"""

import gettext as gnu
from collections.abc import Mapping

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from markupsafe import Markup

from clinic.domain.said import Said

ENGLISH = "en-GB"
Languages = Mapping[str, gnu.NullTranslations]


def chosen() -> str:
    """Name the language of this request: what the browser asks for first, of those there are."""
    if not has_request_context():
        return ENGLISH
    if "language" not in g:
        wanted = request.accept_languages.best_match([ENGLISH, *_languages()], ENGLISH)
        g.language = wanted
    return str(g.language)


def locale() -> Locale:
    """Give how this request's language writes dates and numbers."""
    return Locale.parse(chosen(), sep="-")


def texts() -> gnu.NullTranslations:
    """Give the texts of this request's language; English needs none."""
    language = chosen()
    return gnu.NullTranslations() if language == ENGLISH else _languages()[language]


def translate(text: str) -> str:
    """Say a text in this request's language; a sentence that holds facts keeps them."""
    if isinstance(text, Said):
        return _sentence(text)
    # gettext answers an empty text with notes about the file.
    return texts().gettext(text) if text and not isinstance(text, Markup) else text


def _sentence(said: Said) -> str:
    facts = {
        name: translate(fact) if isinstance(fact, Said) else fact
        for name, fact in said.facts.items()
    }
    if said.many:
        return texts().ngettext(said.pattern, said.many, int(said.facts["number"])) % facts
    return texts().gettext(said.pattern) % facts


def _languages() -> Languages:
    languages: Languages = current_app.extensions["languages"]
    return languages


def init_app(app: Flask, languages: Languages) -> None:
    """Let every page speak its reader's language."""
    app.extensions["languages"] = languages
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # The newer style escapes what is put into a sentence.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: texts().gettext(text),
        lambda one, many, number: texts().ngettext(one, many, number),
        newstyle=True,
    )
    app.context_processor(lambda: {"lang": chosen()})
