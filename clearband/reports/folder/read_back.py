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
from clearband.screening.merging import KEPT_APART

Row = dict[str, Any]
_SEARCHED = 200_000


def read_record(folder: Path, record_id: str) -> tuple[Row, list[Row], list[Row]]:
    """The equipment row, the findings rows of one record, and what each draft says of it.

    Args:
        folder: The folder of the run.
        record_id: As in ``findings.csv``, or that of a record which became one with others. When several rows
            carry it (the same asset id twice in the inputs), the first is given.

    Raises:
        InputError: The folder is no run, cannot be read, or has no such record (names the nearest one).
    """
    read_run_record(folder)
    try:
        equipment = pl.scan_parquet(folder / "equipment.parquet", glob=False)
        rows = equipment.filter(pl.col("record_id") == record_id).head(1).collect()
        if rows.is_empty() and "merged_from" in equipment.collect_schema():
            rows = equipment.filter(_became(record_id)).head(1).collect()
        if rows.is_empty():
            ids = equipment.select("record_id").head(_SEARCHED).collect().to_series().drop_nulls().to_list()
            raise no_such_record(folder, record_id, ids)
        row = rows.row(0, named=True)
        record_id = row["record_id"]
        findings = pl.scan_parquet(folder / "findings.parquet", glob=False)
        found = findings.filter(pl.col("record_id") == record_id).collect()
        drafts = _drafts(folder).filter(pl.col("record_id") == record_id).collect()
        row["kept_apart"] = _kept_apart(read_merges(folder), record_id)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"cannot be read: {error}", where=str(folder), remedy="screen again; the run is damaged"
        ) from None
    under = drafts.unique("draft", keep="first", maintain_order=True)
    return row, found.to_dicts(), under.to_dicts()


def _became(record_id: str) -> pl.Expr:
    """Records that were merged of one with this id and others."""
    own = pl.element().struct.field("record_id") == record_id
    return pl.col("merged_from").list.eval(own).list.any()


def _kept_apart(merges: pl.DataFrame | None, record_id: str) -> list[str]:
    """With what a record was not merged though they share something, in words."""
    if merges is None:
        return []
    told = (pl.col("outcome") == KEPT_APART) & pl.col("record_ids").list.contains(record_id)
    return merges.filter(told)["reason"].to_list()


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


def read_merges(folder: Path) -> pl.DataFrame | None:
    """Which records of a run were merged, and which kept apart; None where nothing was."""
    table = folder / "merges.parquet"
    return pl.read_parquet(table, glob=False) if table.exists() else None


def _drafts(folder: Path) -> pl.LazyFrame:
    table = folder / "drafts.parquet"
    return pl.scan_parquet(table, glob=False) if table.exists() else pl.LazyFrame(schema=DRAFTS_SCHEMA)


def no_such_record(folder: Path, record_id: str, ids: list[str]) -> InputError:
    """The error for an id that no record of a run has; names the nearest."""
    bare = record_id.casefold().lstrip("0")
    # A spreadsheet that lost the leading zeros, or only the end of an id, tells more than likeness.
    near = [one for one in ids if bare and one.casefold().lstrip("0") == bare][:1]
    near = near or difflib.get_close_matches(record_id, ids[:5_000], n=1, cutoff=0.5)
    near = near or [one for one in ids if one.casefold().endswith(record_id.casefold())][:1]
    remedy = f"nearest: {visible(near[0], 80)}" if near else "findings.csv lists the record ids"
    return InputError(f"no record {visible(record_id, 80)}", where=str(folder), remedy=remedy)
