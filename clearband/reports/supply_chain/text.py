"""The examination of a supply chain, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from clearband.reports.plain_text import count, visible
from clearband.reports.supply_chain.bans import ban_lines
from clearband.reports.supply_chain.content import Examined, tiers

MOST: Final = 12
_TITLES: Final = {
    "maker": "By maker",
    "home": "By the maker's country",
    "made_in": "By country of production",
}
_SUPPLIERS: Final = 5


def lines(found: Examined) -> Iterator[str]:
    """All that is shown."""
    deep = bool(found.chain["tier"].max())
    for row in tiers(found.chain):
        what = "products" if row["tier"] == 0 else f"parts, tier {row['tier']}"
        yield (
            f"{row['records']:>7,} {what}: {count(row['makers'], 'maker')}, "
            f"{row['unknown']:,} of a maker that the register does not know"
        )
        if deep:
            yield from _suppliers(found.suppliers.filter(tier=row["tier"]))
    for by, table in found.shares.items():
        yield _TITLES[by]
        for row in table.head(MOST).to_dicts():
            yield f"  {_share(row):>6}  {visible(row['name'])}, in {count(row['products'], 'product')}"
        if table.height > MOST:
            yield f"          and {table.height - MOST} more (--json shows all)"
    if deep:
        yield from _single(found.single)
    yield from _points(found.points)
    for one in found.answered:
        yield from ban_lines(one, MOST)


def _share(row: dict[str, Any]) -> str:
    least, most = f"{row['share']:.1%}", f"{row['share_most']:.1%}"
    return least if least == most else f"{least} to {most}"


def _suppliers(rows: pl.DataFrame) -> Iterator[str]:
    told = rows.drop_nulls("maker")
    names = [
        f"{row['maker_name'] or row['maker']} {row['records']:,}" for row in told.head(_SUPPLIERS).to_dicts()
    ]
    if names:
        more = f", and {told.height - _SUPPLIERS} more" if told.height > _SUPPLIERS else ""
        yield f"          {visible('; '.join(names))}{more}"


def _single(single: pl.DataFrame) -> Iterator[str]:
    sure = single.filter("certain")
    more = single.height - sure.height
    perhaps = f", and {more} where the make of some parts is not known" if more else ""
    yield f"Single sources: {sure.height}{perhaps}"
    for row in sure.head(MOST).to_dicts():
        others = row["elsewhere"]
        elsewhere = f"{count(others, 'other maker')} elsewhere" if others else "no other known"
        only = f"{row['product_name']}: {row['function']} only from {row['maker_name']}"
        yield f"  {visible(only)}; {elsewhere}"


def _points(points: pl.DataFrame) -> Iterator[str]:
    if points.is_empty():
        return
    yield "Single points, on which several products hang"
    for row in points.head(MOST).to_dicts():
        what = f"{row['kind']} {row['name']}"
        yield f"  {visible(what)}: {row['products']:,} products ({row['share']:.1%})"
    if points.height > MOST:
        yield f"  and {points.height - MOST} more (--json shows all)"
