"""Shuts a press off: from here on the system itself refuses it any network and any program.

The fetcher lets nothing through but `data:` already. This is the wall behind it, for what
the libraries might do on their own. It needs no privilege and cannot be taken back.
Source: Linux, seccomp(2) and the tables of its system calls.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM

#: The steps of a filter: load a word, compare and jump, answer.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06
_CALL, _MACHINE = 0, 4

#: Calls from here on belong to a second table of the same machine, which nothing here uses.
_SECOND_TABLE = 0x40000000


@dataclass(frozen=True, slots=True)
class _Machine:
    """A kind of processor by its number, and the numbers of the calls it refuses.

    In turn: socket, io_uring_setup; execve, execveat; ptrace, process_vm_readv and _writev.
    """

    number: int
    refused: Sequence[int]


_MACHINES: Mapping[str, _Machine] = MappingProxyType(
    {
        "x86_64": _Machine(0xC000003E, (41, 425, 59, 322, 101, 310, 311)),
        "aarch64": _Machine(0xC00000B7, (198, 425, 221, 281, 117, 270, 271)),
    }
)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def seclude() -> bool:
    """Refuse this process, and every thread it starts, sockets, programs and others' memory.

    Tells whether the system does so: Linux on the processors named here does.
    """
    machine = _MACHINES.get(platform.machine())
    if platform.system() != "Linux" or machine is None:
        return False
    steps = b"".join(_steps(machine))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = _Program(len(steps) // 8, ctypes.addressof(kept))
    system = ctypes.CDLL(None)
    return not (
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        or system.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    )


def _steps(machine: _Machine) -> Iterator[bytes]:
    """Write the filter: each test jumps to the last step, which refuses, or goes on."""
    tests = [(_IF_AT_LEAST, _SECOND_TABLE), *((_IF_EQUAL, call) for call in machine.refused)]
    yield _step(_LOAD, _MACHINE)
    yield _step(_IF_EQUAL, machine.number, otherwise=len(tests) + 2)
    yield _step(_LOAD, _CALL)
    for place, (test, number) in enumerate(tests):
        yield _step(test, number, jump=len(tests) - place)
    yield _step(_ANSWER, _ALLOW)
    yield _step(_ANSWER, _REFUSE)


def _step(code: int, value: int, jump: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, jump, otherwise, value)
