"""Places in a piece of a file, told as places in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from clearband.errors import InputError

_LINES: Final = re.compile(r"\b(lines?) (\d+)(?: to (\d+))?")
_BYTE: Final = re.compile(r"\((byte) (\d+)\)")
_PIECE: Final = 1 << 24


@contextmanager
def placed_in_file(path: Path, label: str, at: int, lines_above: int = 0) -> Iterator[None]:
    """Errors raised within tell lines and bytes of a piece; told are those of the file.

    Args:
        label: The file's name, which may hold a number of its own.
        at: Byte at which the piece begins.
        lines_above: Lines that stand in the piece before what is at that byte.
    """
    try:
        yield
    except InputError as error:
        lines = _lines_before(path, at) - lines_above
        name, place = (
            (label, error.where.removeprefix(label)) if error.where.startswith(label) else ("", error.where)
        )
        raise InputError(
            _moved(error.what, lines, at),
            where=name + _moved(place, lines, at),
            remedy=_moved(error.remedy, lines, at),
        ) from None


def in_file(said: str, path: Path, at: int, lines_above: int = 0) -> str:
    """What is said of a piece, with the lines of the file; see `placed_in_file`."""
    return _moved(said, _lines_before(path, at) - lines_above, at)


def _moved(text: str, lines: int, at: int) -> str:
    def line(found: re.Match[str]) -> str:
        last = f" to {int(found[3]) + lines}" if found[3] else ""
        return f"{found[1]} {int(found[2]) + lines}{last}"

    return _BYTE.sub(lambda found: f"({found[1]} {int(found[2]) + at})", _LINES.sub(line, text))


def _lines_before(path: Path, at: int) -> int:
    """Only looked for where there is an error to be told."""
    count = 0
    with path.open("rb") as file:
        while at > 0 and (piece := file.read(min(at, _PIECE))):
            count += piece.count(b"\n")
            at -= len(piece)
    return count
