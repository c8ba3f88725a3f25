import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static/css"
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part))
    for part in (CSS / "tokens.css").read_text().split("@media")
)
TEXT = [
    *[(ink, ground) for ink in ("ink", "muted") for ground in ("paper", "card", "sunk")],
    *[(ink, ground) for ink in ("rust", "violet", "plum") for ground in ("paper", "card")],
    *[("ink", f"{tone}-soft") for tone in ("accent", "warning", "rust", "violet")],
    *[("accent-deep", ground) for ground in ("paper", "card", "accent-soft", "sunk")],
    *[("warning", ground) for ground in ("paper", "card", "warning-soft")],
    ("rust", "rust-soft"),
    ("violet", "violet-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
]
EDGES = [(edge, ground) for edge in ("edge", "focus", "accent") for ground in ("paper", "card")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(theme):
    faint = [pair for pair in TEXT if contrast(theme[pair[0]], theme[pair[1]]) < 4.5]
    assert faint == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_focus_can_be_seen(theme):
    faint = [pair for pair in EDGES if contrast(theme[pair[0]], theme[pair[1]]) < 3]
    assert faint == []


def test_every_colour_has_its_dark_side():
    assert set(LIGHT) == set(DARK)


def test_colours_are_named_in_the_tokens_alone():
    sheets = set(CSS.rglob("*.css")) - {CSS / "tokens.css", CSS / "print.css"}
    assert [path.name for path in sheets if re.search(r"#[0-9a-f]{3,6}\b", path.read_text())] == []


def test_every_token_in_use_exists():
    sheets = [path.read_text() for path in CSS.rglob("*.css") if path.name != "print.css"]
    named = set(re.findall(r"(--[\w-]+):", "".join(sheets)))
    assert set(re.findall(r"var\((--[\w-]+)\)", "".join(sheets))) <= named


def test_the_screen_styles_stay_light():
    sheets = [path for path in CSS.rglob("*.css") if path.name != "print.css"]
    assert sum(path.stat().st_size for path in sheets) < 48_000
