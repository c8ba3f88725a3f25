"""Writing a form down as it was asked, so that an answer keeps its meaning.

A sheet may be worded anew later, and a practice may take its own away; what somebody was asked
stays. Sentences keep their pattern and facts, and are said in the reader's language later.
"""

import json
from collections.abc import Mapping
from typing import Any

from clinic.domain.items import Choice, Item, ItemKind, Page, Questionnaire
from clinic.domain.said import Filled, Said, phrase, say

#: What is written of an item beside its kind and choices.
_WORDS = ("text", "hint", "low", "high")
_ABOUT = ("key", "version", "title", "minutes", "language", "licence", "source")


def kept(form: Questionnaire) -> str:
    """Write a form down; conditions, repeats and lists of a case are not among what it keeps.

    >>> item = Item("s1.b1.i1", ItemKind.TEXT, say("%(what)s: %(part)s", what="A", part="B"))
    >>> page = Page("1", "Today", ("Take your time.",), (item,))
    >>> form = Questionnaire("handout", 1, "Demo", 0, (page,), "en-GB", "CC-BY-4.0", "Example")
    >>> again = asked_in(kept(form))
    >>> again == form, again.pages[0].items[0].text.pattern
    (True, '%(what)s: %(part)s')
    """
    about = {name: getattr(form, name) for name in _ABOUT}
    return json.dumps({**about, "pages": [_page(page) for page in form.pages]})


def asked_in(text: str) -> Questionnaire:
    """Read a form that was written down."""
    found = json.loads(text)
    pages = tuple(_page_in(page) for page in found.pop("pages"))
    return Questionnaire(pages=pages, **found)


def _page(page: Page) -> dict[str, Any]:
    return {
        "key": page.key,
        "title": _sentence(page.title),
        "intro": [_sentence(line) for line in page.intro],
        "reminder": _sentence(page.reminder),
        "items": [_item(item) for item in page.items],
    }


def _item(item: Item) -> dict[str, Any]:
    words = {name: _sentence(getattr(item, name)) for name in _WORDS}
    choices = [[choice.key, _sentence(choice.label)] for choice in item.choices]
    return {"key": item.key, "kind": item.kind.value, "choices": choices, **words}


def _page_in(found: Mapping[str, Any]) -> Page:
    return Page(
        found["key"],
        _sentence_in(found["title"]),
        tuple(_sentence_in(line) for line in found["intro"]),
        tuple(_item_in(item) for item in found["items"]),
        reminder=_sentence_in(found["reminder"]),
    )


def _item_in(found: Mapping[str, Any]) -> Item:
    return Item(
        found["key"],
        ItemKind(found["kind"]),
        choices=tuple(Choice(key, _sentence_in(label)) for key, label in found["choices"]),
        **{name: _sentence_in(found[name]) for name in _WORDS},
    )


def _sentence(text: Any) -> Any:
    """Give a text as it is, a phrase of content as a list of one, a sentence with its facts."""
    if isinstance(text, Filled):
        return [text.pattern]
    if isinstance(text, Said):
        return [text.pattern, {name: _sentence(fact) for name, fact in text.facts.items()}]
    return text


def _sentence_in(found: Any) -> Any:
    if not isinstance(found, list):
        return found
    if len(found) == 1:
        return phrase(found[0])
    pattern, facts = found
    return say(pattern, **{name: _sentence_in(fact) for name, fact in facts.items()})
