"""What must go, and which products may take its place (rules 1 and 2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from clearband.model.network import GROUP_OF, Approval, MustGo
from clearband.planning.network.network import Network

KIND = ("role", "bands", "generation")
"""What decides which products fit an item."""


@dataclass(frozen=True)
class Product:
    """A product that may be bought; no bands or generations means any."""

    name: str
    maker: str
    role: str
    bands: frozenset[str]
    generations: frozenset[str]
    hours: float
    lead: int

    def lacks(self, bands: str | None, generation: str | None) -> tuple[str, ...]:
        """Bands and generation of an item that it does not have; nothing when it fits."""
        missing = sorted(set((bands or "").split(";")) - {""} - self.bands) if self.bands else []
        if generation and self.generations and generation not in self.generations:
            missing.append(generation)
        return tuple(missing)


class Demand:
    """What must go in a network, by kind, with the products that fit.

    A product that may be bought is approved (or approved with conditions, where the settings allow them) and
    has a price of the level that the settings name.
    """

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """Approvals with which a product may be bought."""
        conditional = (Approval.CONDITIONAL.value,) if self.network.settings.conditional else ()
        return (Approval.YES.value, *conditional)

    @cached_property
    def items(self) -> pl.DataFrame:
        """Items that are replaced, with ``cluster`` and ``group``; those of unknown sites are left out."""
        words = [MustGo.YES.value]
        if self.network.settings.unknown == "replace":
            words.append(MustGo.UNKNOWN.value)
        groups = {role.value: group.value for role, group in GROUP_OF.items()}
        return (
            self.network.installed.filter(pl.col("must_go").is_in(words))
            .join(self.network.sites.select("site", "cluster"), on="site", maintain_order="left")
            .with_columns(pl.col("role").replace_strict(groups, return_dtype=pl.String).alias("group"))
        )

    @cached_property
    def staying(self) -> pl.DataFrame:
        """Items that stay."""
        return self.network.installed.join(self.items.select("item"), on="item", how="anti")

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """Products that may be bought."""
        settings = self.network.settings
        kept = self.network.products.filter(
            pl.col("approved").is_in(list(self.allowed)) & pl.col(settings.price_column).is_not_null()
        )
        return tuple(
            Product(
                row["product"],
                row["maker"],
                row["role"],
                frozenset(row["bands"].split(";") if row["bands"] else ()),
                frozenset(row["generations"].split(";") if row["generations"] else ()),
                row["install_hours"],
                row["lead_quarters"],
            )
            for row in kept.iter_rows(named=True)
        )

    @cached_property
    def kinds(self) -> pl.DataFrame:
        """`KIND` of the items that go: ``items``, ``units`` and how many ``sites``."""
        return (
            self.items.group_by(KIND)
            .agg(
                pl.len().alias("items"),
                pl.col("quantity").sum().alias("units"),
                pl.col("site").n_unique().alias("sites"),
            )
            .sort(KIND)
        )

    @cached_property
    def fitting(self) -> dict[tuple[str, str | None, str | None], tuple[Product, ...]]:
        """Products that fit, by kind."""
        return {
            (role, bands, generation): tuple(
                one for one in self.products if one.role == role and not one.lacks(bands, generation)
            )
            for role, bands, generation in self.kinds.select(KIND).iter_rows()
        }

    def of_kinds(self, column: str, values: dict[tuple[str, str | None, str | None], float]) -> pl.DataFrame:
        """A table of kinds with a value each, to join items with (nulls are equal there)."""
        rows = [(*kind, value) for kind, value in values.items()]
        schema = {**dict.fromkeys(KIND, pl.String), column: pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")
