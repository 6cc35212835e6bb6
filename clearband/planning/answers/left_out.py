"""Units of work that a search has found no place for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from clearband.planning.optimise.solve import Solution
from clearband.planning.units.assemble import Assembled


def left_out(assembled: Assembled, solution: Solution) -> Iterator[tuple[str, str, int, int]]:
    """By group and region: units without a place, and all units; most first."""
    units = assembled.work.units.sort("unit").with_columns(
        lost=pl.Series(np.asarray(solution.option) < 0, dtype=pl.Boolean)
    )
    by = units.group_by("group", "region").agg(pl.col("lost").sum(), pl.len().alias("all"))
    rows = by.filter(pl.col("lost") > 0).sort("lost", "group", "region", descending=[True, False, False])
    yield from ((str(group), str(region), int(lost), int(all_)) for group, region, lost, all_ in rows.rows())
