import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_files_taken_from_others_are_unchanged_and_all_accounted_for(folder):
    note = tomllib.loads((ROOT / folder / "vendor.toml").read_text())
    noted = {ROOT / folder / "vendor.toml"}
    for package in note["package"]:
        assert package["name"]
        assert package["version"]
        assert package["licence"]
        for name, sha256 in package["sha256"].items():
            path = ROOT / folder / package["folder"] / name
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256, path
            noted.add(path)
    assert {path for path in (ROOT / folder).rglob("*") if path.is_file()} == noted
