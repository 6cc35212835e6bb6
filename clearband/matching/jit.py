"""Numba's compiler with a type: a compiled function keeps the signature of the Python one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar, cast

import numba
from numba import config

from clearband.facts.store import cache_home

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
        with _own_folder():
            wrapped = wrap(cache=True)(function)
    except RuntimeError:  # no folder to keep it in: each run compiles
        wrapped = wrap(cache=False)(function)
    return cast(Callable[_Args, _Result], wrapped)


@contextmanager
def _own_folder() -> Iterator[None]:
    """Keep code in a folder named after all sources of this package.

    Numba looks only at the file of a function to see whether kept code is still right, not at the files of
    the functions that it calls.
    """
    settings = cast(Any, config)
    chosen = settings.CACHE_DIR
    base = Path(chosen) if chosen else cache_home()
    if base is not None:
        settings.CACHE_DIR = str(base / f"matching-{_sources()}")
    try:
        yield
    finally:
        settings.CACHE_DIR = chosen


@cache
def _sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
