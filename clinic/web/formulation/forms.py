"""The form of an explanation: one candidate issue beneath what is visible."""

import datetime as dt
from typing import Any

from clinic.content.library import Concern
from clinic.domain.formulation import (
    Confidence,
    ExplanationStatus,
)
from clinic.domain.said import mark
from clinic.services.days import today
from clinic.services.formulation import ExplanationDetails
from clinic.services.rows import Case, Explanation
from clinic.web import wording
from clinic.web.fields import Day, One, Pick, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.people import (
    TOGETHER_REF,
    about_choices,
    as_refs,
    refs_of,
)

OWN_WORDS = "own"
#: An ordinary time to look at a test again (clinical.md 2.7: four to six appointments).
TEST_AFTER = dt.timedelta(weeks=6)


class ExplanationForm(BaseForm):
    """One candidate issue beneath what is visible."""

    version = Version()
    statement = Words("In your words, for these people", mark("words"), required=True)
    confidence = One(
        "Confidence",
        in_words(wording.CONFIDENCE),
        thing=mark("how confident you are"),
        default=Confidence.LOW.value,
    )
    reason = Words("Why this confidence", mark("a reason"), render_kw={"rows": 2})
    would_change_my_mind = Words(
        "What would change my mind",
        mark("what would change your mind"),
        required=True,
        description=mark(
            "Something you could see or hear, such as: the contact ends and after four"
            " weeks the evenings are as silent as before."
        ),
    )
    test_by = Day("Look at it again by", mark("a day"), required=False)
    status = One(
        "Where it stands",
        in_words(wording.EXPLANATION_STATUS),
        thing=mark("where it stands"),
        default=ExplanationStatus.ACTIVE.value,
    )

    leading = ("kind", "about")

    def details(self) -> ExplanationDetails:
        """Give what the service needs."""
        kind = self["kind"].data
        return ExplanationDetails(
            kind="" if kind in {None, OWN_WORDS} else kind,
            statement=self.statement.data,
            about=as_refs(self["about"].data),
            confidence=Confidence(self.confidence.data),
            would_change_my_mind=self.would_change_my_mind.data,
            reason=self.reason.data or "",
            status=ExplanationStatus(self.status.data),
            test_by=self.test_by.data,
        )


def explanation_form(case: Case, concern: Concern, **options: Any) -> ExplanationForm:
    """Make the form with the concern's explanations and the people of the case."""
    kinds = [(kind.key, kind.name) for kind in concern.explanations.values()]
    fields = {
        "kind": Pick(
            "Explanation",
            [("", mark("Choose one")), *kinds, (OWN_WORDS, mark("Another, in own words"))],
            thing=mark("an explanation"),
        ),
        "about": One(
            "About whom", about_choices(case), thing=mark("whom it is about"), default=TOGETHER_REF
        ),
    }
    made: ExplanationForm = type("CaseExplanationForm", (ExplanationForm,), fields)(**options)
    return made


def new_explanation() -> dict[str, Any]:
    """Give what a new form starts with."""
    return {"test_by": today() + TEST_AFTER}


def saved_explanation(case: Case, row: Explanation) -> dict[str, Any]:
    """Give an explanation as the form holds it."""
    return {
        "version": row.version,
        "kind": row.kind or OWN_WORDS,
        "statement": row.statement,
        "about": refs_of(case, row.about_ids, TOGETHER_REF),
        "confidence": row.confidence.value,
        "reason": row.reason,
        "would_change_my_mind": row.would_change_my_mind,
        "test_by": row.test_by,
        "status": row.status.value,
    }
