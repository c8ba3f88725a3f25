"""A tiny presenting concern, unlike the one we ship, that is nothing but files."""

from pathlib import Path
from shutil import copytree

from clinic.content.loader import CONTENT

HEADER = """\
version = 1
licence = "CC-BY-4.0"
source = "Written for this test"
"""

ANCHORS = """\
anchors.much_less = "Nothing is told."
anchors.less = "Some is told."
anchors.expected = "Most is told."
anchors.more = "All is told."
anchors.much_more = "All is told early."
"""

#: A presenting concern that has little in common with the one we ship.
HIDDEN_MONEY = {
    "concern": 'key = "hidden-money"\ntitle = "Money kept secret"\nreviewed = 2026-11-01\n',
    "behaviours": """
[[items]]
key = "M01"
label = "Has a bank account the partner does not know about"
zone = "gray"
tendencies = { concealment = "inherent", function = "depends", agreement = "depends" }
changes_zone = "What the account is for."

[[items]]
key = "C01"
label = "Gives the other no money of their own"
changes_zone = "Whether both planned it."
""",
    "responses": '[[items]]\nkey = "R01"\nlabel = "Says plainly what was spent"\n',
    "drivers": """
[[items]]
key = "D1"
label = "Wanting to feel safe"
probe = "What would happen without it?"
points_to = "A fear of having nothing"
""",
    "explanations": """
[[items]]
key = "M-fear"
name = "Fear of having nothing"
meaning = "Putting money aside keeps an old fear quiet."
work = "Speaking of the fear."
[[items]]
key = "M-maps"
name = "Different maps"
meaning = "Each took another rule for granted."
work = "A talk about the agreement."
""",
    "evidence": """
[[items]]
key = "E01"
label = "There was too little money in childhood"
bearings = { M-fear = "++" }
""",
    "goals": f"""
[[items]]
key = "G01"
text = "Tell of every account"
layer = "behaviour"
explanations = ["M-fear"]
{ANCHORS}
[[items]]
key = "G02"
text = "Speak of the fear"
layer = "issue"
explanations = ["M-fear"]
{ANCHORS}
""",
    "agreement": """
principles = ["Nobody has to win."]
[[topics]]
key = "spending"
title = "Spending"
prompts = ["What may each spend without asking?"]
""",
    "raising": """
[[raising]]
key = "calm"
title = "Pick the moment"
text = "Choose a calm time."
[[receiving]]
key = "hear"
title = "Hear it"
text = "Let the other finish."
""",
}


def write_hidden_money(folder: Path) -> Path:
    """Write the concern beside the shipped ones, under `folder`, and return its folder."""
    copytree(CONTENT / "concerns", folder / "concerns")
    concern = folder / "concerns" / "hidden-money"
    concern.mkdir()
    for name, text in HIDDEN_MONEY.items():
        (concern / f"{name}.toml").write_text(HEADER + text, "utf-8")
    return concern


def change(concern: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old` in one of the concern's files, which must hold it."""
    path = concern / f"{name}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
