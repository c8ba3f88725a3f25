"""A session narrowed to an audience reads what is meant for it, and nothing else opens."""

import pytest
from sqlalchemy import select

from clinic.domain.visibility import Audience, Layer
from clinic.keyring.errors import ClosedLayerError
from clinic.models.accounts import Clinician
from clinic.models.base import Base
from clinic.models.scope import ScopeError
from clinic.models.sealed import sealed_texts
from clinic.services import accounts, cases, goals, readings
from tests.factories import at_work, case_of, fill_case, make_evidence


@pytest.fixture
def couple(store, ines):
    """A session for what the couple may read, of a case that holds one of everything."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        fill_case(db, case)
        for layer in (Layer.PRIVATE, Layer.SAFETY):
            make_evidence(db, case, layer=layer, source=ines.partner_refs[0])
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, Audience.COUPLE)
        yield db


def test_the_couple_reads_goals_and_summary(couple, ines):
    case = cases.find_case(couple, ines.case_ref)
    assert case.title == "Mara and Jonas"
    goal = goals.list_goals(couple, case)[0]
    assert goal.wording == "phones stay in the kitchen at night"
    assert all(goal.anchors().values())
    newest = readings.latest_formulation(couple, case)
    assert newest.couple_summary == "You both want evenings back"


def test_the_couple_opens_no_text_of_any_closed_layer(couple):
    closed = 0
    for mapper in Base.registry.mappers:
        texts = sealed_texts(mapper.class_)
        for row in couple.scalars(select(mapper.class_)) if texts else ():
            for sealed in texts:
                layer = sealed.layer or row.layer
                stored = getattr(row, sealed.stored_as)
                if layer is not Layer.SHARED and stored:
                    closed += 1
                    with pytest.raises(ClosedLayerError):
                        getattr(row, sealed.name)
    assert closed > 15


def test_narrowing_is_for_good(couple, store, ines):
    with couple.as_system():
        clinician = couple.get_one(Clinician, ines.id)
    with pytest.raises(ScopeError):
        accounts.enter(couple, store, clinician)


def test_a_session_says_whom_it_is_for(couple, db):
    assert couple.scope.audience is Audience.COUPLE
    assert db.scope.audience is Audience.AUTHOR
