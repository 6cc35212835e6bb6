"""Rules 1 to 3: work units, what may replace what, and makers that work together."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.checking.violation import ABSOLUTE, above, together, violations

_UNIT: Final = ("cluster", "group")


def units(held: Held) -> pl.DataFrame:
    """Rule 1: a unit is replaced in one quarter and taken down after the overlap, within the horizon."""
    later, last = held.settings.overlap_quarters, held.settings.quarters - 1
    quarters = held.rows.group_by(_UNIT).agg(first=pl.col("q").min(), last=pl.col("q").max())
    spread = quarters.filter(pl.col("last") > pl.col("first"))
    placed = (
        held.rows.select(*_UNIT, "q", "gone")
        .unique()
        .with_columns(quarter="q", found="gone", limit=pl.col("q") + later)
    )
    before = quarters.filter(pl.col("first") < 0).with_columns(quarter="first", found="first", limit=0)
    after = quarters.with_columns(quarter="last", found=pl.col("last") + later, limit=last)
    return together(
        violations(
            spread.with_columns(quarter="last", found="last", limit="first"),
            "1",
            "is replaced in more than one quarter",
            unit="quarters",
        ),
        violations(
            placed.filter(pl.col("gone") != pl.col("limit")),
            "1",
            "is taken down in another quarter than the overlap says",
            unit="quarters",
        ),
        violations(before, "1", "is replaced before the horizon", unit="quarters", at_least=True),
        violations(
            after.filter(pl.col("found") > pl.col("limit")),
            "1",
            "is taken down after the horizon",
            unit="quarters",
        ),
    )


def replacements(held: Held) -> pl.DataFrame:
    """Rule 2: the same quantity of one approved product of the role, with the bands and the generation."""
    rows = held.rows.with_columns(quarter="q")
    approved = ["yes", "conditional"] if held.settings.conditional else ["yes"]
    quantities = rows.with_columns(found="planned", limit="quantity").filter(
        pl.col("found").is_null()
        | ((pl.col("found") - pl.col("limit")).abs() > ABSOLUTE * (1 + pl.col("limit").abs()))
    )
    return together(
        violations(quantities, "2", "is replaced by another quantity", unit="units"),
        violations(
            rows.filter(pl.col("product_role") != pl.col("role")),
            "2",
            "is replaced by a product of another role",
        ),
        violations(
            rows.filter(~pl.col("approved").fill_null("unknown").is_in(approved)),
            "2",
            "is replaced by a product that is not approved",
        ),
        violations(
            _not_holding(rows, "bands", "product_bands"),
            "2",
            "is replaced by a product without all its bands",
        ),
        violations(
            _not_holding(rows, "generation", "product_generations"),
            "2",
            "is replaced by a product without its generation",
        ),
        violations(
            rows.filter(pl.col("price").is_null()),
            "2",
            "is replaced by a product without a price",
        ),
    )


def _not_holding(rows: pl.DataFrame, needed: str, offered: str) -> pl.DataFrame:
    """Rows whose product does not have all that the item has; a product that says nothing has any."""
    distinct = rows.select(needed, offered).unique().drop_nulls()
    wrong = distinct.filter(_words(needed).list.set_difference(_words(offered)).list.len() > 0)
    return rows.join(wrong, on=[needed, offered], how="semi")


def _words(column: str) -> pl.Expr:
    words = pl.col(column).str.split(";").list.eval(pl.element().str.strip_chars())
    return words.list.eval(pl.element().filter(pl.element() != ""))


def makers(held: Held) -> pl.DataFrame:
    """Rule 3: one maker a role in a unit; radio and baseband of a site of one maker, or certified."""
    counted = held.rows.group_by(*_UNIT, "role").agg(
        found=pl.col("maker").n_unique(), quarter=pl.col("q").min(), limit=pl.lit(1)
    )
    return together(
        violations(
            counted.filter(above("found", "limit")), "3", "has several makers of one role", unit="makers"
        ),
        violations(_apart(held), "3", "has a radio that is not certified with a baseband of another maker"),
    )


def _apart(held: Held) -> pl.DataFrame:
    """Sites with a radio and a baseband that do not go together, where at least one of them is new."""
    columns = ("site", "cluster", "role", "product", "maker")
    end = pl.concat(
        [
            held.rows.select(*columns, pl.lit(value=True).alias("new")),
            held.staying.select(*columns, pl.lit(value=False).alias("new")),
        ]
    )
    radios, basebands = (end.filter(pl.col("role") == role).unique() for role in ("radio", "baseband"))
    both = radios.join(basebands.drop("cluster", "role"), on="site", suffix="_baseband")
    # What the network has already, no plan can mend. A maker that is not told is taken as another one.
    apart = both.filter(
        (pl.col("new") | pl.col("new_baseband"))
        & pl.col("maker").eq(pl.col("maker_baseband")).fill_null(value=False).not_()
    )
    return apart.join(
        held.network.pairs,
        left_on=["product", "product_baseband"],
        right_on=["radio", "baseband"],
        how="anti",
    ).drop("role")
