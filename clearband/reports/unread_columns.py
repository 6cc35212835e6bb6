"""Columns that were kept unread although makers are named in them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """One such column.

    Attributes:
        column: Its name in the input.
        records: Records in which it names a maker that a list or watch names.
        makers: Ids of those makers, most often named first.
    """

    column: str
    records: int
    makers: tuple[str, ...]


def summary_of_unread(equipment: pl.DataFrame) -> tuple[UnreadColumn, ...]:
    """The unread columns that name makers, by the mentions found in them; most records first."""
    named = (
        equipment.lazy()
        .filter(pl.col("mentions").list.len() > 0)
        .select("record_id", "mentions")
        .explode("mentions")
        .unnest("mentions")
        .filter(pl.col("signal").str.starts_with(EXTRA_PREFIX))
        .group_by("signal", "maker")
        .agg(pl.col("record_id").n_unique().alias("records"))
        .sort("records", "maker", descending=[True, False])
        .collect()
    )
    columns = named.group_by("signal", maintain_order=True).agg(pl.col("records").sum(), "maker")
    return tuple(
        UnreadColumn(row["signal"].removeprefix(EXTRA_PREFIX), row["records"], tuple(row["maker"]))
        for row in columns.sort("records", "signal", descending=[True, False]).iter_rows(named=True)
    )
