"""Limits spelt out: one row a quarter, with the row of a quarter before that for each quarter."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from clearband.planning.network.problems import Cell, Problems, shown
from clearband.planning.network.settings import NetworkSettings
from clearband.planning.network.tables import LIMITS, TABLES


def spelt_out(
    frame: pl.DataFrame, name: str, settings: NetworkSettings, file: str, problems: Problems
) -> tuple[pl.DataFrame, list[str]]:
    """A table of limits with a row for each key and quarter that is limited, and warnings.

    Args:
        frame: As typed: ``quarter`` counts from the first of the horizon and is null for each quarter; a
            limit that is null is none.
        name: ``supply``, ``crews`` or ``money``.

    Returns:
        A key has a row in every quarter but those whose own row, or else row for each quarter, has no number;
        a quarter of which nothing is said has 0 when the key has a number in another.
    """
    value = LIMITS[name]
    keys = [key for key in TABLES[name].key if key != "quarter"]
    if name == "money":
        _refuse_early(frame, settings, file, problems)
        _refuse_partly(frame, file, problems)
    if name == "supply":
        _refuse_spelt_twice(frame, file, problems)
    outside = ~pl.col("quarter").is_between(0, settings.quarters - 1)
    inside = frame.filter(pl.col("quarter").is_null() | ~outside)
    warnings = list(_left_out(frame.height - inside.height, settings, file))
    limited = frame.drop_nulls(value).select(keys).unique()
    quarters = pl.DataFrame({"quarter": pl.int_range(settings.quarters, dtype=pl.Int64, eager=True)})
    each = inside.filter(pl.col("quarter").is_null()).select(*keys, pl.col(value).alias("each"))
    own = inside.filter(pl.col("quarter").is_not_null()).with_columns(said=pl.lit(value=True))
    full = (
        limited.join(quarters, how="cross")
        .join(each.with_columns(for_each=pl.lit(value=True)), on=keys, how="left")
        .join(own, on=[*keys, "quarter"], how="left")
    )
    silent = full.filter(pl.col("said").is_null() & pl.col("for_each").is_null())
    if silent.height and name != "money":
        shown_keys = sorted({" ".join(map(str, row)) for row in silent.select(keys).iter_rows()})
        warnings.append(
            f"{file}: {', '.join(shown_keys[:5])} {'and more ' if len(shown_keys) > 5 else ''}"
            f"have quarters without a row, which count as 0"
        )
    limit = (
        pl.when(pl.col("said").is_not_null())
        .then(pl.col(value))
        .when(pl.col("for_each").is_not_null())
        .then(pl.col("each"))
        .otherwise(0.0)
    )
    result = (
        full.with_columns(limit.alias(value))
        .drop_nulls(value)
        .select(list(TABLES[name].schema))
        .sort([*keys, "quarter"])
    )
    return result, warnings


def _refuse_spelt_twice(frame: pl.DataFrame, file: str, problems: Problems) -> None:
    """Two spellings of one maker have become one, and may stand for the same quarter."""
    twice = frame.filter(frame.select("maker", "role", "quarter").is_duplicated())
    for maker in twice["maker"].unique().drop_nulls().sort().to_list():
        what = f"{shown(maker)} stands twice for one role and quarter"
        problems.add(Cell(file, None, "maker", what, "keep one row"))


def _refuse_early(frame: pl.DataFrame, settings: NetworkSettings, file: str, problems: Problems) -> None:
    early = frame.filter((pl.col("quarter") < 0) & pl.col("amount").is_not_null())
    for owner in early["owner"].to_list()[:5]:
        what = f"money of {owner} before the first quarter, {settings.first_quarter}"
        problems.add(
            Cell(file, None, "quarter", what, f"give what is left of it in {settings.first_quarter}")
        )


def _refuse_partly(frame: pl.DataFrame, file: str, problems: Problems) -> None:
    """Money adds up over quarters, so that one without a limit would be an owner without one."""
    told = pl.col("amount").is_not_null()
    partly = frame.filter(told.any().over("owner") & ~told.all().over("owner"))
    for owner in partly["owner"].unique().sort().to_list():
        what = f"an amount of {shown(owner)} is empty, and others are not"
        problems.add(Cell(file, None, "amount", what, "write 0, or how much; or leave all of them empty"))


def _left_out(count: int, settings: NetworkSettings, file: str) -> Iterator[str]:
    if count:
        rows = "1 row lies" if count == 1 else f"{count} rows lie"
        last = settings.quarter_name(settings.quarters - 1)
        yield f"{file}: {rows} outside of the horizon, {settings.first_quarter} to {last}, and not used"
