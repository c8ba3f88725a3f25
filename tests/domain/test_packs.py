"""Further questionnaires keep to themselves: own keys, own conditions, private answers."""

from decimal import Decimal

from clinic.domain.answers import given
from clinic.domain.conditions import Comparison, Condition, Operator, any_of
from clinic.domain.item_scores import total
from clinic.domain.items import Item, ItemKind, Page, Questionnaire, counted, pages_for
from clinic.domain.packs import Addition, bound, is_added, placed, scored_items
from clinic.domain.visibility import Layer


def form(*items, key="one", minutes=5):
    pages = (Page(key, "One", (), items),)
    return Questionnaire("demo", 1, "Demo", minutes, pages, "en-GB", "CC-BY-4.0", "Example")


def yes_no(key, **more):
    return Item(key, ItemKind.YES_NO, f"{key}?", **more)


INTAKE = form(yes_no("home"))


def items_of(questionnaire):
    return [item for page in questionnaire.pages for item in page.items]


def test_without_additions_the_intake_is_the_same_one():
    assert bound(INTAKE, placed([])) is INTAKE


def test_pages_follow_the_intake_s_own_in_the_order_chosen():
    additions = placed([Addition(form(yes_no("a"), key="x"), {}), Addition(form(yes_no("b")), {})])
    found = bound(INTAKE, additions)
    assert [page.key for page in found.pages] == ["one", "q1-x", "q2-one"]
    assert (found.key, found.version, found.minutes) == ("demo", 1, 15)


def test_the_same_questionnaire_twice_shares_no_key():
    twice = [Addition(INTAKE, {}), Addition(INTAKE, {})]
    keys = [item.key for item in items_of(bound(INTAKE, placed(twice)))]
    assert keys == ["home", "q1-home", "q2-home"]


def test_a_condition_looks_at_its_own_questionnaire():
    later = yes_no("more", shown_when=any_of("home", "yes"))
    items = items_of(bound(INTAKE, placed([Addition(form(yes_no("home"), later), {})])))
    intake_says_yes = {"home": given(["yes"]), "q1-home": given(["no"])}
    assert "q1-more" not in counted(items, intake_says_yes)
    assert "q1-more" in counted(items, {"q1-home": given(["yes"])})


def test_every_clause_of_a_condition_is_moved():
    clauses = (
        (Comparison("a", Operator.EXISTS, "yes"), Comparison("b", Operator.EQUALS, "no")),
        (Comparison("b", Operator.DIFFERS, "a"),),
    )
    last = yes_no("c", shown_when=Condition(clauses))
    [addition] = placed([Addition(form(yes_no("a"), yes_no("b"), last), {})])
    moved = addition.items[-1].shown_when.clauses
    assert [[one.item for one in clause] for clause in moved] == [["q1-a", "q1-b"], ["q1-b"]]
    assert moved[1][0].value == "a", "an answer is no key"


def test_answers_are_private_whatever_the_file_says():
    [addition] = placed([Addition(form(yes_no("a", layer=Layer.SHARED)), {})])
    assert [item.layer for item in addition.items] == [Layer.PRIVATE]


def test_long_names_and_those_a_form_would_misread_stay_apart_and_fit_the_column():
    names = ["k" * 61, "k" * 62, "a", "a--was", "a--declined", "A", "k" * 60]
    items = [yes_no(name, per_other=True) for name in names]
    moved = bound(INTAKE, placed([Addition(form(*items), {})]))
    eight = [f"Person {number}" for number in range(8)]
    keys = [item.key for page in pages_for(moved, (), eight) for item in page.items]
    assert len(set(keys)) == len(keys) == 1 + 8 * len(names)
    assert max(map(len, keys)) <= 80
    assert not [key for key in keys if "--" in key]


def test_counts_move_with_their_questions():
    counts = {"a": {"yes": Decimal(2), "no": Decimal(0)}}
    [addition] = placed([Addition(form(yes_no("a"), yes_no("b")), counts)])
    assert [item.key for item in scored_items(addition)] == ["q1-a"]
    items = items_of(bound(INTAKE, [addition]))
    assert total(addition.scores, items, {"q1-a": given(["yes"])}).value == 2
    assert total(addition.scores, items, {"a": given(["yes"])}) is None


def test_what_is_added_is_known_by_its_key():
    assert is_added("q3-page-1")
    assert not [key for key in ("about", "quiet", "q-1", "q10-x", "1-q1-") if is_added(key)]
