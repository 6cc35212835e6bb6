"""A published list as CSV: one row an entry, and no cell that a spreadsheet would run."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl

from clearband.model.listing import Listing, Use
from clearband.reports.folder.findings_csv import flat

PLAIN_ROWS: Final = 50_000
"""A table of more rows is compressed."""
_AT_ONCE: Final = 20_000
_TEXTS: Final = (
    "entry", "authority", "kind", "subject", "name", "maker", "category", "release", "tier", "territory",
    "scope", "state", "since", "until", "evidence_until",
    *(f"{use.value.replace('-', '_')}{end}" for use in Use for end in ("", "_date")), "case",
)  # fmt: skip
_LISTS: Final = ("identifiers", "open_conditions", "flags", "depends")
_SCHEMA: Final = {name: pl.String() for name in _TEXTS} | {name: pl.List(pl.String) for name in _LISTS}


def write_table(listings: Sequence[Listing], folder: Path) -> str:
    """Write the table to a folder: ``list.csv``, or ``list.csv.gz`` where it is long; its name.

    UTF-8 with byte order mark, RFC 4180, days as ISO 8601, one value a cell but for lists, joined by ``; ``.
    """
    name = "list.csv" if len(listings) <= PLAIN_ROWS else "list.csv.gz"
    with (folder / name).open("wb") as file:
        if name == "list.csv":
            _write(listings, file)
        else:
            # Without a time or a name in it: the same list is the same file each time.
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                _write(listings, packed)
    return name


def _write(listings: Sequence[Listing], file: BinaryIO | gzip.GzipFile) -> None:
    for start in range(0, max(len(listings), 1), _AT_ONCE):
        rows = list(_rows(listings[start : start + _AT_ONCE]))
        text = flat(pl.DataFrame(rows, schema=_SCHEMA, orient="row")).write_csv(
            include_bom=start == 0, include_header=start == 0, line_terminator="\r\n"
        )
        file.write(text.encode())


def _rows(listings: Sequence[Listing]) -> Iterator[tuple[Any, ...]]:
    for one in listings:
        subject = one.subject
        uses = [part for use in Use for part in (one.uses[use][0], _day(one.uses[use][1]))]
        yield (
            one.entry, one.authority, subject.kind, subject.id, subject.name, subject.maker, subject.category,
            subject.release, subject.tier, subject.territory, subject.scope, one.state.value, _day(one.since),
            _day(one.until), _day(one.evidence_until), *uses, one.case.value if one.case else None,
            [f"{kind}:{text}" for kind, text in subject.identifiers], list(one.open_conditions),
            list(one.flags), list(one.depends),
        )  # fmt: skip


def _day(day: object) -> str | None:
    return None if day is None else str(day)
