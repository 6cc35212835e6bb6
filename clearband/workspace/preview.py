"""What a file looks like before it becomes part of an inventory: what each column was taken for, and why.

Files come from anywhere, so that they are looked at by a process of its own with little memory and time
(`clearband.workspace.preview_child`), whose end, whatever it is, ends nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clearband.workspace.ledger import Row
from clearband.workspace.lookers import Lookers
from clearband.workspace.place import Workspace
from clearband.workspace.readings import Reading
from clearband.workspace.view.recent import Recent

MEMORY: Final = 6_000_000_000
"""Address space of the process, in bytes, most of which it never touches."""
SECONDS: Final = 60
ROWS: Final = 20
"""Rows that are shown of each table."""
_KEPT: Final = 2_000_000
"""Bytes of what was seen lately that a server keeps."""


@dataclass(frozen=True)
class SeenColumn:
    """A column of a file.

    Attributes:
        name: In the file.
        field: Column of the equipment table it was taken for, an ``x_`` name where it was kept as it is, or
            "" where it is dropped.
        found: Why: ``header``, ``content``, ``given`` by the user, ``kept``, ``ignored``.
        note: What else there is to know.
        before: The field without what the user said, where that is another; else None.
    """

    name: str
    field: str
    found: str
    note: str = ""
    before: str | None = None


@dataclass(frozen=True)
class SeenTable:
    """One table of a file.

    Attributes:
        sheet: Of a workbook; else None.
        header_row: Number of the header's row, counted from 1.
        records: Equipment records that reading it gives.
        passed_over: Rows that are blank, totals, repeated headers or lines of a page.
        columns: In the order of the file.
        rows: The first rows below the header as text, a cell a column, long ones cut; None is blank.
        numbers: Number of each of these rows.
        warnings: What a person should look at.
        skipped: Why it holds no equipment; None where it does.
    """

    sheet: str | None
    hidden: bool = False
    header_row: int | None = None
    records: int = 0
    passed_over: int = 0
    columns: tuple[SeenColumn, ...] = ()
    columns_not_shown: int = 0
    rows: tuple[tuple[str | None, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a file looks like.

    Attributes:
        format: By its content; "" where that is not known.
        tables: One a sheet, or one.
        part: Whether the file is large, and only its beginning was looked at.
        problem: Why it cannot be read as it is; None where it can.
        remedy: What to do about that.
    """

    format: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    tables: tuple[SeenTable, ...] = ()
    part: bool = False
    problem: str | None = None
    remedy: str = ""

    @property
    def readable(self) -> bool:
        """Whether it can be taken as it is."""
        return self.problem is None


TOO_MUCH: Final = Preview(
    part=True,
    problem="the file asks for more memory or time than looking at it may take",
    remedy="divide it, or save it as CSV",
)


class Previews:
    """Looks at uploads, and keeps what was seen lately; one a server."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lookers = Lookers()
        self._seen: Recent[bytes] = Recent(_KEPT, len)

    def ready(self) -> None:
        """Be ready to look at a file that is on its way."""
        self._lookers.ready()

    def of(self, upload: Row, reading: Reading | None = None) -> Preview:
        """What an upload looks like.

        Args:
            upload: Its row.
            reading: What the user says now of reading it; None takes what was said before.

        Raises:
            NotFoundError: Its file is gone.
            InvalidError: What was said is none.
            BusyError: Too many files are being looked at.
        """
        said = Reading.of(upload["reading"]) if reading is None else reading
        path = self._workspace.store.path(upload["sha256"])
        key = (upload["sha256"], upload["file_name"], json.dumps(said.said(), sort_keys=True))
        told = self._seen.get(key, lambda: _told(path, upload["file_name"], said, self._lookers))
        seen = _seen(told)
        if not seen.readable or len(told) > _KEPT:
            # Another time the machine may have more time for it, or the disk give it whole.
            self._seen.forget(key)
        return seen

    def close(self) -> None:
        """End what was ready."""
        self._lookers.close()


def preview(
    path: Path,
    file_name: str,
    reading: Reading,
    lookers: Lookers | None = None,
    *,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Preview:
    """What a file looks like.

    Args:
        path: Of the file.
        file_name: How it is called.
        reading: What the user says of reading it.
        lookers: Who looks; None is a process for this file alone.
        memory: Address space that looking may take, in bytes.
        seconds: Processor and wall time that it may take.

    Raises:
        BusyError: Too many files are being looked at.
    """
    return _seen(
        _told(path, file_name, reading, lookers or Lookers(spare=False), memory=memory, seconds=seconds)
    )


def _told(
    path: Path,
    file_name: str,
    reading: Reading,
    lookers: Lookers,
    *,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> bytes:
    """What a process said, JSON where it ended well; nothing where it did not end in time."""
    asked = {"path": str(path), "file": file_name, "reading": reading.said(), "rows": ROWS}
    limits = {"memory": memory, "seconds": seconds}
    return lookers.look(asked | limits, 3 * seconds) or b""


def _seen(told: bytes) -> Preview:
    try:
        seen = json.loads(told)
    except ValueError:
        return TOO_MUCH
    return Preview(**seen | {"tables": tuple(_table(one) for one in seen.get("tables", ()))})


def _table(seen: dict[str, Any]) -> SeenTable:
    values = seen | {name: tuple(seen.get(name, ())) for name in ("numbers", "warnings")}
    values["columns"] = tuple(SeenColumn(**one) for one in seen.get("columns", ()))
    values["rows"] = tuple(tuple(row) for row in seen.get("rows", ()))
    return SeenTable(**values)
