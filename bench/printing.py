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
import time
from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.sheets import Footer, Sheet, behaviours_fill, draw
from clinic.domain.worksheets import Paper
from clinic.pdf.limits import NICENESS
from clinic.pdf.printing import render

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "static" / "fonts" / "print"
ROUNDS = 15
LEAST = 3.0

Face = tuple[str, int, str]
LETTERS: tuple[Face, ...] = (
    ("Text", 400, "AtkinsonHyperlegibleNext-Regular.ttf"),
    ("Text", 700, "AtkinsonHyperlegibleNext-Bold.ttf"),
)
#: The sheet's boxes and circles need a font of signs besides.
LETTERS_AND_SIGNS = (*LETTERS, ("Signs", 400, "NotoSansSymbols2-Regular.ttf"))

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
{% else %}<h3>{{ drawn.block.label }}</h3>
  {% for row in drawn.rows %}<div class="line">{{ drawn.block.lead }}</div>{% endfor %}
{% endif %}{% endfor %}{% endfor %}</body></html>"""


def sheet() -> Sheet:
    """The sheet both print: sixteen behaviours to place."""
    labels = [f"Keeps in touch with friend number {number}, mostly late" for number in range(16)]
    footer = Footer("14 March 2026", "Somebody to talk to: 0800 000 000")
    return draw(load_worksheets()["w02"], behaviours_fill(labels), footer)


def woff2_face(family: str, weight: int, name: str) -> str:
    font, packed = TTFont(FONTS / name), io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    address = "data:font/woff2;base64," + base64.b64encode(packed.getvalue()).decode()
    return f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url({address}); }}\n"


def plain_style(faces: tuple[Face, ...]) -> str:
    return "".join(woff2_face(*face) for face in faces) + PLAIN_STYLE


def print_plainly(html: str) -> bytes:
    pdf: bytes = HTML(string=html).write_pdf(
        font_config=FontConfiguration(), pdf_variant="pdf/ua-1"
    )
    return pdf


def seconds(action: Callable[[], bytes]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def ratio(lean: str, faces: tuple[Face, ...]) -> float:
    """How many times as long the plain way takes, both in turn; the median of all rounds."""
    # The style is ours and holds quotation marks.
    plain = Environment(autoescape=False).from_string(PLAIN_PAGE)  # noqa: S701
    naive = plain.render(sheet=sheet(), style=plain_style(faces))
    print_plainly(naive)
    return statistics.median(
        seconds(lambda: print_plainly(naive)) / seconds(lambda: render(lean, Paper.A4))
        for _ in range(ROUNDS)
    )


def main() -> int:
    """Print the ratios; 1 when a press is less than three times as fast with the same fonts."""
    # Presses step back behind others; for a fair race the plain way does so too.
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    pages = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    lean = pages.get_template("worksheets/sheet.html").render(sheet=sheet())
    render(lean, Paper.A4)
    same = ratio(lean, LETTERS_AND_SIGNS)
    print(
        f"Warm press against plain WeasyPrint with the same fonts: {same:.1f} (wanted: {LEAST:g})"
    )
    print(f"The same without a font of signs in the page: {ratio(lean, LETTERS):.1f}")
    return 0 if same >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
