"""How an answer is said wherever somebody reads it again."""

from collections.abc import Mapping

from clinic.domain.answers import AnswerState, Given
from clinic.domain.items import Item, ItemKind
from clinic.domain.said import mark, own, say
from clinic.web.language import translate

UNGIVEN: Mapping[AnswerState, str] = {
    AnswerState.DECLINED: mark("Preferred not to answer"),
    AnswerState.SKIPPED: mark("Left out"),
}


def answered(item: Item, given: Given, ungiven: Mapping[AnswerState, str] = UNGIVEN) -> list[str]:
    """Say an answer in the reader's language, value by value; own words stay as they were typed.

    `ungiven` says what stands for an answer that was declined or left out.
    """
    if given.state in ungiven:
        return [translate(ungiven[given.state])]
    if item.kind is ItemKind.SCALE and given.values:
        return [translate(say("%(level)s of 10", level=given.value))]
    labels = {choice.key: choice.label for choice in item.offered}
    return [translate(labels.get(value, own(value))) for value in given.values]
