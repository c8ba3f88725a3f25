"""What script/bootstrap relies on: one environment for all, locks that anyone can use."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / name for name in ("requirements.txt", "requirements-test.txt", "script/uv.txt")]
SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if not path.suffix)


def pinned(lock: Path) -> set[str]:
    return set(re.findall(r"^\S+==\S+", lock.read_text(), flags=re.MULTILINE))


def test_the_test_lock_holds_everything_the_run_lock_does() -> None:
    run, test = (pinned(lock) for lock in LOCKS[:2])
    assert run
    assert run < test


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash_and_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index|--find-links|--extra-index", text)


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_every_script_can_be_run_and_is_sound_shell(script: Path) -> None:
    shell = "bash" if script.name == "run" else "sh"
    assert os.access(script, os.X_OK)
    subprocess.run([shell, "-n", str(script)], check=True)


def test_bootstrap_refuses_a_goal_it_does_not_know() -> None:
    asked = subprocess.run(
        [ROOT / "script" / "bootstrap", "everything"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1
    assert "bootstrap run" in asked.stderr


def bootstrap_with_only(folder: Path, **programs: str) -> str:
    for name, program in programs.items():
        (folder / name).symlink_to(program)
    asked = subprocess.run(
        ["/bin/sh", ROOT / "script" / "bootstrap", "run"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(folder)},
    )
    assert asked.returncode == 1
    return asked.stderr


def test_a_system_without_python_is_told_so_in_one_sentence(tmp_path: Path) -> None:
    said = bootstrap_with_only(tmp_path, dirname="/usr/bin/dirname")
    assert "Python 3.11 or newer" in said
    assert said.count("\n") == 1


def test_a_system_without_apt_is_told_in_one_sentence_what_to_install(tmp_path: Path) -> None:
    python = os.path.realpath(sys.executable)
    tools = {"dirname": "/usr/bin/dirname", "mkdir": "/bin/mkdir", "id": "/usr/bin/id"}
    # Fonts are what it cannot see here, because fc-list is missing as well.
    said = bootstrap_with_only(tmp_path, python3=python, **tools)
    assert "no apt-get" in said
    assert "fonts-dejavu-core" in said
    assert said.count("\n") == 1
