import pytest

from clinic.domain.visibility import (
    VISIBLE_TO,
    VISIBLE_TO_OWNER,
    Audience,
    Layer,
    may_see,
    open_layers,
)

# The table of the product, one line a layer: couple, partner, own partner, therapist, author.
TABLE = {
    Layer.SHARED: (True, True, True, True, True),
    Layer.PRIVATE: (False, False, True, True, True),
    Layer.CLINICIAN: (False, False, False, True, True),
    Layer.PROCESS: (False, False, False, False, True),
    Layer.SAFETY: (False, False, True, True, True),
}


def test_every_layer_and_audience_has_its_place_in_the_table():
    assert set(TABLE) == set(Layer)
    assert set(VISIBLE_TO) == set(Audience)


@pytest.mark.parametrize("layer", Layer)
def test_who_sees_a_layer_is_what_the_table_says(layer):
    assert TABLE[layer] == (
        may_see(Audience.COUPLE, layer),
        may_see(Audience.PARTNER, layer),
        may_see(Audience.PARTNER, layer, own=True),
        may_see(Audience.THERAPIST, layer),
        may_see(Audience.AUTHOR, layer),
    )


@pytest.mark.parametrize("audience", [Audience.COUPLE, Audience.THERAPIST, Audience.AUTHOR])
@pytest.mark.parametrize("layer", Layer)
def test_owning_a_fact_opens_nothing_to_anybody_but_a_partner(audience, layer):
    assert may_see(audience, layer, own=True) == may_see(audience, layer)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("layer", Layer)
def test_open_layers_are_those_seen_whoever_owns_the_fact(audience, layer):
    assert (layer in open_layers(audience)) == may_see(audience, layer)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("own", [True, False])
def test_a_new_layer_is_seen_by_nobody_until_it_is_named(audience, own):
    assert not may_see(audience, "archive", own=own)


@pytest.mark.parametrize("layer", Layer)
def test_a_new_audience_sees_nothing_until_it_is_named(layer):
    assert open_layers("front-desk") == frozenset()
    assert not may_see("front-desk", layer, own=True)


def test_nobody_can_open_a_layer_while_the_app_runs():
    for table in (VISIBLE_TO, VISIBLE_TO_OWNER):
        with pytest.raises(TypeError):
            table[Audience.COUPLE] = frozenset(Layer)
