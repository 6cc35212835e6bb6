"""Where the units of a problem stand in a plan that was read."""

from __future__ import annotations

import numpy as np
import polars as pl

from clearband.model.network import quarter_number
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled


def placed(assembled: Assembled, work: pl.DataFrame) -> tuple[Ints, Ints]:
    """Option and quarter of each unit, by ``work.csv``; -1 for a unit that is not in it or done otherwise.

    Args:
        work: With ``item``, ``product`` and ``quarter`` as text.
    """
    problem, start = assembled.problem, assembled.network.settings.start
    option = np.full(len(problem.unit_class), -1, dtype=np.int64)
    quarter = option.copy()
    rows = (
        assembled.work.items.filter(pl.col("goes"))
        .select("item", "unit", "need")
        .join(work.select("item", new="product", at="quarter"), on="item")
        .group_by("unit", "need")
        .agg(pl.col("new").first(), pl.col("at").first())
        .sort("unit", "need")
        .group_by("unit", maintain_order=True)
        .agg("new", pl.col("at").first())
    )
    numbers = [
        {tuple(offer.product for offer in one.offers): k for k, one in enumerate(found)}
        for found in assembled.choices
    ]
    first: dict[tuple[int, int], int] = {
        (int(c), int(choice)): o
        for o, (c, choice) in enumerate(zip(problem.options.of, assembled.choice, strict=True))
    }
    for unit, products, at in rows.iter_rows():
        c = int(problem.unit_class[unit])
        choice = numbers[int(assembled.pattern[c])].get(tuple(products))
        try:
            when = quarter_number(at) - start
        except (TypeError, ValueError):
            continue
        if choice is not None and (c, choice) in first and 0 <= when < problem.quarters - problem.overlap:
            option[unit], quarter[unit] = first[c, choice], when
    return option, quarter
