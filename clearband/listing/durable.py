"""Writing a file whole, and on disk."""

from __future__ import annotations

import os
from pathlib import Path

from clearband.errors import OutputError


def write_durably(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, on disk when this returns.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.new")
        with staged.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(path)) from None
