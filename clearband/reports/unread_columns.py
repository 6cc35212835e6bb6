"""Columns that were kept unread although makers are named in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """One such column.

    Attributes:
        column: Its name in the input.
        records: Records in which it names a maker that a list or watch names.
        makers: Ids of those makers, most often named first.
        field: The field that its texts look like and that no column of the input fills; None
            where they look like none that is free.
    """

    column: str
    records: int
    makers: tuple[str, ...]
    field: str | None = None


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
    texts = _texts(equipment)
    free = tuple(name for name in _FIELDS if not equipment[name].count())
    columns = named.group_by("signal", maintain_order=True).agg(pl.col("records").sum(), "maker")
    return tuple(
        UnreadColumn(
            row["signal"].removeprefix(EXTRA_PREFIX),
            row["records"],
            tuple(row["maker"]),
            _field_of(texts[row["signal"]], free),
        )
        for row in columns.sort("records", "signal", descending=[True, False]).iter_rows(named=True)
    )


_FIELDS: Final = ("sys_descr", "manufacturer", "description", "notes")
_SELF_DESCRIPTION: Final = re.compile(
    r"(?i)\b(?:software|firmware|version|kernel|linux|platform|V\d+R\d+\w*)\b"
)
_WORDS_OF_A_NAME: Final = 4
_SAMPLE: Final = 200


def _texts(equipment: pl.DataFrame) -> dict[str, list[str]]:
    """Some of the texts that name makers, by unread column."""
    found = (
        equipment.lazy()
        .select(pl.col("mentions").explode())
        .unnest("mentions")
        .filter(pl.col("signal").str.starts_with(EXTRA_PREFIX))
        .group_by("signal")
        .agg(pl.col("text").unique().sort().head(_SAMPLE))
        .collect()
    )
    return dict(found.iter_rows())


def _field_of(texts: Sequence[str], free: Sequence[str]) -> str | None:
    """What most of the texts look like, where no column fills that field yet: to map one unmaps the other."""
    long = [text for text in texts if len(text.split()) > _WORDS_OF_A_NAME]
    own = [text for text in long if _SELF_DESCRIPTION.search(text)]
    half = len(texts) / 2
    if len(own) > half:
        wanted: tuple[str, ...] = ("sys_descr",)
    elif len(long) > half:
        wanted = ("description", "notes")
    else:
        wanted = ("manufacturer",)
    return next((name for name in wanted if name in free), None)
