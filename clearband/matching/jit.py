"""Numba's compiler with a type: a compiled function keeps the signature of the Python one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Compile to machine code on first use and keep the result on disk; the interpreter's lock is let go."""
    wrap = numba.njit(cache=True, nogil=True, fastmath=False, boundscheck=False)
    return cast(Callable[_Args, _Result], wrap(function))
