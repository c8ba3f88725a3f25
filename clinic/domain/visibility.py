"""Which layer a fact is in, and who may see that layer.

Every fact in a case lies in exactly one layer. Search, prints, exports and counts
read through this rule, so that nothing one partner typed reaches the other.

====================  =========================  =============  =============  ============
layer                 therapist                  owner partner  other partner  couple print
====================  =========================  =============  =============  ============
shared                yes                        yes            yes            yes
private               yes                        own            never          never
clinician             yes                        no             no             never
process               author only                no             no             never
safety                treating clinician only    own            never          never
====================  =========================  =============  =============  ============

The owner's safety answers are theirs to see in private only; that the screen is
private, and that a clinician treats the case, is for the caller to make sure.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType


@unique
class Layer(StrEnum):
    """Where a fact lies, from the most open to the most closed."""

    SHARED = "shared"
    PRIVATE = "private"
    CLINICIAN = "clinician"
    PROCESS = "process"
    SAFETY = "safety"


@unique
class Audience(StrEnum):
    """Who is looking. The author is the clinician who wrote a process note."""

    COUPLE = "couple"
    PARTNER = "partner"
    THERAPIST = "therapist"
    AUTHOR = "author"


_THERAPIST = frozenset({Layer.SHARED, Layer.PRIVATE, Layer.CLINICIAN, Layer.SAFETY})

#: What each audience sees, whoever the fact belongs to.
VISIBLE_TO: Mapping[Audience, frozenset[Layer]] = MappingProxyType(
    {
        Audience.COUPLE: frozenset({Layer.SHARED}),
        Audience.PARTNER: frozenset({Layer.SHARED}),
        Audience.THERAPIST: _THERAPIST,
        Audience.AUTHOR: _THERAPIST | {Layer.PROCESS},
    }
)

#: What an audience sees on top of that, when the fact is its own.
VISIBLE_TO_OWNER: Mapping[Audience, frozenset[Layer]] = MappingProxyType(
    {Audience.PARTNER: frozenset({Layer.PRIVATE, Layer.SAFETY})}
)

_NOTHING: frozenset[Layer] = frozenset()


def open_layers(audience: Audience) -> frozenset[Layer]:
    """Name the layers an audience sees whoever the fact belongs to.

    What a partner sees of their own is not among them; ask `may_see` about one fact.
    An audience that nobody has named yet sees nothing.

    >>> sorted(open_layers(Audience.COUPLE))
    [<Layer.SHARED: 'shared'>]
    >>> Layer.PROCESS in open_layers(Audience.THERAPIST)
    False
    """
    return VISIBLE_TO.get(audience, _NOTHING)


def may_see(audience: Audience, layer: Layer, *, own: bool = False) -> bool:
    """Tell whether an audience may see a fact in a layer.

    `own` means that the fact belongs to the very partner who is looking; it opens
    nothing to any other audience. A new layer is seen by nobody until named.

    >>> may_see(Audience.PARTNER, Layer.PRIVATE)
    False
    >>> may_see(Audience.PARTNER, Layer.PRIVATE, own=True)
    True
    """
    owned = VISIBLE_TO_OWNER.get(audience, _NOTHING) if own else _NOTHING
    return layer in open_layers(audience) or layer in owned
