"""The rows of a plan held against the items of the network: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.network import GROUP_OF
from clearband.planning.checking.calendar import numbers
from clearband.planning.checking.plan import Plan
from clearband.planning.network import Network, NetworkSettings

_NAMES: Final = ("item", "site", "cluster", "group", "role", "product", "maker")
_GROUPS: Final = {str(role): str(group) for role, group in GROUP_OF.items()}


@dataclass(frozen=True)
class Held:
    """A plan against its network.

    Args:
        network: The network.
        going: Items that must go: item, site, cluster, group, role, product and maker.
        staying: All other items: the same with their quantity.
        work: The rows of the plan as they stand, with the number of their quarters (``q`` and ``gone``).
        rows: Those that name an item that must go, a known product and a quarter: one row an item, with what
            the network says of the item (never what the plan says of it), what the catalogue says of the
            product, ``q`` and ``gone``, and ``price`` (null: not told).
    """

    network: Network
    going: pl.DataFrame
    staying: pl.DataFrame
    work: pl.DataFrame
    rows: pl.DataFrame

    @property
    def settings(self) -> NetworkSettings:
        """The settings of the network."""
        return self.network.settings


def hold(network: Network, plan: Plan) -> Held:
    """Join a plan to its network."""
    settings = network.settings
    items = _items(network)
    goes = pl.col("must_go").is_in(["yes", "unknown"] if settings.unknown == "replace" else ["yes"])
    going = items.filter(goes).drop("must_go")
    staying = items.filter(~goes).select(*_NAMES, "quantity")
    del items  # large, and not needed while the rows are joined
    # A row that stands twice in the same words is told once, as an item that stands twice.
    work = plan.work.with_columns(
        q=numbers(pl.col("quarter"), settings), gone=numbers(pl.col("removed"), settings)
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
        lead="lead_quarters",
        price=settings.price_column,
        hours="install_hours",
        new_yearly="yearly_cost",
    )
    rows = (
        going.drop("product", "maker")
        .join(chosen.filter(pl.col("q").is_not_null()), on="item")
        .join(products, on="product")
    )
    return Held(network, going.select(_NAMES), staying, work, rows)


def _items(network: Network) -> pl.DataFrame:
    """The installed items with their places.

    Raises:
        InputError: An item has a site, or a site a cluster, that no table has.
    """
    for child, parent, column in (
        (network.sites, network.clusters, "cluster"),
        (network.installed, network.sites, "site"),
    ):
        strange = child.join(parent, on=column, how="anti")[column]
        if len(strange):
            what = f'{column} "{strange.sort()[0]}" is used and not in the table {column}s'
            raise InputError(what, where="the network", remedy="add it, or run clearband plan check")
    return (
        network.installed.drop("why")
        .join(network.sites.select("site", "cluster", "criticality"), on="site", how="left")
        .join(network.clusters.drop("after"), on="cluster", how="left")
        .with_columns(group=pl.col("role").replace_strict(_GROUPS, return_dtype=pl.String))
    )


def as_float(column: str) -> pl.Expr:
    """A sum of whole units, exact, as floating point."""
    return pl.col(column).cast(pl.Float64)
