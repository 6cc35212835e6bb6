"""Parquet: columns of the equipment table as they are, the others by their names."""

from __future__ import annotations

import io
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable

_MERGED: Final = "it holds merged records, of which not all is read: screen the run itself with --again"


def read_parquet(data: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read a Parquet file.

    Raises:
        InputError: The file is damaged or exceeds a limit.
    """
    frame = load_parquet(data, file, options)
    typed: dict[str, pl.Series] = {}
    texts: list[pl.Series] = []
    for series in frame.iter_columns():
        target = EQUIPMENT_SCHEMA.get(series.name)
        if target is not None and not isinstance(target, type(pl.String)) and series.name != "macs":
            try:
                typed[series.name] = series.cast(target)
                continue
            except pl.exceptions.PolarsError:
                pass
        texts.append(as_text(series))
    if "record_id" in frame.columns and "source" in frame.columns and frame["source"].dtype == pl.String:
        typed["source"] = frame["source"]
        texts = [series for series in texts if series.name != "source"]
    return RawTable(
        file=file,
        sheet=None,
        format="parquet",
        header=tuple(series.name for series in texts),
        cells=pl.DataFrame([series.alias(str(index)) for index, series in enumerate(texts)]),
        rows=pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True),
        typed=typed,
        has_totals=False,
        warnings=(_MERGED,) if "merged_from" in frame.columns else (),
    )


def load_parquet(data: bytes, file: str, options: ReadOptions) -> pl.DataFrame:
    """A Parquet file within the limits.

    Raises:
        InputError: The file is damaged or exceeds a limit.
    """
    try:
        plan = pl.scan_parquet(io.BytesIO(data))
        width = len(plan.collect_schema())
        height = plan.select(pl.len()).collect().item()
        if width <= options.max_columns and width * height <= options.max_cells:
            return pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        raise InputError(
            "the Parquet file is truncated or damaged", where=file, remedy="export or copy it again"
        ) from None
    raise InputError(
        f"{height} rows of {width} columns are more than is read", where=file, remedy="split the file"
    )


def as_text(series: pl.Series) -> pl.Series:
    """A column as text; what has no text, such as raw bytes, is null."""
    dtype = series.dtype
    if dtype == pl.String:
        return series
    if isinstance(dtype, pl.Duration):
        return series.dt.to_string("iso")
    if isinstance(dtype, pl.List) and not (dtype.inner.is_nested() or dtype.inner == pl.Duration):
        return series.cast(pl.List(pl.String)).list.join("\n").alias(series.name)
    if dtype.is_nested():
        return pl.Series(
            series.name, [None if v is None else str(v) for v in series.to_list()], dtype=pl.String
        )
    if dtype == pl.Binary:
        return pl.Series(series.name, [None] * len(series), dtype=pl.String)
    return series.cast(pl.String)
