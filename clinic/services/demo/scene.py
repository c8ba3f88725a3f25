"""What every act of the demo needs to know: whose case, which vignette, and which day it is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.content.vignettes_schema import Vignette
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession


@dataclass(frozen=True)
class Scene:
    """One vignette on its way in. `refs` are public ids by name, behaviour and explanation key.

    Nobody's name, "", stays "": the therapist, or the relationship.
    """

    db: ScopedSession
    case: Case
    vignette: Vignette
    concern: Concern
    today: dt.date
    refs: Mapping[str, str]
