"""A loaded questionnaire as a partner will see it, with what each answer counts, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinic.domain.conditions import YES, Clause, Comparison, Operator
from clinic.domain.items import Item, ItemKind, Page, pages_for, plain_number
from clinic.domain.packs import Addition
from clinic.domain.said import mark, say, say_count

#: Stands for another partner, whose name is only known in a case.
SOMEBODY = "…"
#: How an answer is given where none is offered.
HOW = {
    ItemKind.TEXT: mark("Answered in words."),
    ItemKind.WORDS: mark("Answered in one line."),
    ItemKind.INTEGER: mark("Answered with a whole number."),
    ItemKind.DECIMAL: mark("Answered with a number."),
}
COMPARED = {
    Operator.EQUALS: mark("“%(question)s” is answered with: %(answer)s"),
    Operator.DIFFERS: mark("“%(question)s” is not answered with: %(answer)s"),
    Operator.ABOVE: mark("“%(question)s” is more than %(answer)s"),
    Operator.BELOW: mark("“%(question)s” is less than %(answer)s"),
    Operator.AT_LEAST: mark("“%(question)s” is %(answer)s or more"),
    Operator.AT_MOST: mark("“%(question)s” is %(answer)s or less"),
}

Items = Mapping[str, Item]


@dataclass(frozen=True)
class Offered:
    """One answer that is offered, and what it counts; "" where it counts nothing."""

    label: str
    counts: str


@dataclass(frozen=True)
class Question:
    """One question as a partner reads it, how it is answered, and when it is asked.

    Of each row of `only_when` at least one must hold.
    """

    text: str
    hint: str
    how: Sequence[str]
    offered: Sequence[Offered]
    only_when: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Previewed:
    """One page."""

    title: str
    intro: Sequence[str]
    reminder: str
    questions: Sequence[Question]


def preview(addition: Addition) -> list[Previewed]:
    """Say a questionnaire page by page; names of partners are left open."""
    pages = pages_for(addition.questionnaire, (), [SOMEBODY])
    items = {item.key: item for page in pages for item in page.items}
    return [_page(page, addition, items) for page in pages]


def _page(page: Page, addition: Addition, items: Items) -> Previewed:
    questions = [_question(item, addition, items) for item in page.items]
    return Previewed(page.title, page.intro, page.reminder, questions)


def _question(item: Item, addition: Addition, items: Items) -> Question:
    counts = addition.scores.get(item.key, {})
    return Question(
        item.text,
        item.hint,
        list(_how(item)),
        [Offered(choice.label, _counts(counts.get(choice.key))) for choice in item.offered],
        _only_when(item, items),
    )


def _counts(number: Decimal | None) -> str:
    return "" if number is None else say("counts %(number)s", number=plain_number(number))


def _how(item: Item) -> Sequence[str]:
    said: list[str] = [HOW[item.kind]] if item.kind in HOW else []
    if item.kind is ItemKind.SCALE:
        said.append(
            say("A number from 0, “%(low)s”, to 10, “%(high)s”.", low=item.low, high=item.high)
        )
    if item.kind is ItemKind.SEVERAL:
        said.append(mark("Several answers can be chosen."))
    if item.at_most:
        said.append(
            say_count("%(number)s answer at most.", "%(number)s answers at most.", item.at_most)
        )
    if item.own_words:
        said.append(mark("Another answer can be written."))
    if item.lowest is not None:
        said.append(say("%(number)s or more.", number=f"{item.lowest:g}"))
    if item.highest is not None:
        said.append(say("%(number)s or less.", number=f"{item.highest:g}"))
    return said


def _only_when(item: Item, items: Items) -> list[list[str]]:
    clauses: Sequence[Clause] = item.shown_when.clauses if item.shown_when else ()
    return [[_compared(one, items) for one in clause] for clause in clauses]


def _compared(one: Comparison, items: Items) -> str:
    asked = items[one.item]
    if one.operator is Operator.EXISTS and one.value == YES:
        return say("“%(question)s” is answered", question=asked.text)
    if one.operator is Operator.EXISTS:
        return say("“%(question)s” is not answered", question=asked.text)
    labels = {choice.key: choice.label for choice in asked.offered}
    answer = labels.get(one.value, one.value)
    return say(COMPARED[one.operator], question=asked.text, answer=answer)
