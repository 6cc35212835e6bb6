"""A HiGHS model that prints nothing: its first line would stand in the midst of what a command prints."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

import highspy


def new_highs(**options: bool | int | float | str) -> Any:
    """An empty model, on one thread, with these options of HiGHS."""
    highs = _silently_made()
    for name, value in {"output_flag": False, "log_to_console": False, "threads": 1, **options}.items():
        highs.setOptionValue(name, value)
    return highs


def _silently_made() -> Any:
    """HiGHS prints who it is when its first model is made, whatever is asked of it."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output
        return highspy.Highs()  # type: ignore[no-untyped-call]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        ctypes.CDLL(None).fflush(None)
        return highs
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
