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
        wanted = (_spoken(tag) for tag, quality in request.accept_languages if quality > 0)
        g.language = next((tag for tag in wanted if tag), ENGLISH)
    return str(g.language)


def _spoken(wanted: str) -> str | None:
    """Find a language by its tag, or by its first part: who asks for en-US can read en-GB."""
    tags = [ENGLISH, *_languages()]
    same = [tag for tag in tags if tag.lower() == wanted.lower()]
    near = [tag for tag in tags if _first_part(tag) == _first_part(wanted)]
    return next(iter([*same, *near]), None)


def _first_part(tag: str) -> str:
    return tag.lower().partition("-")[0]


def locale() -> Locale:
    """Give how this request's language writes dates and numbers."""
    return Locale.parse(chosen(), sep="-")


def direction() -> str:
    """Say which way this request's language is written: "ltr" or "rtl"."""
    return str(locale().text_direction)


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


def said_in(tag: str, text: str) -> str:
    """Say a plain text in a language of its own, or in English where Undercurrent lacks that."""
    language = _spoken(tag)
    return text if language in {None, ENGLISH} else _languages()[str(language)].gettext(text)


def _sentence(said: Said) -> str:
    facts = {
        name: translate(fact) if isinstance(fact, Said) else fact
        for name, fact in said.facts.items()
    }
    if said.many:
        pattern = texts().ngettext(said.pattern, said.many, int(said.facts["number"]))
    else:
        pattern = texts().gettext(said.pattern)
    return said.filled(pattern, facts)


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
    app.context_processor(lambda: {"lang": chosen(), "direction": direction()})
