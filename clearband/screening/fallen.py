"""Which records rest on entries of an approved list that would fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from clearband.model.listing import Listing
from clearband.screening.approved import on_the_list
from clearband.screening.approved_list import ApprovedList


def records_that_lose(
    equipment: pl.DataFrame, before: ApprovedList, certain: Sequence[Listing], possible: Sequence[Listing]
) -> pl.DataFrame:
    """Records that might be bought or expanded by the list, and no longer may.

    Args:
        equipment: Equipment with verdicts.
        before: The list as it stands.
        certain: It, with what is certainly lost.
        possible: It, with what may be lost.

    Returns:
        ``network``, ``entry``, ``certain``, ``possible`` (records), the most first.
    """
    said = [
        on_the_list(equipment, one, _any)["list_says"]
        for one in (
            before,
            replace(before, listings=tuple(certain)),
            replace(before, listings=tuple(possible)),
        )
    ]
    network = pl.coalesce("network", "site").fill_null("not told")
    rows = equipment.select(network=network).with_columns(
        on_the_list(equipment, before, _any)["list_entry"].alias("entry"),
        *(series.alias(name) for series, name in zip(said, ("was", "sure", "may"), strict=True)),
    )
    lost = rows.filter((pl.col("was") == "buy") & (pl.col("may") != "buy"))
    sure = pl.col("sure") != "buy"
    return (
        lost.group_by("network", "entry")
        .agg(certain=sure.sum(), possible=(~sure).sum())
        .sort("certain", "possible", "network", "entry", descending=[True, True, False, False])
    )


def _any(category: str, maker: str) -> bool:
    """Who else makes such things is not asked here."""
    return True
