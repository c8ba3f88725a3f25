"""A server of its own, as script/serve starts it, that a test can kill."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from config import Settings

ROOT = Path(__file__).parents[1]


@contextmanager
def gunicorn(settings: Settings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve as script/serve does."""
    environment = os.environ | {
        "UNDERCURRENT_DATA": str(settings.data_folder),
        "UNDERCURRENT_KEY": str(settings.key_file),
        "DATABASE_URL": settings.database_url,
        "UNDERCURRENT_ADDRESS": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--worker-class", "gthread"]
    options = ["--threads", "8", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, start_new_session=True
    ) as server:
        try:
            wait_for(port)
            yield server
        finally:
            kill(server)


def kill(server: subprocess.Popen[bytes]) -> None:
    """End the server with all its processes, without a word of warning."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/locked", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server did not start")
