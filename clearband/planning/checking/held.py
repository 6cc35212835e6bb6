"""The rows of a plan held against the items of the network: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.planning.checking.network import Network
from clearband.planning.checking.plan import Plan
from clearband.planning.checking.settings import Settings

MILLIONTHS: Final = 1_000_000
"""Quantities are added as whole millionths of a unit, so that no sum hangs on the order of rows."""

_NAMES: Final = ("item", "site", "cluster", "group", "role", "product", "maker")
_GROUP_OF: Final = {"radio": "ran", "baseband": "ran"}


@dataclass(frozen=True)
class Held:
    """A plan against its network.

    Args:
        network: The network.
        going: Items that must go: item, site, cluster, group, role, product and maker.
        staying: All other items: the same with their units.
        work: The rows of the plan as they stand, with the number of their quarters (``q`` and ``gone``).
        rows: Those that name an item that must go, a known product and a quarter: one row an item, with what
            the network says of the item (never what the plan says of it), what the catalogue says of the
            product, ``q`` and ``gone``, ``units`` in millionths, and ``price`` (null: not told).
    """

    network: Network
    going: pl.DataFrame
    staying: pl.DataFrame
    work: pl.DataFrame
    rows: pl.DataFrame

    @property
    def settings(self) -> Settings:
        """The settings of the network."""
        return self.network.settings


def hold(network: Network, plan: Plan) -> Held:
    """Join a plan to its network."""
    settings = network.settings
    items = _items(network)
    goes = pl.col("must_go").is_in(["yes", "unknown"] if settings.unknown == "replace" else ["yes"])
    going = items.filter(goes).drop("must_go")
    staying = items.filter(~goes).select(*_NAMES, "units")
    del items  # large, and not needed while the rows are joined
    calendar = settings.calendar
    # A row that stands twice in the same words is told once, as an item that stands twice.
    work = plan.work.with_columns(
        q=calendar.numbers(pl.col("quarter")), gone=calendar.numbers(pl.col("removed"))
    )
    chosen = work.select("item", "product", "q", "gone", planned=pl.col("quantity"))
    if chosen["item"].is_duplicated().any():
        chosen = chosen.unique()
    products = network.products.select(
        "product",
        "approved",
        "maker",
        product_role="role",
        product_bands="bands",
        product_generations="generations",
        lead=pl.col("lead_quarters").fill_null(0),
        price=f"price_{settings.price}",
        hours=pl.col("install_hours").fill_null(0.0),
        new_yearly=pl.col("yearly_cost").fill_null(0.0),
    )
    rows = (
        going.drop("product", "maker")
        .join(chosen.filter(pl.col("q").is_not_null()), on="item")
        .join(products, on="product")
    )
    return Held(network, going.select(_NAMES), staying, work, rows)


def _items(network: Network) -> pl.DataFrame:
    """The installed items with their places. What is not told is not known."""
    return (
        network.installed.join(network.sites.select("site", "cluster", "criticality"), on="site", how="left")
        .join(network.clusters.drop("after"), on="cluster", how="left")
        .with_columns(
            pl.col("criticality").fill_null(1.0),
            pl.col("yearly_cost").fill_null(0.0),
            pl.col("must_go").fill_null("unknown"),
            pl.col("region", "owner").fill_null(""),
            group=pl.col("role").replace(_GROUP_OF),
            units=(pl.col("quantity") * MILLIONTHS).round().cast(pl.Int64),
        )
    )


def in_units(column: str = "units") -> pl.Expr:
    """A sum of millionths as units."""
    return pl.col(column).cast(pl.Float64) / MILLIONTHS
