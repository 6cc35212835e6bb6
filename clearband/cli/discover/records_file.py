"""The file of records that a reading ends in: where it may stand, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click

from clearband.errors import OutputError

out_option: Final = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the records go, as JSON Lines.",
)


def require_place(out: Path) -> None:
    """Refuse a place where no file can stand, before anybody is asked.

    Raises:
        OutputError: There is no such folder, or a folder of that name.
    """
    if not out.parent.is_dir() or out.is_dir():
        raise OutputError("no file can be written here", where=str(out), remedy="name a file in a folder")


def write_records(records: Iterable[dict[str, Any]], out: Path) -> None:
    """Write records as JSON Lines, whole or not at all."""
    from clearband.reports.whole_file import whole_file

    # Half a surrogate pair is JSON, and no text.
    lines = (json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for record in records)
    with whole_file(out) as staged, staged.open("wb") as file:
        file.writelines(lines)
