"""Run a Python that the kernel ends at its first socket of the internet, and its children too.

``python sealed.py [ARGUMENTS OF python]``. Linux on x86-64 and ARM. Status 78: the kernel takes no
filters. It sees what Python's own audit hook cannot: Qt, other libraries, other programs.
"""

import ctypes
import os
import platform
import struct
import sys

UNSUPPORTED = 78
NUMBERS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""machine -> (its AUDIT_ARCH, the number of socket(2)); linux/audit.h, asm/unistd.h."""
IO_URING_SETUP = 425
AF_INET, AF_INET6 = 2, 10
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, END, DENY = 0x7FFF0000, 0x80000000, 0x00050000 | 13
SET_SECCOMP, FILTER, NO_NEW_PRIVILEGES = 22, 2, 38


class Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def rules(arch: int, socket: int) -> bytes:
    steps = (
        (LOAD, 0, 0, 4),  # the architecture
        (JUMP_IF_EQUAL, 1, 0, arch),
        (RETURN, 0, 0, END),
        (LOAD, 0, 0, 0),  # the system call
        (JUMP_IF_EQUAL, 0, 1, IO_URING_SETUP),  # which could open sockets past this filter
        (RETURN, 0, 0, DENY),
        (JUMP_IF_EQUAL, 0, 3, socket),
        (LOAD, 0, 0, 16),  # its family
        (JUMP_IF_EQUAL, 2, 0, AF_INET),
        (JUMP_IF_EQUAL, 1, 0, AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, END),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def seal() -> bool:
    """Take the right to the internet from this process for good; tell whether that worked."""
    numbers = NUMBERS.get(platform.machine())
    if not sys.platform.startswith("linux") or numbers is None:
        return False
    code = rules(*numbers)
    program = Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None).prctl
    if prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0)


if __name__ == "__main__":
    if not seal():
        raise SystemExit(UNSUPPORTED)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606 - no shell is wanted
