"""Patterns: units that need the same things and have to fit the same neighbours have the same choices."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clearband.model.network import Group, Role
from clearband.planning.units.work import Work


@dataclass(frozen=True, slots=True)
class Side:
    """Radio or baseband of a site: a need that is to be filled, or a product that stays."""

    need: int | None
    product: str | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What units need, and which radio and baseband stand together at a site of theirs (rule 3)."""

    needs: tuple[int, ...]
    together: tuple[tuple[Side, Side], ...]


def patterns_of(work: Work) -> tuple[list[Pattern], pl.DataFrame]:
    """All patterns, and ``unit`` with the number of its ``pattern``."""
    needs = work.amounts.sort("unit", "need").group_by("unit", maintain_order=True).agg(pl.col("need"))
    together = (
        _together(work)
        .group_by("unit")
        .agg(
            pl.struct("need_r", "product_r", "maker_r", "need_b", "product_b", "maker_b")
            .sort()
            .alias("together")
        )
    )
    units = needs.join(together, on="unit", how="left").sort("unit")
    key = pl.concat_str(
        pl.col("need").cast(pl.List(pl.String)).list.join(","),
        pl.col("together").map_elements(repr, return_dtype=pl.String, skip_nulls=False),
        separator="/",
    )
    units = units.with_columns(key.alias("key"))
    distinct = units.unique("key", maintain_order=True)
    patterns = [
        Pattern(tuple(row["need"]), tuple(_sides(pair) for pair in row["together"] or ()))
        for row in distinct.iter_rows(named=True)
    ]
    numbers = distinct.select("key").with_row_index("pattern").with_columns(pl.col("pattern").cast(pl.Int64))
    return patterns, units.select("unit", "key").join(numbers, on="key").select("unit", "pattern").sort(
        "unit"
    )


def _sides(pair: dict[str, object]) -> tuple[Side, Side]:
    def side(end: str) -> Side:
        need, product, maker = (pair[f"{name}_{end}"] for name in ("need", "product", "maker"))
        assert need is None or isinstance(need, int)
        assert product is None or isinstance(product, str)
        assert maker is None or isinstance(maker, str)
        return Side(need) if need is not None else Side(None, product, maker)

    return side("r"), side("b")


def _together(work: Work) -> pl.DataFrame:
    """Each unit of radio access with the pairs at its sites, unless both stay."""
    items = work.items.filter(pl.col("group") == Group.RAN.value)
    told = items.select(
        "site",
        "role",
        "unit",
        "need",
        *(pl.when(pl.col("goes").not_()).then(pl.col(name)).alias(name) for name in ("product", "maker")),
    ).unique()
    radios = told.filter(pl.col("role") == Role.RADIO.value).drop("role")
    basebands = told.filter(pl.col("role") == Role.BASEBAND.value).drop("role")
    both = radios.join(basebands, on="site", suffix="_b").rename(
        {"unit": "unit_r", "need": "need_r", "product": "product_r", "maker": "maker_r"}
    )
    unit = pl.coalesce("unit_r", "unit_b").alias("unit")
    names = ("need_r", "product_r", "maker_r", "need_b", "product_b", "maker_b")
    return both.select(unit, *names).filter(pl.col("unit").is_not_null()).unique()
