"""Read one record of a finished run back, with its findings."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import polars as pl

from clearband.errors import InputError
from clearband.reports.folder.verify import read_run_record
from clearband.reports.plain_text import visible
from clearband.screening.drafts import DRAFTS_SCHEMA

Row = dict[str, Any]
_SEARCHED = 200_000


def read_record(folder: Path, record_id: str) -> tuple[Row, list[Row], list[Row]]:
    """The equipment row, the findings rows of one record, and what each draft says of it.

    Args:
        folder: The folder of the run.
        record_id: As in ``findings.csv``. When several rows carry it (the same asset id twice in the inputs),
            the first is given.

    Raises:
        InputError: The folder is no run, cannot be read, or has no such record (names the nearest one).
    """
    read_run_record(folder)
    try:
        equipment = pl.scan_parquet(folder / "equipment.parquet", glob=False)
        rows = equipment.filter(pl.col("record_id") == record_id).head(1).collect()
        if rows.is_empty():
            ids = equipment.select("record_id").head(_SEARCHED).collect().to_series().drop_nulls().to_list()
            raise _no_such_record(folder, record_id, ids)
        findings = pl.scan_parquet(folder / "findings.parquet", glob=False)
        found = findings.filter(pl.col("record_id") == record_id).collect()
        drafts = _drafts(folder).filter(pl.col("record_id") == record_id).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"cannot be read: {error}", where=str(folder), remedy="screen again; the run is damaged"
        ) from None
    under = drafts.unique("draft", keep="first", maintain_order=True)
    return rows.row(0, named=True), found.to_dicts(), under.to_dicts()


def read_on_lists(folder: Path, record_id: str) -> list[tuple[Row, Row]]:
    """What each approved list said of a record, beside which list it was (as ``run.json`` has it).

    Raises:
        InputError: The folder is no run, or cannot be read.
    """
    held = {one["authority"]: one for one in read_run_record(folder).get("approved", ())}
    table = folder / "approved.parquet"
    if not held or not table.exists():
        return []
    try:
        found = pl.scan_parquet(table, glob=False).filter(pl.col("record_id") == record_id).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"cannot be read: {error}", where=str(table), remedy="screen again; the run is damaged"
        ) from None
    rows = found.unique("list", keep="first", maintain_order=True).to_dicts()
    return [(held[row["list"]], row) for row in rows if row["list"] in held]


def read_drafts(folder: Path) -> pl.DataFrame:
    """What drafts said of each record of a run (`DRAFTS_SCHEMA`); no row where none was asked."""
    return _drafts(folder).collect()


def _drafts(folder: Path) -> pl.LazyFrame:
    table = folder / "drafts.parquet"
    return pl.scan_parquet(table, glob=False) if table.exists() else pl.LazyFrame(schema=DRAFTS_SCHEMA)


def _no_such_record(folder: Path, record_id: str, ids: list[str]) -> InputError:
    near = difflib.get_close_matches(record_id, ids[:5_000], n=1, cutoff=0.5)
    near = near or [one for one in ids if one.casefold().endswith(record_id.casefold())][:1]
    remedy = f"nearest: {visible(near[0], 80)}" if near else "findings.csv lists the record ids"
    return InputError(f"no record {visible(record_id, 80)}", where=str(folder), remedy=remedy)
