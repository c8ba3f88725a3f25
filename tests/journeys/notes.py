"""Notes of a story: written at the appointment that is open, signed, and added to."""

from tests.journeys import walk
from tests.journeys.hands import Answers, Hands, text


def write(hands: Hands, answers: Answers) -> None:
    """Write into the note of the appointment that is open, and save it."""
    hands.fill(answers)
    walk.send(hands, "Save the note")


def sign(hands: Hands, credential: str) -> None:
    """Read the note of the appointment that is open once more, and sign it."""
    walk.send(hands, "Save, then read and sign")
    hands.fill({"What you are": credential})
    walk.send(hands, "Sign")
    assert "As it was signed" in text(hands)


def add(hands: Hands, words: str, reason: str) -> None:
    """Add to the signed note that is open."""
    hands.follow("Add to it")
    hands.fill({"What it is": "Addendum", "What you add": words, "Why it is added": reason})
    walk.send(hands, "Add")
