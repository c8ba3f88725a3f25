"""One press seen from the web process: start it, ask it, end it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer

from clinic.pdf import pipe

_ROOT = Path(__file__).parents[2]
_FONTS = _ROOT / "static" / "fonts" / "print" / "fonts.conf"

#: What a press may know of the surroundings: where programs and libraries are, no secrets.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH")

#: How long a press may take to start, in seconds: reading the fonts for the first time.
START_SECONDS = 60


class TooSlowError(Exception):
    """The press did not answer in time and was ended."""


class GoneError(Exception):
    """The press ended before it answered."""


class Worker:
    """One running press. Ask it from one thread at a time."""

    def __init__(self, cache: Path, computing: int) -> None:
        """Start a press that keeps its list of fonts under `cache`; waits until it is warm.

        It may compute so many seconds for each order.

        GoneError or TooSlowError when it does not start.
        """
        surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        # No word of this comes from a page.
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "clinic.pdf.press", str(computing)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=surroundings
            | {"FONTCONFIG_FILE": str(_FONTS), "XDG_CACHE_HOME": str(cache), "LANG": "C.UTF-8"},
        )
        if process.stdin is None or process.stdout is None:
            raise GoneError
        self._process, self._stdin, self._stdout = process, process.stdin, process.stdout
        self._exchange(None, START_SECONDS)
        #: How many orders it was given.
        self.orders = 0

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Return the reply; after `seconds` the press is killed and TooSlowError raised."""
        self.orders += 1
        return self._exchange(request, seconds)

    def _exchange(self, request: bytes | None, seconds: float) -> bytes:
        late = Event()
        timer = Timer(seconds, self._kill_late, [late])
        timer.start()
        try:
            if request is not None:
                pipe.send(self._stdin, request)
            return pipe.receive(self._stdout)
        except pipe.ClosedPipeError:
            too_slow = late.is_set() or self._ran_out_of_time()
            self.end()
            raise (TooSlowError if too_slow else GoneError) from None
        finally:
            timer.cancel()

    def _ran_out_of_time(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1) == -signal.SIGPROF
        return False

    def _kill_late(self, late: Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """Kill the press and close the pipes; harmless when it is gone already."""
        self._process.kill()
        self._close()
        self._process.wait()

    def let_go(self) -> None:
        """Close this process's ends of the pipes and leave the press to whoever else holds it."""
        self._close()
        # It is not this process's to wait for, and Popen would complain that nobody did.
        self._process.returncode = 0

    def _close(self) -> None:
        for stream in (self._stdin, self._stdout):
            # Closing writes what is left over, and nobody reads it any more.
            with suppress(OSError):
                stream.close()
