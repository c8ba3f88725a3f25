"""A first start on a full disk, and one by an account that may not write: told, and mendable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.services import upkeep

SCRIPT = Path(__file__).with_name("full_disk.py")
NOBODY = 65534

#: Ways to a small disk of one's own: as root, or as anybody where the system allows it.
WAYS = (["unshare", "-m"], ["unshare", "-rm"])


def prepared_on_a_small_disk(folder: Path, free: int) -> list[str]:
    """Run the script on a disk of 4 MB, or, where none can be had, with a limit on its files."""
    mount = f'mount -t tmpfs -o size=4m small "{folder}"'
    small = next((way for way in WAYS if _runs([*way, "sh", "-c", mount])), None)
    script = [sys.executable, str(SCRIPT), str(folder), str(free)]
    inside = ["sh", "-c", f'{mount} && exec "$@"', "sh", *script]
    done = subprocess.run(
        [*small, *inside] if small else script,
        env=os.environ | {"PYTHONPATH": str(upkeep.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


# Nothing fits; the key fits but no tables; some tables fit.
@pytest.mark.parametrize("free", [0, 12_288, 100_000])
def test_a_start_on_a_full_disk_says_so_and_succeeds_once_there_is_room(free, tmp_path):
    told, ready = prepared_on_a_small_disk(tmp_path, free)
    assert "is full" in told or "cannot be used" in told
    assert ready == "ready with its sheet"


def test_a_start_with_files_that_cannot_grow_says_so_and_succeeds_later(tmp_path):
    script = [sys.executable, str(SCRIPT), str(tmp_path), "8192"]
    environment = os.environ | {"PYTHONPATH": str(upkeep.ROOT)}
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=True)
    told, ready = done.stdout.splitlines()
    assert "cannot be used" in told
    assert ready == "ready with its sheet"


def test_an_account_that_may_not_write_is_told_which_folder(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    place = upkeep.Place(closed / "data", closed / "key", f"sqlite:///{closed / 'data' / 'a.db'}")
    assert "Choose another folder" in told_to_somebody_else(place)
    assert list(closed.iterdir()) == []


def told_to_somebody_else(place: upkeep.Place) -> str:
    """Start as an account with no rights of its own, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = b"started"
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            upkeep.prepare_records(place)
        except upkeep.StartError as fault:
            said = str(fault).encode()
        finally:
            os.write(writing, said)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return told
