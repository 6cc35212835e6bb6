"""A screened chunk on disk: its part, its counts, and what the journal notes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from clearband.errors import InputError
from clearband.runs.journal import write_staged, write_staged_folder
from clearband.runs.kernel import Screened
from clearband.runs.part import Column, columns_beside
from clearband.runs.part_file import write_part, write_part_of
from clearband.runs.tally import Tally, tally
from clearband.sources.stream import Chunk


def write_chunk(
    chunk: Chunk,
    screened: Screened,
    label: str,
    kept: Sequence[str],
    id_column: str | None,
    part: Path,
    counts: Path,
    *,
    every_case: bool = False,
) -> dict[str, Any]:
    """Write a chunk, durable when this returns.

    Args:
        label: What its file is called.
        kept: Columns of the input that the part has.
        id_column: The one that names the records.
        part: The Parquet file to write.
        counts: The folder to write for its counts.
        every_case: The counts tell all their cases, not only those that the kernel has not met before.

    Returns:
        What a journal notes of it, as plain JSON values.

    Raises:
        InputError: The file was changed meanwhile.
        OutputError: It cannot be written.
    """
    sha256, size = write_staged(part, lambda path: _write_part(chunk, screened, label, kept, path))
    ids = screened.frame[id_column] if id_column else None
    counted = tally(screened, ids, label, every_case=every_case)
    write_staged_folder(counts, counted.write)
    return {
        "sha256": sha256,
        "bytes": size,
        "begin": chunk.begin.as_json(),
        "end": chunk.end.as_json(),
        "rows": chunk.frame.height,
        "records": screened.frame.height,
        "passed_over": {reason: rows for reason, rows in screened.batch.skipped.items() if rows},
        "answers": _by_answer(counted),
        "warnings": list(chunk.warnings),
    }


def changed(label: str) -> InputError:
    """An input is not what it was when the run began."""
    return InputError(
        "was changed since the run began", where=label, remedy="begin a new run in another folder"
    )


def _write_part(chunk: Chunk, screened: Screened, label: str, kept: Sequence[str], path: Path) -> None:
    found = screened.batch

    def added(begin: int, rows: int) -> list[Column]:
        return columns_beside(
            screened.rows.slice(begin, rows), screened.units.slice(begin, rows),
            found.unreadable.slice(begin, rows), screened.beside, screened.numbers.slice(begin, rows), label,
        )  # fmt: skip

    if chunk.groups is not None and found.keep is None:
        try:
            write_part_of(chunk.groups, kept, added, path)
        except ValueError:
            raise changed(label) from None
    else:
        write_part(screened.frame.select(kept), added(0, screened.frame.height), path)


def _by_answer(counts: Tally) -> dict[str, int]:
    summed = counts.sites.group_by("answer").agg(pl.col("records").sum()).sort("answer")
    return dict(summed.iter_rows())
