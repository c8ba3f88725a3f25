"""Imports point down, and the rules run with nothing installed."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]

FOREIGN = {
    "flask",
    "flask_login",
    "wtforms",
    "jinja2",
    "werkzeug",
    "sqlalchemy",
    "alembic",
    "weasyprint",
    "cryptography",
    "pydantic",
    "argon2",
    "config",
    "clinic.web",
    "clinic.models",
    "clinic.services",
    "clinic.content",
    "clinic.keyring",
}

LOAD_DOMAIN = """
import importlib, pkgutil, sys
import clinic.domain
for module in pkgutil.walk_packages(clinic.domain.__path__, "clinic.domain."):
    importlib.import_module(module.name)
print("\\n".join(sys.modules))
"""


def loaded_by(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_rules_load_nothing_but_the_standard_library():
    loaded = loaded_by(LOAD_DOMAIN)
    assert "clinic.domain.goals" in loaded
    assert not loaded & FOREIGN


def test_the_packages_themselves_load_nothing():
    packages = [path.parent for path in (ROOT / "clinic").rglob("__init__.py")]
    names = [".".join(path.relative_to(ROOT).parts) for path in packages]
    loaded = loaded_by(f"import sys, {', '.join(names)}\nprint('\\n'.join(sys.modules))")
    assert not loaded & {"flask", "sqlalchemy", "weasyprint", "pydantic", "cryptography"}


def test_every_contract_between_the_layers_holds(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    broken = lint_imports(cache_dir=str(tmp_path))
    assert not broken, capsys.readouterr().out


@pytest.mark.parametrize("folder", ["web", "services", "models", "content", "keyring", "domain"])
def test_every_layer_is_there(folder):
    assert (ROOT / "clinic" / folder / "__init__.py").exists()
