"""The places of a page, shaped for what goes into them."""

import html5lib

from clinic.pdf.form_page import Kind, mark_places

PAGE = """<html><div class="field"><h3>Why?</h3>
<textarea name="1" title="Why?" rows="2"></textarea>
<input type="text" data-look="word" name="2" title="How often?" />
<input type="checkbox" data-look="dot" name="3" title="Fine" />
<input type="radio" name="4" value="7" title="How close?" /></div></html>"""


def parsed():
    return html5lib.parse(PAGE, namespaceHTMLElements=False)


def test_each_place_is_known_by_what_is_done_there():
    places = mark_places(parsed(), {})
    assert [place.kind for place in places] == [Kind.LINES, Kind.WORD, Kind.DOT, Kind.RING]
    assert (places[3].name, places[3].label, places[3].value) == ("4", "How close?", "7")


def test_a_place_that_needs_two_fields_gets_them_and_may_run_on_to_the_next_page():
    root = parsed()
    places = mark_places(root, {"1": (300.0, 120.0)})
    assert [place.name for place in places] == ["1", "1-part2", "2", "3", "4"]
    assert [place.label for place in places[:2]] == ["Why? (1/2)", "Why? (2/2)"]
    field = root.find("body/div")
    assert "break-inside: auto" in field.get("style")
    heights = [child.get("style") for child in field if child.tag == "input"][:2]
    assert ["300.00pt" in heights[0], "120.00pt" in heights[1]] == [True, True]


def test_a_place_keeps_its_page_together_while_it_needs_one_field():
    root = parsed()
    mark_places(root, {"1": (300.0,)})
    assert root.find("body/div").get("style") is None
