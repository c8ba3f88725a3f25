from decimal import Decimal

from clinic.domain.answers import AnswerState, Given, given
from clinic.domain.conditions import any_of
from clinic.domain.item_scores import total
from clinic.domain.items import Item, ItemKind
from clinic.domain.questionnaires import Score

VALUES = {"never": Decimal(0), "often": Decimal("1.5")}
SCORES = {"a": VALUES, "b": VALUES}
ITEMS = [
    Item("a", ItemKind.CHOICE, "A?"),
    Item("b", ItemKind.SEVERAL, "B?", shown_when=any_of("a", "often")),
    Item("c", ItemKind.TEXT, "C?"),
]


def test_chosen_answers_add_up():
    answers = {"a": given(["often"]), "b": given(["never", "often"]), "c": given(["words"])}
    assert total(SCORES, ITEMS, answers) == Score(3.0, 2, 2, prorated=False)


def test_a_hidden_question_is_left_out():
    answers = {"a": given(["never"]), "b": given(["often"])}
    assert total(SCORES, ITEMS, answers) == Score(0.0, 1, 1, prorated=False)


def test_a_gap_or_an_answer_without_a_number_is_no_total():
    assert total(SCORES, ITEMS, {"a": given(["often"])}) is None
    assert total(SCORES, ITEMS, {"a": Given(AnswerState.DECLINED)}) is None
    answers = {"a": given(["often"]), "b": given(["own words"])}
    assert total(SCORES, ITEMS, answers) is None


def test_where_nothing_is_scored_there_is_no_total():
    assert total({}, ITEMS, {"a": given(["often"])}) is None
