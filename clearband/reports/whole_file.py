"""A file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from clearband.errors import OutputError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def whole_file(out: Path, *, private: bool = False) -> Iterator[Path]:
    """A place beside ``out`` to write to, which takes its name at the end: never half a file.

    Args:
        private: Whether only its owner may read it; it is on disk then when this ends, whatever happens.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        os.close(handle)
        staged = Path(name)
        try:
            yield staged
            staged.chmod(0o600 if private else 0o644)
            if private:
                _sync(staged)
            staged.replace(out)
            if private:
                _sync(out.parent)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(
                "the disk is full; nothing was written",
                where=str(out),
                remedy="free some space, or write elsewhere",
            ) from None
        raise OutputError(error.strerror or "cannot be written", where=str(out)) from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
