"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clearband.errors import OutputError


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """A place beside ``out`` to write to, which takes its name at the end: never half a file.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        os.close(handle)
        staged = Path(name)
        try:
            yield staged
            staged.chmod(0o644)
            staged.replace(out)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(out)) from None
