"""How much faster a warm press prints than WeasyPrint used plainly. `python -m bench.printing`.

Both print the same words in turn in one run, so the ratio holds on any computer. Plainly means:
fonts as woff2 in the page's own style, rows as flex boxes, a drawn circle for each choice,
and everything made anew for each sheet.
"""

import base64
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.sheets import Footer, Sheet, SheetFill, behaviours_fill, draw
from clinic.domain.worksheets import Paper
from clinic.pdf.layout import Layout
from clinic.pdf.limits import NICENESS
from clinic.pdf.printing import Printer, render

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "static" / "fonts" / "print"
ROUNDS = 11
LEAST_TAGGED, LEAST_UNTAGGED, LEAST_AGAIN = 3.0, 3.5, 100
MOST_BYTES = 35_000

Face = tuple[str, int, str]
#: The sheet's boxes and circles need a font of signs besides its letters.
FACES: tuple[Face, ...] = (
    ("Text", 400, "AtkinsonHyperlegibleNext-Regular.ttf"),
    ("Text", 700, "AtkinsonHyperlegibleNext-Bold.ttf"),
    ("Signs", 400, "NotoSansSymbols2-Regular.ttf"),
)

PLAIN_STYLE = """
@page { size: A4; margin: 15mm 16mm 29mm;
  @bottom-left { content: "STOP"; } @bottom-right { content: counter(page) " / " counter(pages); } }
body { font: 11.5pt/1.4 Text, Signs; }
.row { display: flex; border-bottom: 1px solid #857b6f; break-inside: avoid; }
.row > * { flex: 0 0 19mm; padding: 1.4mm; text-align: center; }
.row > .what { flex: 1; text-align: left; }
.circle { display: inline-block; width: 5mm; height: 5mm; border: 1px solid; border-radius: 50%; }
.line { height: 9mm; border-bottom: 1px solid #857b6f; }
"""

PLAIN_PAGE = """<!doctype html><html lang="en"><head><title>{{ sheet.worksheet.title }}</title>
<style>{{ style }}</style></head><body><h1>{{ sheet.worksheet.title }}</h1>
<p>{{ sheet.worksheet.purpose }}</p><p>{{ sheet.footer.stop }} {{ sheet.footer.resources }}</p>
{% for section in sheet.sections %}<h2>{{ section.title }}</h2>
{% for drawn in section.blocks %}
{% if drawn.kind == "prose" %}<p>{{ drawn.block.text }}</p>
{% elif drawn.kind == "checklist" %}<h3>{{ drawn.block.label }}</h3>
  {% for item in drawn.block.items %}<div class="row"><span>☐</span>
  <span class="what">{{ item }}</span></div>{% endfor %}
{% elif drawn.kind == "zone_grid" %}<p>{{ drawn.block.label }}</p>
  <div class="row"><b>{{ drawn.block.number_heading }}</b>
  <b class="what">{{ drawn.block.row_heading }}</b>
  {% for column in drawn.block.columns %}<b>{{ column }}</b>{% endfor %}</div>
  {% for row in drawn.rows %}<div class="row"><span>{{ loop.index }}</span>
  <span class="what">{{ row[0] }}</span>
  {% for column in drawn.block.columns %}<span><i class="circle"></i></span>{% endfor %}</div>
  {% endfor %}
{% elif drawn.kind == "table" %}<h3>{{ drawn.block.label }}</h3>
  <div class="row">{% for column in drawn.block.columns %}
  <b class="what">{{ column }}</b>{% endfor %}</div>
  {% for row in drawn.rows %}<div class="row">{% for cell in row %}
  <span class="what">{{ cell }}</span>{% endfor %}</div>{% endfor %}
{% else %}<h3>{{ drawn.block.label }}</h3>
  {% for row in drawn.rows %}<div class="line">{{ row[0] or drawn.block.lead }}</div>{% endfor %}
{% endif %}{% endfor %}{% endfor %}</body></html>"""


def sheets() -> Mapping[str, Sheet]:
    """The sheets that both print: a long grid of behaviours to place, and goals with questions."""
    labels = [f"Keeps in touch with friend number {number}, mostly late" for number in range(16)]
    goals = tuple((f"Say before I am asked where I go, time {n}", "", "") for n in range(3))
    taking_in = SheetFill({"name": (("Kim",),), "own_goals": goals})
    footer, known = Footer("14 March 2026", "Somebody to talk to: 0800 000 000"), load_worksheets()
    return {
        "grid": draw(known["w02"], behaviours_fill(labels, "Kim"), footer),
        "questions": draw(known["w10"], taking_in, footer),
    }


def lean_page(sheet: Sheet) -> str:
    """Give the page that a press prints."""
    pages = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    return pages.get_template("worksheets/sheet.html").render(sheet=sheet)


def plain_page(sheet: Sheet) -> str:
    """Give the same words as one would write them for a browser."""
    # The style is ours and holds quotation marks.
    plain = Environment(autoescape=False).from_string(PLAIN_PAGE)  # noqa: S701
    return plain.render(sheet=sheet, style=plain_style())


def woff2_face(family: str, weight: int, name: str) -> str:
    font, packed = TTFont(FONTS / name), io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    address = "data:font/woff2;base64," + base64.b64encode(packed.getvalue()).decode()
    return f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url({address}); }}\n"


def plain_style() -> str:
    return "".join(woff2_face(*face) for face in FACES) + PLAIN_STYLE


def print_plainly(html: str, variant: str | None) -> bytes:
    pdf: bytes = HTML(string=html).write_pdf(font_config=FontConfiguration(), pdf_variant=variant)
    return pdf


def seconds(action: Callable[[], bytes]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def ratio(slow: Callable[[], bytes], quick: Callable[[], bytes], rounds: int = ROUNDS) -> float:
    """How many times as long the slow one takes, both in turn; the median of all rounds."""
    slow()
    quick()
    return statistics.median(seconds(slow) / seconds(quick) for _ in range(rounds))


def untagged(layout: Layout, lean: str) -> bytes:
    """What a press does, without tags: sheets are always tagged, so that no press can be asked."""
    document = HTML(string=lean).render(
        stylesheets=[layout._styles[Paper.A4]], font_config=layout._fonts
    )
    pdf: bytes = document.write_pdf()
    return pdf


def told(name: str, found: float, wanted: float) -> bool:
    """Print one ratio; tell whether it is large enough."""
    print(f"{name}: {found:.1f} (at least {wanted:g})")
    return found >= wanted


def measure(name: str, sheet: Sheet, printer: Printer, layout: Layout) -> list[bool]:
    """Print each ratio of one sheet; tell which are good."""
    lean, naive = lean_page(sheet), plain_page(sheet)

    def press() -> bytes:
        return printer.render(lean, Paper.A4)

    size = len(press())
    print(f"{name}: {size / 1000:.0f} kB (at most {MOST_BYTES / 1000:.0f})")
    return [
        size <= MOST_BYTES,
        told(
            "  plain WeasyPrint against a warm press, both tagged",
            ratio(lambda: print_plainly(naive, "pdf/ua-1"), press),
            LEAST_TAGGED,
        ),
        told(
            "  the same, both without tags",
            ratio(lambda: print_plainly(naive, None), lambda: untagged(layout, lean)),
            LEAST_UNTAGGED,
        ),
        told(
            "  a fresh print against the same sheet again",
            ratio(press, lambda: render(lean, Paper.A4)),
            LEAST_AGAIN,
        ),
    ]


def main() -> int:
    """Print the ratios; 1 when one is missed."""
    # Presses step back behind others; for a fair race the plain way does so too.
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    printer = Printer(presses=1)
    with tempfile.TemporaryDirectory() as folder:
        # What is laid out here finds the fonts that a press finds.
        os.environ |= {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "XDG_CACHE_HOME": folder}
        try:
            layout = Layout()
            good = [
                each
                for name, sheet in sheets().items()
                for each in measure(name, sheet, printer, layout)
            ]
            return 0 if all(good) else 1
        finally:
            printer.close()


if __name__ == "__main__":
    sys.exit(main())
