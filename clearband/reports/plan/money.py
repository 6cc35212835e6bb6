"""What a plan spends, on what, and what comes back: from its rows, by kind, grade and owner."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.checking.objective import discount
from clearband.planning.checking.spending import FLOW, refunds

KINDS: Final = ("equipment", "installing", "taking down", "visits")
_KEYS: Final = ("owner", "group", "q")


def spending(held: Held) -> pl.DataFrame:
    """All spending with its kind.

    Returns:
        ``kind`` (`KINDS`) and the columns of `clearband.planning.checking.spending.FLOW`.
    """
    settings = held.settings
    lines = lines_of(held)
    visits = (
        held.rows.select(*_KEYS, "cluster", "site")
        .unique()
        .group_by(_KEYS)
        .agg(amount=pl.len().cast(pl.Float64) * settings.visit_cost)
    )
    parts = {
        "equipment": lines.select(*_KEYS, amount="equipment"),
        "installing": lines.select(*_KEYS, amount="installing"),
        "taking down": lines.select(
            "owner", "group", pl.col("q") + settings.overlap_quarters, amount="taking_down"
        ),
        "visits": visits,
    }
    flows = [
        part.group_by(_KEYS)
        .agg(pl.col("amount").sum())
        .select(pl.lit(kind).alias("kind"), *(pl.col(name).cast(form) for name, form in FLOW.items()))
        for kind, part in parts.items()
    ]
    return pl.concat(flows).sort("kind", *_KEYS)


def lines_of(held: Held) -> pl.DataFrame:
    """The rows of the plan with their money, visits left out.

    Returns:
        ``held.rows`` with ``equipment``, ``installing``, ``taking_down`` in money, ``install_hours`` and
        ``down_hours``.
    """
    settings = held.settings
    hours = pl.col("quantity") * pl.col("hours")
    return held.rows.with_columns(
        equipment=pl.col("quantity") * pl.col("price").fill_null(0.0),
        install_hours=hours,
        down_hours=hours * settings.removal_share,
        installing=hours * settings.labour_rate,
        taking_down=hours * settings.labour_rate * settings.removal_share,
    )


def came_back(held: Held, spent: pl.DataFrame) -> pl.DataFrame:
    """Refunds of what was spent, as a table of money."""
    return refunds(spent.drop("kind"), held.settings)


def discounted(held: Held, flow: pl.DataFrame) -> float:
    """What a table of money is worth in the first quarter."""
    settings = held.settings
    worth = {q: discount(q, settings) for q in flow["q"].unique()}
    return float((flow["amount"] * flow["q"].replace_strict(worth, return_dtype=pl.Float64)).sum())


def running(held: Held) -> dict[str, float]:
    """Yearly cost over the horizon, discounted: of the ``old`` until it is replaced, of the ``new`` after."""
    settings = held.settings
    quarters = pl.int_ranges(0, pl.col("q").clip(0, settings.quarters))
    later = pl.int_ranges(pl.col("q").clip(0, settings.quarters), settings.quarters)
    found = {}
    for name, column, span in (("old", "yearly_cost", quarters), ("new", "new_yearly", later)):
        flow = (
            held.rows.group_by("q")
            .agg(amount=(pl.col("quantity") * pl.col(column)).sum() / 4)
            .with_columns(q=span)
            .explode("q", empty_as_null=True)
            .drop_nulls("q")
        )
        found[name] = discounted(held, flow)
    return found


def by_grade(held: Held) -> pl.DataFrame:
    """Units and money of equipment by the grade of its price, ``-`` where the catalogue tells none.

    Returns:
        ``grade``, ``products``, ``units``, ``amount``, sorted by grade.
    """
    grades = held.network.products.select("product", grade=pl.col("price_grade").fill_null("-"))
    return (
        lines_of(held)
        .join(grades, on="product")
        .group_by("grade")
        .agg(
            products=pl.col("product").n_unique(),
            units=pl.col("quantity").sum(),
            amount=pl.col("equipment").sum(),
        )
        .sort("grade")
    )


def balance(held: Held, spent: pl.DataFrame) -> pl.DataFrame:
    """Money of each owner to the end of each quarter of the horizon.

    Returns:
        ``owner``, ``q``, and since the begin ``spent``, ``back`` and ``new`` (null: no limit), the largest
        spender first.
    """
    settings = held.settings
    back = came_back(held, spent)
    owners = (
        spent.group_by("owner")
        .agg(total=pl.col("amount").sum())
        .sort("total", "owner", descending=[True, False])
    )
    grid = owners.select("owner").join(
        pl.DataFrame({"q": range(settings.quarters)}, schema={"q": pl.Int64}),
        how="cross",
        maintain_order="left",
    )
    limits = held.network.money.select("owner", q="quarter", new="amount").filter(
        pl.len().over("owner") == settings.quarters
    )
    for name, flow in (("spent", spent), ("back", back)):
        sums = flow.group_by("owner", pl.col("q").clip(0)).agg(pl.col("amount").sum().alias(name))
        grid = grid.join(sums, on=["owner", "q"], how="left", maintain_order="left").with_columns(
            pl.col(name).fill_null(0.0).cum_sum().over("owner")
        )
    return grid.join(limits, on=["owner", "q"], how="left", maintain_order="left").with_columns(
        pl.col("new").cum_sum().over("owner")
    )
