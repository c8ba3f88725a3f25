import pytest

from clinic.domain.behaviours import FacetRatingError, Zone, facet_rating, zone_level


@pytest.mark.parametrize("value", [0, 1, 2, 3, None])
def test_a_facet_rating_is_kept_as_given(value):
    assert facet_rating(value) == value


@pytest.mark.parametrize("value", [-1, 4, 10])
def test_a_facet_rating_outside_the_scale_is_refused(value):
    with pytest.raises(FacetRatingError, match="from 0 to 3"):
        facet_rating(value)


def test_an_unknown_facet_is_not_an_absent_one():
    assert facet_rating(None) != facet_rating(0)


def test_zones_go_from_the_most_open_to_the_most_closed():
    assert sorted(Zone, key=zone_level) == [
        Zone.WITHIN,
        Zone.GRAY,
        Zone.OBJECTIONABLE,
        Zone.BEYOND,
    ]
    assert [zone_level(zone) for zone in Zone] == [0, 1, 2, 3]
