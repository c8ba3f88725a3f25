"""What holds of every source file: it says what it is for, and takes no way round the boundary."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "clinic").rglob("*.py"))
SERVICES = sorted((ROOT / "clinic" / "services").glob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

#: Ways round the practice's boundary: queries that the session cannot filter, and bare connections.
AROUND = {"text", "connection", "__table__", "exec_driver_sql", "raw_connection", "from_statement"}
BULK = {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "insert"}

#: A backup copies the whole encrypted file, and reads nobody's rows.
WHOLE_FILE = {"backup": {"raw_connection"}}

#: Services that work across practices, and why no practice is known where they do.
ACROSS_PRACTICES = {
    "accounts": "looks for a clinician by e-mail address at sign-in",
    "audit": "walks the chain, which is one for all practices",
    "browsers": "looks for a browser by its token",
    "invitations": "looks for an invitation by its token, and for a partner's browser by its own",
    "outbox": "takes the mail that waited longest, whosever it is, and opens it as its partner",
    "packet_leases": "takes the packet that waited longest, whosever it is, and finds out whose",
    "throttle": "counts guesses of nobody known",
    "upkeep": "prepares and checks the whole installation",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def names_in(tree: ast.AST) -> set[str]:
    """List what a file imports, calls or reads off something."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.alias):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.add(node.func.id)
    return names


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_holds(path):
    docstring = ast.get_docstring(parsed(path))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize("path", sorted((ROOT / "clinic").rglob("__init__.py")), ids=name_of)
def test_a_package_is_its_docstring_and_nothing_else(path):
    assert len(parsed(path).body) == 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_and_are_absolute(path):
    tree = parsed(path)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert all(node in tree.body for node in imports)
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in imports)


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_service_takes_no_way_round_the_boundary(path):
    allowed = WHOLE_FILE.get(path.stem, set())
    assert not names_in(parsed(path)) & (AROUND | BULK) - allowed


def test_a_way_round_the_boundary_would_be_found():
    for line in ("db.execute(text('x'))", "db.connection()", "select(Case.__table__)"):
        assert names_in(ast.parse(line)) & AROUND


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_service_works_across_practices_only_where_there_is_none_yet(path):
    if "as_system" in names_in(parsed(path)):
        assert path.stem in ACROSS_PRACTICES


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_trusts_no_text_to_be_html(path):
    if path.parent.name == "components":
        return
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b", source)
    assert not re.search(r"autoescape\s+false", source)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=name_of
)
def test_a_migration_imports_nothing_of_the_app(path):
    assert not {name for name in names_in(parsed(path)) if name.startswith("clinic")}
