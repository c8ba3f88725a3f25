"""What no careful person types: for every field that takes words, a number, a day or a choice."""

from collections.abc import Mapping

#: Markup, template code and a handler in one, so that a leak of any of them shows.
MARKUP = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}\"'><img src=x onerror=alert(1)>"

TEXTS: Mapping[str, str] = {
    "nothing": "",
    "blanks": " \t\n\u00a0 ",
    "zero byte": "before\x00after",
    "control": "before\x1b[2Jafter",
    "markup": MARKUP,
    "emoji": "👩🏽‍🤝‍👨🏿 🏳️‍🌈 🫥",
    "right to left": "\u0645\u0631\u064a\u0645 \u200f\u05d9\u05d5\u05e0 \u202eevil\u202c",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚a" * 9,
    "astral": "𝕊𝕒𝕞 𒀀 \U0010fffd",
    "noncharacter": "a\ufffeb",
    "long": "long line " * 500,
    "one word": "w" * 5_000,
    "line ends": "a\r\nb\rc\nd\u2028e",
    "formula": "=HYPERLINK(1)",
    "sql": "'; DROP TABLE goal; --",
    "format": "%s %(x)s {0} {x!r} %n",
}
NUMBERS = (
    "",
    "-1",
    "0",
    "11",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "1_0",
    "٣",
    "²",
    "0x10",
    "3.5",
    "2,5",
    str(2**31),
    str(2**63),
    str(2**64),
    "9" * 400,
    "9" * 5_000,
    "-" + "9" * 5_000,
    "\x00",
)
DAYS = (
    "",
    "0000-00-00",
    "0000-01-01",
    "0001-01-01",
    "1899-12-31",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-13-01",
    "tomorrow",
    "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661",
    "2026-01-01T00:00",
    "\x00",
)
CHOICES = ("", "None", "never offered", "0" * 5_000, "\x00", "<b>", "__class__", "own", "-2")

#: Fields that no page has, and some that a careless reader of forms would trip over.
STRANGE_NAMES = (
    "practice_id",
    "case_id",
    "partner_id",
    "clinician_id",
    "layer",
    "partners-²-name",
    "partners-99999999999999999999-name",
    "partners-" + "9" * 5_000 + "-name",
    "partners-7-name",
    "partners--1-name",
    "partners-",
    "-",
    "",
    "__proto__",
    "goal-anchors",
    "meta",
    "formdata",
    "\x00",
)
