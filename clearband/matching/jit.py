"""Numba's compiler with a type: a compiled function keeps the signature of the Python one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar, cast

import numba

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Compile to machine code on first use and keep the result on disk; the interpreter's lock is let go."""
    return _jit(function, inline="never")


def inlined(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """The same, but written into each compiled function that calls it.

    For a step that takes tuples of arrays for each pair of names: a call counts references to each array.
    """
    return _jit(function, inline="always")


def kept_in(function: Callable[..., object]) -> Path | None:
    """The folder where a compiled function is kept; None where Numba found none that can be written."""
    folder = cast(Any, function).stats.cache_path
    return Path(folder) if folder else None


def _jit(function: Callable[_Args, _Result], inline: Literal["never", "always"]) -> Callable[_Args, _Result]:
    wrap = partial(numba.njit, inline=inline, nogil=True, fastmath=False, boundscheck=False)
    try:
        wrapped = wrap(cache=True)(function)
    except RuntimeError:  # no folder to keep it in: each run compiles
        wrapped = wrap(cache=False)(function)
    return cast(Callable[_Args, _Result], wrapped)
