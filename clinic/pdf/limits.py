"""What a press may use of the computer: little, so that a hostile text harms nobody."""

import os
import resource
import select
import signal
import tempfile
import threading

#: How far a press steps back behind the web process.
NICENESS = 10

#: The most memory a press may ask for, in bytes.
MEMORY = 1024 * 1024 * 1024

#: The most computing time for one sheet, in seconds. It ends a sheet that is too much; on a busy
#: computer an ordinary sheet waits for its turn and is not to blame for that.
CPU_SECONDS = 10


#: The most files a press has open at once: its pipes, and a font or two while it reads them.
FILES = 64


def confine() -> None:
    """Give way to the web process, cap the memory, leave no core file."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))


def forbid_writing_files() -> None:
    """From here on no file can grow: what is printed leaves through the pipe alone."""
    # Python looks for a temporary folder by writing to it, so it has to find one before.
    tempfile.gettempdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def allow(seconds: float) -> None:
    """Let this process compute so much longer; the system ends it with SIGPROF after that."""
    # A limit on all computing so far would not do: the system counts a long life by two clocks
    # that drift apart, and would end a press that has done nothing wrong.
    signal.setitimer(signal.ITIMER_PROF, seconds)


def end_with(reader: int) -> None:
    """End this process as soon as the other end of the pipe closes, even while printing."""

    def watch() -> None:
        poll = select.poll()
        poll.register(reader, 0)
        poll.poll()
        os._exit(0)

    threading.Thread(target=watch, name="ends with its parent", daemon=True).start()
