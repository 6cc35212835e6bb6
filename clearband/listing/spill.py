"""Lines sorted into many bins on disk, so that a list greater than memory can be binned."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_HELD: Final = 64 * 2**20


class Spill:
    """Bins of lines; what is held in memory is written out when it becomes much.

    Args:
        folder: A folder of its own, which is made and removed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bins: defaultdict[str, list[bytes]] = defaultdict(list)
        self._held = 0

    def __enter__(self) -> Self:
        self._folder.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder)

    def add(self, name: str, line: bytes) -> None:
        """Put a line, which has no line end, into a bin."""
        self._bins[name].append(line)
        self._held += len(line)
        if self._held > _HELD:
            self._write()

    def lines(self, name: str) -> list[bytes]:
        """The lines of a bin, in the order in which they came."""
        path = self._path(name)
        written = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return written + self._bins.pop(name, [])

    def _write(self) -> None:
        for name, lines in self._bins.items():
            with self._path(name).open("ab") as file:
                file.writelines(line + b"\n" for line in lines)
        self._bins.clear()
        self._held = 0

    def _path(self, name: str) -> Path:
        return self._folder / f"bin-{name}"
