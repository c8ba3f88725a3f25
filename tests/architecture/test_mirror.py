"""A page's template has its endpoint's name, and lies in its feature's folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = {"layouts", "components"}
#: What the web layer shares has addresses too, but nothing to look at.
NO_PAGES = {"assets", "drafts", "shortcuts"}

#: What is printed is no page either.
ON_PAPER = {("worksheets", "sheet.html"), ("worksheets", "cover.html")}

FEATURES = sorted(
    path.name for path in (ROOT / "clinic" / "web").iterdir() if (path / "routes.py").exists()
)
FOLDERS = sorted(
    path.name
    for path in (ROOT / "templates").iterdir()
    if path.is_dir() and path.name not in SHARED
)
#: Partials, and what a worksheet is put together from, are no pages of their own.
PAGES = sorted(
    f"{path.parent.name}.{path.stem}"
    for folder in FOLDERS
    for path in (ROOT / "templates" / folder).glob("*.html")
    if not path.stem.startswith("_") and (folder, path.name) not in ON_PAPER
)

one_engine = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def endpoints(app):
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_feature_has_its_folder_of_templates_and_every_folder_its_feature():
    assert FOLDERS == FEATURES


@one_engine
@pytest.mark.parametrize("page", PAGES)
def test_a_template_is_named_after_its_endpoint(page, endpoints):
    assert page in endpoints


@one_engine
def test_every_endpoint_belongs_to_a_feature(endpoints):
    features = {endpoint.split(".")[0] for endpoint in endpoints if "." in endpoint}
    assert features - NO_PAGES == set(FEATURES)


def test_templates_lie_in_their_feature_s_folder_and_no_deeper():
    deeper = [
        path
        for folder in FOLDERS
        for path in (ROOT / "templates" / folder).rglob("*.html")
        if path.parent.name not in {folder, "blocks"}
    ]
    assert deeper == []


def test_a_feature_is_its_routes_and_its_forms():
    for feature in FEATURES:
        assert (ROOT / "clinic" / "web" / feature / "__init__.py").exists(), feature
