"""A page of a questionnaire as a form: one field an item, and what it was when it was shown."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.widgets import HiddenInput

from clinic.domain.answers import NOTHING, AnswerState, Given, given
from clinic.domain.items import AnswerError, Item, ItemKind, Page, check
from clinic.domain.said import mark
from clinic.services.questionnaires import Save
from clinic.web.fields import Line, One, Several, Tick, Words
from clinic.web.forms import BaseForm

DECLINED = "--declined"
WAS = "--was"
#: The field for an answer that is not offered, and the button that stands for it in a list.
OWN = "--own"
PREFER_NOT = mark("I prefer not to answer")
OTHERWISE = mark("Something else, in my own words")
OWN_WORDS = mark("Your own words")
PICKED = frozenset({ItemKind.CHOICE, ItemKind.YES_NO, ItemKind.SCALE})


class PageForm(BaseForm):
    """One page. It saves only what was changed here, so two open pages do not undo each other."""

    operation = HiddenField()
    turn = HiddenField(default="0")

    items: Sequence[Item]

    def saves(self) -> list[Save]:
        """Give what was changed on this page.

        Puts an error on each field whose answer is refused, and leaves that one out.
        """
        found = []
        for item in self.items:
            if self[item.key].errors or (item.own_words and self[item.key + OWN].errors):
                continue
            try:
                answer = check(item, self.given(item))
            except AnswerError as refusal:
                self[item.key].errors = [*self[item.key].errors, refusal.args[0]]
                continue
            if fingerprint(answer) != self[item.key + WAS].data:
                found.append(save_of(item, answer, self.operation.data, self.turn.data))
        return found

    def start_anew(self) -> None:
        """Let a page that is shown again count its saves from the beginning."""
        self.operation.data, self.turn.data = secrets.token_urlsafe(12), "0"

    def given(self, item: Item) -> Given:
        """Read one item's answer."""
        data = self[item.key].data
        values = data if isinstance(data, list) else [data or ""]
        if item.kind in PICKED:
            declined = values == [DECLINED]
        else:
            declined = item.key + DECLINED in self and bool(self[item.key + DECLINED].data)
        own = (self[item.key + OWN].data or "") if item.own_words else ""
        return answer_of(item, values, own, declined=declined)


def page_form(
    page: Page, items: Sequence[Item], answers: Mapping[str, Given], *, may_decline: bool = True
) -> PageForm:
    """Make the form of one page, filled in with what was saved.

    Where nothing hangs on it, leaving a text out is enough, and declining it is not offered.
    """
    fields: dict[str, Any] = {"items": items}
    saved: dict[str, Any] = {"operation": secrets.token_urlsafe(12)}
    for item in items:
        answer = answers.get(item.key, NOTHING)
        fields[item.key] = _field(item)
        saved[item.key] = _shown(item, answer)
        fields[item.key + WAS] = HiddenField(widget=HiddenInput())
        saved[item.key + WAS] = fingerprint(answer)
        if item.own_words:
            fields[item.key + OWN] = _own_field(item)
            saved[item.key + OWN] = _own_words(item, answer)
        if may_decline and item.kind not in PICKED:
            fields[item.key + DECLINED] = Tick(PREFER_NOT)
            saved[item.key + DECLINED] = answer.state is AnswerState.DECLINED
    made: PageForm = type(f"{page.key.title()}PageForm", (PageForm,), fields)(data=saved)
    for field in made:
        # Everything can be skipped, and the page says so once.
        field.flags.optional = False
    return made


def answer_of(item: Item, values: Sequence[str], own: str, *, declined: bool) -> Given:
    """Put together what was chosen and what was written beside it; declining is always taken.

    Raises AnswerError where both cannot count, so that nothing typed is dropped in silence.
    """
    chosen = [value for value in values if value.strip() and value != OWN]
    if declined or not own:
        return given([] if declined else chosen, declined=declined)
    if chosen and item.kind is ItemKind.CHOICE:
        raise AnswerError("Choose an answer, or write your own: both cannot count.")
    if own in {choice.key for choice in item.choices}:
        # Stored as it is, it would be the answer that is called so inside.
        raise AnswerError("Please write this in a few more words.")
    return given([*chosen, own])


def save_of(item: Item, answer: Given, page: str | None, turn: str | None) -> Save:
    """Give one save of an open page: the page's own mark, and which of its saves this is.

    A browser without JavaScript counts no turns. There, an operation is what was answered, so that
    a page brought back and changed is a new save.
    """
    counted = turn if turn and turn.isascii() and turn.isdecimal() and len(turn) <= 9 else "0"
    content = "" if int(counted) else fingerprint(answer)
    operation = short("\x1f".join((page or "", item.key, content)))
    return Save(item.key, item.layer, answer, operation, int(counted))


def _field(item: Item) -> Any:
    hint: dict[str, Any] = {"description": item.hint}
    quiet = {"autocomplete": "off", "spellcheck": "false"}
    choices = [(choice.key, choice.label) for choice in item.offered]
    if item.kind is ItemKind.SCALE:
        choices = [(str(number), str(number)) for number in range(11)]
    if item.own_words and item.kind is ItemKind.CHOICE:
        choices.append((OWN, OTHERWISE))
    if item.kind in PICKED:
        return One(item.text, [*choices, (DECLINED, PREFER_NOT)], **hint)
    if item.kind is ItemKind.SEVERAL:
        return Several(item.text, choices, **hint)
    if item.kind is ItemKind.TEXT:
        return Words(item.text, "words", most=item.longest, render_kw={"rows": 4, **quiet}, **hint)
    quiet |= _keyboard(item)
    return Line(item.text, "an answer", required=False, most=item.longest, render_kw=quiet, **hint)


def _own_field(item: Item) -> Line:
    quiet = {"autocomplete": "off", "spellcheck": "false"}
    return Line(OWN_WORDS, "an answer", required=False, most=item.longest, render_kw=quiet)


def _keyboard(item: Item) -> dict[str, str]:
    # The digits of a phone have no minus sign, so they are for numbers that need none.
    if item.lowest is None or item.lowest < 0:
        return {}
    return {"inputmode": "numeric" if item.kind is ItemKind.INTEGER else "decimal"}


def _own_words(item: Item, answer: Given) -> str | None:
    offered = {choice.key for choice in item.choices}
    return next((value for value in answer.values if value not in offered), None)


def _shown(item: Item, answer: Given) -> Any:
    own = _own_words(item, answer) if item.own_words else None
    if item.kind is ItemKind.SEVERAL:
        return [value for value in answer.values if value != own]
    if item.kind in PICKED and answer.state is AnswerState.DECLINED:
        return DECLINED
    return OWN if own else answer.value or None


def fingerprint(answer: Given) -> str:
    """Tell two answers apart without showing either."""
    return short("\x1f".join((answer.state.value, *answer.values)))


def short(text: str) -> str:
    """Shorten a text to something that fits a column and still tells it apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
