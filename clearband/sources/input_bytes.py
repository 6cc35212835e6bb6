"""The bytes of an input: a file or standard input, within limits."""

from __future__ import annotations

import sys
from pathlib import Path

from clearband.errors import InputError
from clearband.sources.options import ReadOptions

STDIN = "-"


def readable(text: str) -> str:
    """A file name as text, whatever bytes it is made of."""
    return text.encode("utf-8", "replace").decode("utf-8")


def input_bytes(path: str, options: ReadOptions) -> bytes:
    """Read a whole input.

    Args:
        path: A file; "-" is standard input.
        options: Its most bytes.

    Raises:
        InputError: There is none, it may not be read, it is a directory, or it is too large.
    """
    shown = readable(path)
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(options.max_bytes + 1)
        else:
            file_path = Path(path)
            if file_path.is_dir():
                raise InputError("a directory", where=shown, remedy="name the files, e.g. with DIR/*.csv")
            with file_path.open("rb") as file:
                data = file.read(options.max_bytes + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", where=shown, remedy="check the path") from None
    except PermissionError:
        raise InputError("you may not read this file", where=shown, remedy="check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({reason})", where=shown, remedy="check the path") from None
    if len(data) > options.max_bytes:
        raise InputError(f"larger than {options.max_bytes} bytes", where=shown, remedy="split the file")
    return data
