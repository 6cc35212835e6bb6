"""Have the C library give memory back that the server no longer uses."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Final

# Names of glibc's malloc.h, for mallopt(3).
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE: Final = 256 * 1024
"""Bytes from which a block is a mapping of its own, which goes back when it is freed."""
_ARENAS: Final = 2


def give_memory_back() -> bool:
    """Set the allocator for a long life with many threads; call it before they start.

    By itself glibc raises the size from which a block goes back to the system to that of the largest that was
    freed, up to 32 MiB, and gives threads up to eight arenas a core: the masks and orders of rows that a
    request needs for a moment then stay in the pools of the threads that happened to work on them. Under 50
    readers of a million findings that was a third of what the server held.

    Returns:
        Whether the C library took it; others than glibc have no such settings.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        wanted = ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE))
        return all(mallopt(name, value) == 1 for name, value in wanted)
    return False
