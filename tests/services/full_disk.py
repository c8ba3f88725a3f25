"""Prepares an installation on a small disk that is nearly full, then with room again.

Run by the tests within a disk of their own: `full_disk.py FOLDER FREE_BYTES`. Prints what a person
would be told first, what lay there afterwards, and "ready" once there was room.
"""

import os
import resource
import sys
from pathlib import Path

from clinic.services.upkeep import Place, StartError, open_records, prepare_records


def fill(folder: Path, free: int) -> None:
    """Leave `free` bytes on the disk, or let no file grow beyond them on a disk of others."""
    if os.path.ismount(folder):
        left = os.statvfs(folder)
        with (folder / "filler").open("wb") as filler:
            filler.write(b"x" * (left.f_bavail * left.f_bsize - free))
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, resource.RLIM_INFINITY))


def make_room(folder: Path) -> None:
    (folder / "filler").unlink(missing_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def main(folder: Path, free: int) -> None:
    url = f"sqlite:///{folder / 'data' / 'undercurrent.db'}"
    place = Place(folder / "data", folder / "keys" / "master.key", url)
    fill(folder, free)
    try:
        prepare_records(place)
    except StartError as fault:
        print(fault)  # noqa: T201 - read by the test
    make_room(folder)
    prepare_records(place).engine.dispose()
    open_records(place).engine.dispose()
    sheet = (folder / "keys" / "recovery-sheet.txt").read_text()
    print("ready", "with its sheet" if "restore-key" in sheet else "")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
