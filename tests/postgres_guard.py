"""Run a throw-away PostgreSQL server until standard input closes, then leave nothing behind.

Started by `postgres.py` as a process of its own: when the tests are killed outright, the system
closes their end of the pipe, and the guard still stops the server and removes its folder.
Standard library only, so that it starts quickly.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

OURS = f"undercurrent-postgres-{os.getuid()}-"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
}


def programs() -> Path:
    """Give the folder of the newest PostgreSQL server on this system."""
    found = shutil.which("initdb")
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None and found is None:
        sys.exit("PostgreSQL is not installed; script/test installs it.")
    return (newest or Path(str(found))).parent


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program; it refuses to be root, so then as the account postgres."""
    account = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    return subprocess.run(
        [*account, str(programs() / program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
    )


def insist(program: str, *arguments: str) -> None:
    """Run a program that must succeed, or end with what it said."""
    done = run(program, *arguments)
    if done.returncode:
        sys.exit(f"{program} failed: {done.stdout}")


def claimed_folder() -> Path:
    """Make a folder whose lock is held while this process lives."""
    new = Path(tempfile.mkdtemp(prefix=f"new-{OURS}"))
    claim(new)
    if os.getuid() == 0:
        shutil.chown(new, "postgres")
    # It takes its final name only once it is locked, so that nobody sweeps it up half-made.
    return new.rename(new.with_name(new.name.removeprefix("new-")))


def claim(folder: Path) -> bool:
    """Take the folder's lock, freed when its holder dies; say whether we got it."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    return True


def sweep() -> None:
    """Remove what a guard left behind that was itself killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{OURS}*"):
        try:
            abandoned = claim(folder)
        except FileNotFoundError:
            continue
        if abandoned:
            remove(folder)


def remove(folder: Path) -> None:
    """Stop the folder's server at once, if it runs, and delete the folder."""
    run("pg_ctl", "stop", "--pgdata", str(folder / "data"), "--mode", "immediate", "--silent")
    shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, port: str) -> None:
    """Make a cluster that trusts whoever can reach its socket, and wait until it answers."""
    data = str(folder / "data")
    new = ["--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    insist("initdb", "--pgdata", data, *new, "--no-sync", "--no-instructions")
    settings = SETTINGS | {"unix_socket_directories": str(folder), "port": port}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log = str(folder / "log")
    insist("pg_ctl", "start", "--pgdata", data, "--log", log, "--wait", "--options", options)


def main() -> None:
    """Serve from start to the end of standard input."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    sweep()
    folder = claimed_folder()
    try:
        start(folder, sys.argv[1])
        print("ready", folder, flush=True)  # noqa: T201
        sys.stdin.read()
    finally:
        remove(folder)


if __name__ == "__main__":
    main()
