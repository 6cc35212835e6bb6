"""Have the C library give memory back that the server no longer uses."""

from __future__ import annotations

import ctypes
import threading
from contextlib import suppress
from typing import Final

# Names of glibc's malloc.h, for mallopt(3).
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE: Final = 1024 * 1024
"""Bytes from which a block is a mapping of its own, which goes back when it is freed."""
_ARENAS: Final = 2
_EVERY: Final = 30.0


def give_memory_back(every: float = _EVERY) -> bool:
    """Set the allocator for a long life with many threads; call it before they start.

    By itself glibc raises the size from which a block goes back to the system to that of the largest that was
    freed, up to 32 MiB, and gives threads up to eight arenas a core: the masks and orders of rows that a
    request needs for a moment then stay in the pools of the threads that happened to work on them. Under 50
    readers of a million findings that was two fifths of what the server held. Smaller blocks leave holes
    between those that live on: pages that are all hole go back now and then (malloc_trim(3)).

    Args:
        every: Seconds from one time to the next.

    Returns:
        Whether the C library took it; others than glibc have no such settings.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        mallopt, trim = library.mallopt, library.malloc_trim
        wanted = ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE))
        taken = all(mallopt(name, value) == 1 for name, value in wanted)
        threading.Thread(target=_keep_trimming, args=(trim, every), daemon=True, name="trim").start()
        return taken
    return False


def _keep_trimming(trim: ctypes._NamedFuncPointer, every: float) -> None:
    never = threading.Event()
    while not never.wait(every):
        trim(0)
