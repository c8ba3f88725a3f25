"""Sheets joined to one file: what each brings is kept, and none of it is mistaken for another."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.joining import join as in_this_process
from clinic.pdf.printing import Part, PrintError, join, render
from tests import form_reader, pdf_reader
from tests.printed import FILLS, SheetFill, html, page

GRID, GOALS = "What's okay, unsure, not okay?", "Our goals"


@pytest.fixture(scope="module")
def parts():
    """Two prints of one sheet, and another on another paper."""
    grid = render(html("w02", FILLS["w02 blank"]), Paper.A4)
    goals = render(html("w13", FILLS["w13 filled"], TypeSize.LARGE), Paper.LETTER)
    return [Part(GRID, grid), Part("Once more", grid), Part(GOALS, goals)]


@pytest.fixture(scope="module")
def joined(parts):
    return join(parts, "For Łukasz & Sam <both>", "en-GB")


def fillable(title: str, typeface: str = "Next") -> bytes:
    """A sheet with one field, made by hand."""
    with pikepdf.open(io.BytesIO(render(html("w18", SheetFill()), Paper.A4))) as pdf:
        leaf, tree = pdf.pages[0].obj, pdf.Root.StructTreeRoot
        fonts = {"/Form": _font(leaf, typeface)}
        look = pdf.make_stream(b"/Tx BMC EMC", Type=Name.XObject, Subtype=Name.Form)
        look.BBox, look.Resources = Array([0, 0, 90, 20]), Dictionary(Font=fonts)
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=4, StructParent=50)
        )
        field.Rect, field.P, field.AP = Array([90, 90, 180, 110]), leaf, Dictionary(N=look)
        field.T, field.TU, field.V = String("answer"), String(title), String(title)
        field.DA = String("0 g /Form 11 Tf")
        leaf.Annots = Array([field])
        tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, Pg=leaf))
        tag.K, tag.P = Array([Dictionary(Type=Name.OBJR, Obj=field, Pg=leaf)]), tree.K[0]
        tree.K[0].K.append(tag)
        tree.ParentTree.Nums.extend([50, tag])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=fonts))
        whole = io.BytesIO()
        pdf.save(whole)
        return whole.getvalue()


def _font(leaf: pikepdf.Object, typeface: str) -> pikepdf.Object:
    for font in leaf.Resources.Font.values():
        if str(font.BaseFont).endswith(typeface):
            return font
    raise AssertionError(typeface)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def tags(pdf: bytes) -> list[tuple[str, str]]:
    return [(piece.tag, piece.text) for piece in pdf_reader.elements(pdf)]


def test_joined_sheets_have_nothing_that_a_pdf_ua_validator_minds(joined, tmp_path):
    assert pdf_reader.faults(joined, tmp_path) == []


def test_the_tags_of_each_part_are_kept_in_order_below_one_document(parts, joined):
    brought = [each for part in parts for each in tags(part.pdf)]
    as_parts = [("Part" if tag == "Document" else tag, text) for tag, text in brought]
    whole, *inner = tags(joined)
    assert whole[0] == "Document"
    assert inner == as_parts


def test_every_piece_of_a_page_leads_back_to_its_tag(joined):
    with opened(joined) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
        assert len(parents) == len(numbers) // 2
        for leaf in document.pages:
            for piece, parent in enumerate(parents[int(leaf.obj.StructParents)]):
                assert parent.Pg.objgen == leaf.obj.objgen
                assert piece in [int(kid) for kid in parent.K]


def test_each_cell_finds_its_own_headers_and_nobody_elses(joined):
    with opened(joined) as document:
        found = [cells(part) for part in document.Root.StructTreeRoot.K[0].K]
    assert all(wanted and wanted <= names for names, wanted in found)
    assert len(set.union(*(names for names, _ in found))) == sum(len(names) for names, _ in found)


def cells(part: pikepdf.Object) -> tuple[set[str], set[str]]:
    """The names of cells, and the names that cells refer to."""
    names, wanted, todo = set(), set(), [part]
    while todo:
        element = todo.pop()
        if "/ID" in element:
            names.add(str(element.ID))
        wanted |= {str(each) for each in element.get("/A", {}).get("/Headers", ())}
        kids = element.get("/K", ())
        todo += [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
    return names, wanted


def test_each_part_has_a_bookmark_with_its_own_below(parts, joined):
    with opened(joined) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == [part.title for part in parts]
        assert all(item.is_closed for item in outline.root)
        grid, again, goals = outline.root
        assert [item.title for item in again.children] == [GRID]
        assert below(again.children[0]) == below(grid)
        starts = [numbered(document)[item.destination[0].objgen] for item in outline.root]
        assert starts == [0, pages := len(opened(parts[0].pdf).pages), 2 * pages]
        assert numbered(document)[goals.children[-1].destination[0].objgen] > 2 * pages
    with opened(parts[0].pdf) as alone, alone.open_outline() as outline:
        assert below(outline.root[0]) == below(grid) != []


def below(item: pikepdf.OutlineItem) -> list:
    return [(each.title, below(each)) for each in item.children]


def numbered(document: pikepdf.Pdf) -> dict:
    return {leaf.obj.objgen: number for number, leaf in enumerate(document.pages)}


def test_pages_keep_their_words_their_paper_and_their_own_numbers(parts, joined):
    assert pdf_reader.pages(joined) == [
        text for part in parts for text in pdf_reader.pages(part.pdf)
    ]
    assert pdf_reader.paper(joined) == {(595, 842), (612, 792)}


def test_joined_sheets_say_nothing_about_themselves_but_title_and_language(joined):
    assert pdf_reader.metadata(joined) == {"/Title": "For Łukasz & Sam <both>"}
    assert pdf_reader.language(joined) == "en-GB"
    assert "For Łukasz &amp; Sam &lt;both&gt;" in pdf_reader.xmp(joined)
    with opened(joined) as document:
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.pdf_version == "1.7"


def test_a_part_in_another_language_says_so(parts, tmp_path):
    german = render(page("<h1>Seite</h1>").replace("lang=en", "lang=de"), Paper.A4)
    whole = join([parts[2], Part("Seite", german)], "Both", "en-GB")
    with opened(whole) as document:
        goals, other = document.Root.StructTreeRoot.K[0].K
        assert "/Lang" not in goals
        assert (str(other.Lang), str(other.T)) == ("de", "Seite")
    assert pdf_reader.faults(whole, tmp_path) == []


def test_the_same_parts_give_the_same_bytes(parts, joined):
    assert join(parts, "For Łukasz & Sam <both>", "en-GB") == joined


def test_a_font_that_both_parts_bring_is_kept_once(parts):
    once, twice = (join(parts[:1] * times, "Grids", "en") for times in (1, 2))
    with opened(once) as one, opened(twice) as two:
        assert files(one) == files(two) > 1


def files(document: pikepdf.Pdf) -> int:
    return sum(isinstance(each, pikepdf.Stream) and "/Length1" in each for each in document.objects)


def test_fields_of_two_prints_of_one_sheet_keep_their_own_answers(tmp_path):
    whole = join([Part("One", fillable("Mine")), Part("Two", fillable("Yours"))], "Both", "en-GB")
    assert pdf_reader.faults(whole, tmp_path) == []
    with opened(whole) as document:
        fields = document.acroform.fields
        found = {each.fully_qualified_name: each.value_as_string for each in fields}
        assert found == {"part1.answer": "Mine", "part2.answer": "Yours"}
        assert [str(each) for each in document.Root.AcroForm.DR.Font] == ["/Form"]
        shown = [leaf.obj.Annots[0].objgen for leaf in document.pages if "/Annots" in leaf.obj]
        assert shown == [field.obj.objgen for field in fields]


def test_real_forms_are_joined_with_all_their_fields_and_answers(tmp_path):
    forms = [form_reader.form(key, FILLS[f"{key} filled"]) for key in ("w02", "w13")]
    whole = in_this_process([("One", forms[0]), ("Two", forms[1])], "Both", "en-GB")
    assert pdf_reader.faults(whole, tmp_path) == []
    assert how_many_fields(forms[0]) + how_many_fields(forms[1]) == how_many_fields(whole) > 60


def how_many_fields(pdf: bytes) -> int:
    with opened(pdf) as document:
        return len(list(document.acroform.fields))


def test_two_fonts_of_one_name_are_told_apart():
    joined_forms = join(
        [Part("One", fillable("Mine", "Bold")), Part("Two", fillable("Yours"))], "Both", "en"
    )
    with opened(joined_forms) as document:
        fonts = document.Root.AcroForm.DR.Font
        looks = [str(field.obj.DA) for field in document.acroform.fields]
        assert looks == ["0 g /Form 11 Tf", "0 g /Form_2 11 Tf"]
        assert "Bold" in str(fonts.Form.BaseFont)
        assert "Bold" not in str(fonts.Form_2.BaseFont)


def test_a_packet_joins_another_packet(joined, parts, tmp_path):
    whole = join([Part("Packet", joined), parts[2]], "More", "en-GB")
    assert pdf_reader.faults(whole, tmp_path) == []
    assert len(opened(whole).pages) == len(opened(joined).pages) + len(opened(parts[2].pdf).pages)


def test_a_title_of_odd_signs_is_written_or_refused(parts, tmp_path):
    whole = join([Part("a\x00\nb", parts[2].pdf)], "\x07odd\n🙂 title", "en-GB")
    assert pdf_reader.metadata(whole) == {"/Title": "odd 🙂 title"}
    assert pdf_reader.faults(whole, tmp_path) == []
    with pytest.raises(PrintError, match="half a character"):
        join(parts[:1], "\ud800", "en-GB")
