"""Violations as one table, and what counts as over a limit."""

from __future__ import annotations

from typing import Final

import polars as pl

RELATIVE: Final = 1e-6
ABSOLUTE: Final = 1e-6
"""A limit holds up to both together: ``limit + 1e-6 * |limit| + 1e-6``, in the unit of the limit."""

WHERE: Final = (
    *("item", "site", "cluster", "group", "role", "region", "market", "owner", "product", "maker", "quarter"),
)
"""The columns that say where; null where one does not matter."""

SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "rule": pl.String,
    "what": pl.String,
    **{column: pl.Int64 if column == "quarter" else pl.String for column in WHERE},
    "found": pl.Float64,
    "limit": pl.Float64,
    "over": pl.Float64,
    "unit": pl.String,
}
"""One row a violation. ``quarter`` is the number from 0. ``found`` and ``limit`` are what there is and what
may be, ``over`` the distance, in ``unit``; null where a violation is no matter of more or less."""


def slack(limit: pl.Expr) -> pl.Expr:
    """How far over a limit is still taken as held: sums of floating point are no more exact."""
    return limit.abs() * RELATIVE + ABSOLUTE


def above(found: str, limit: str) -> pl.Expr:
    """Whether a column is over its limit."""
    return pl.col(found) > pl.col(limit) + slack(pl.col(limit))


def violations(
    frame: pl.DataFrame, rule: str, what: str, *, unit: str | None = None, at_least: bool = False
) -> pl.DataFrame:
    """Rows that break a rule, as violations.

    Args:
        frame: One row a violation, with those columns of `WHERE` that matter, and with ``found`` and
            ``limit`` where it is a matter of more or less.
        rule: Its name.
        what: What is wrong, in words that follow the place.
        unit: Of ``found`` and ``limit``.
        at_least: The limit is the least there must be, not the most.
    """
    columns: dict[str, pl.Expr] = {
        name: pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in SCHEMA.items()
    }
    columns["rule"] = pl.lit(rule).alias("rule")
    columns["what"] = pl.lit(what).alias("what")
    columns["unit"] = pl.lit(unit, pl.String).alias("unit")
    distance = columns["limit"] - columns["found"] if at_least else columns["found"] - columns["limit"]
    columns["over"] = distance.alias("over")
    return frame.select(columns.values())


def together(*parts: pl.DataFrame) -> pl.DataFrame:
    """Several tables of violations as one."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
