"""The matrix and the map: what tells the explanations apart, and what leads where."""

from flask.typing import ResponseReturnValue

from clinic.services import evidence
from clinic.services import issue_map as issue_maps
from clinic.web.contents import concern_of
from clinic.web.database import get_db
from clinic.web.formulation.mapping import drawn
from clinic.web.formulation.matrix import matrix_view
from clinic.web.formulation.routes import HERE, bp
from clinic.web.pages import find_case, show_case


@bp.get("/issue/matrix")
def matrix(case_ref: str) -> ResponseReturnValue:
    """Show explanations beside evidence, what tells them apart first."""
    db, case = get_db(), find_case(case_ref)
    layer = evidence.issue_layer(db, case)
    view = matrix_view(case, concern_of(case), layer, evidence.reasons(db, case))
    return show_case("formulation/matrix.html", case, HERE, matrix=view)


@bp.get("/issue/map")
def issue_map(case_ref: str) -> ResponseReturnValue:
    """Draw the way from what is visible to what may lie beneath."""
    case = find_case(case_ref)
    ground = issue_maps.ground(get_db(), case)
    maps = drawn(case, concern_of(case), ground)
    return show_case("formulation/issue_map.html", case, HERE, maps=maps)
