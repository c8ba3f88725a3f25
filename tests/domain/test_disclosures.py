"""Which decision about something said in private may follow which, and what it needs."""

from itertools import product

import pytest

from clinic.domain.disclosures import NEXT, DisclosureError, DisclosureStatus, Wish, check_step

STATUSES = list(DisclosureStatus)


@pytest.mark.parametrize("last", [None, *STATUSES])
@pytest.mark.parametrize("wanted", STATUSES)
def test_anything_may_follow_anything_except_what_was_shared(last, wanted):
    if last is DisclosureStatus.SHARED:
        with pytest.raises(DisclosureError, match="order"):
            check_step(last, wanted, dated=True, reasoned=True)
    else:
        assert check_step(last, wanted, dated=True, reasoned=True) is None


@pytest.mark.parametrize(
    ("status", "needs"),
    [
        (DisclosureStatus.NO_ISSUE, ""),
        (DisclosureStatus.OWNER_TO_SHARE, "date"),
        (DisclosureStatus.SHARED, "date"),
        (DisclosureStatus.WITHHELD, "reason"),
        (DisclosureStatus.CANNOT_CONTINUE, "reason"),
    ],
)
@pytest.mark.parametrize(("dated", "reasoned"), list(product([True, False], repeat=2)))
def test_a_step_needs_its_day_or_its_reason_and_nothing_else(status, needs, dated, reasoned):
    missing = (needs == "date" and not dated) or (needs == "reason" and not reasoned)
    if missing:
        with pytest.raises(DisclosureError, match=needs):
            check_step(None, status, dated=dated, reasoned=reasoned)
    else:
        assert check_step(None, status, dated=dated, reasoned=reasoned) is None


def test_every_status_says_what_may_follow():
    assert set(NEXT) == {None, *DisclosureStatus}


def test_there_are_three_wishes():
    assert [wish.value for wish in Wish] == ["therapist-only", "may-raise", "will-share"]
