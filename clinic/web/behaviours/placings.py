"""Where one rater places a behaviour: a zone and three facets, in a form and from a record."""

from collections.abc import Iterable

from clinic.domain.behaviours import Zone
from clinic.domain.said import mark
from clinic.services.behaviours import Placing
from clinic.services.rows import BehaviourRating
from clinic.web import wording
from clinic.web.fields import One, in_words
from clinic.web.forms import Part

UNKNOWN = "unknown"
#: Beside the steps of concealment and none of them: no objection was expected, but harm.
FROM_FEAR = "fear"
HIDDEN_FROM_FEAR = mark("Hidden from fear")
FACETS = ("concealment", "function", "agreement")


def _facet(label: str, words: Iterable[str], *more: tuple[str, str]) -> One:
    choices = [(str(level), text) for level, text in enumerate(words)]
    return One(label, [*choices, *more, (UNKNOWN, mark("Not known"))], default=UNKNOWN)


class PlacingPart(Part):
    """Where one rater places a behaviour."""

    zone = One("Zone", [*in_words(wording.ZONE), (UNKNOWN, mark("Not placed"))], default=UNKNOWN)
    concealment = _facet(mark("Concealment"), wording.CONCEALMENT, (FROM_FEAR, HIDDEN_FROM_FEAR))
    function = _facet(mark("Romantic or emotional function"), wording.FUNCTION)
    agreement = _facet(mark("Conflict with what was agreed"), wording.AGREEMENT)

    def placing(self) -> Placing:
        """Give what the service needs; "not known" is stored as nothing."""
        zone = self.zone.data
        return Placing(
            zone=None if zone in {None, UNKNOWN} else Zone(zone),
            concealment=_level(self.concealment),
            function=_level(self.function),
            agreement=_level(self.agreement),
            from_fear=self.concealment.data == FROM_FEAR,
        )


def _level(field: One) -> int | None:
    return None if field.data in {None, UNKNOWN, FROM_FEAR} else int(field.data)


def saved_placing(rating: BehaviourRating | None) -> dict[str, str]:
    """Give one rater's placing as the form holds it."""
    if rating is None:
        return dict.fromkeys(("zone", *FACETS), UNKNOWN)
    levels = {name: _saved_level(getattr(rating, name)) for name in FACETS}
    if rating.from_fear:
        levels["concealment"] = FROM_FEAR
    return {"zone": rating.zone.value if rating.zone else UNKNOWN, **levels}


def _saved_level(level: int | None) -> str:
    return UNKNOWN if level is None else str(level)
