"""What a partner sent of a sheet done at home, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.domain.answers import NOTHING, AnswerState
from clinic.services.handout_answers import SentForm
from clinic.web.answered import answered


@dataclass(frozen=True)
class Part:
    """One part of the sheet: what was answered or declined, and how much was left out."""

    title: str
    answers: Sequence[tuple[str, str]]
    left_out: int


def parts_of(sent: SentForm) -> Sequence[Part]:
    """Give the parts that ask something, in the sheet's order."""
    found = []
    for page in sent.asked.pages:
        given = [(item, sent.answers.get(item.key, NOTHING)) for item in page.items]
        said = [
            (item.text, ", ".join(answered(item, answer)))
            for item, answer in given
            if answer.state is not AnswerState.SKIPPED
        ]
        if given:
            found.append(Part(page.title, said, len(given) - len(said)))
    return found
