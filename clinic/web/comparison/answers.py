"""Answers side by side: topic by topic, question by question, every partner's own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.items import Item, Named, Page, Questionnaire, pages_for
from clinic.domain.said import say
from clinic.services.comparison import Handed
from clinic.web.answered import answered
from clinic.web.comparison.words import NOT_ASKED
from clinic.web.language import translate

#: Stands for the other partner in a question that each was asked about the others.
SOMEBODY = "…"


@dataclass(frozen=True)
class Answer:
    """One answer in words; `about` names the other partner it is about, or is ""."""

    words: str
    about: str
    given: bool


@dataclass(frozen=True)
class Row:
    """One question, the ends of its scale, and a cell a partner in the case's order."""

    question: str
    ends: str
    cells: Sequence[Sequence[Answer]]


@dataclass(frozen=True)
class Part:
    """The questions on one page or card, and those that everybody left out."""

    title: str
    rows: Sequence[Row]
    left_out: Sequence[str]


@dataclass(frozen=True)
class Topic:
    """One page of the questionnaire; cards of a page that repeats are its parts."""

    key: str
    title: str
    parts: Sequence[Part]

    @property
    def left_out(self) -> Sequence[str]:
        """Name the cards of which everybody left out every question."""
        return [part.title for part in self.parts if part.left_out and not part.rows]


def topics(
    questionnaire: Questionnaire,
    behaviours: Sequence[Named],
    names: Mapping[str, str],
    handed: Sequence[Handed],
) -> list[Topic]:
    """Put everything that was handed over side by side; `names` are the case's, by public id."""
    found = []
    for page in questionnaire.pages:
        alone = replace(questionnaire, pages=(page,))
        cards = [card for card in pages_for(alone, behaviours, [SOMEBODY]) if card.items]
        if cards:
            parts = [_part(card, names, handed) for card in cards]
            found.append(Topic(page.key, translate(page.title), parts))
    return found


def _part(card: Page, names: Mapping[str, str], handed: Sequence[Handed]) -> Part:
    rows, left_out = [], []
    for item in card.items:
        cells = [_answers(item, each, names) for each in handed]
        if any(answer.given for cell in cells for answer in cell):
            rows.append(Row(translate(item.text), _ends(item), cells))
        else:
            left_out.append(translate(item.text))
    return Part(translate(card.title), rows, left_out)


def _ends(item: Item) -> str:
    if not item.low:
        return ""
    low, high = translate(item.low), translate(item.high)
    return translate(say("0: %(low)s, 10: %(high)s", low=low, high=high))


def _answers(asked: Item, each: Handed, names: Mapping[str, str]) -> Sequence[Answer]:
    items = {item.key: item for item in each.items}
    return [
        _answer(items[key], each.answers, about) for key, about in _own_keys(asked, each, names)
    ]


def _own_keys(asked: Item, each: Handed, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the keys under which one partner was asked, and about whom."""
    others = [name for ref, name in names.items() if ref != each.partner.public_id]
    if not asked.per_other:
        yield asked.key, ""
        return
    for place, name in enumerate(others, 1):
        yield (f"{asked.key}.{place}" if len(others) > 1 else asked.key), name


def _answer(item: Item, answers: Mapping[str, Given], about: str) -> Answer:
    if item.key not in answers:
        return Answer(translate(NOT_ASKED), about, given=False)
    given = answers.get(item.key, NOTHING)
    words = "\n".join(answered(item, given))
    return Answer(words, about, given=given.state is not AnswerState.SKIPPED)
