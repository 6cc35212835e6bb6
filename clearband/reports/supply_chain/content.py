"""What was found of a supply chain, and the same as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.assess.chain import Effects
from clearband.listing.what_if import WhatIf, fallen_json

SCHEMA: Final = "clearband/chain/1"


@dataclass(frozen=True)
class Answered:
    """What bans would take.

    Attributes:
        deployed: By network of a run; None where none was given.
        fallen: Of an approved list; None where none was given.
        records: Deployed or held records that rest on entries that fall; None as for ``fallen``.
    """

    effects: Effects
    deployed: pl.DataFrame | None = None
    fallen: WhatIf | None = None
    records: pl.DataFrame | None = None

    @property
    def together(self) -> bool:
        """Whether it is about several bans at once."""
        return len(self.effects.bans) > 1

    @property
    def name(self) -> str:
        """What is banned, in words."""
        return " and ".join(f"{ban.kind} {ban.value}" for ban in self.effects.bans)


@dataclass(frozen=True)
class Examined:
    """What was found of a supply chain on a day.

    Attributes:
        shares: By ``maker``, ``home``, ``made_in``.
        answered: For each ban, and for all together where there are several.
    """

    on: date
    chain: pl.DataFrame
    suppliers: pl.DataFrame
    shares: Mapping[str, pl.DataFrame]
    single: pl.DataFrame
    points: pl.DataFrame
    answered: tuple[Answered, ...]


def tiers(chain: pl.DataFrame) -> list[dict[str, Any]]:
    """Per tier the records, known makers, and records of a maker that the register does not know."""
    return (
        chain.group_by("tier")
        .agg(
            records=pl.len(),
            makers=pl.col("maker").drop_nulls().n_unique(),
            unknown=(~pl.col("known")).sum(),
        )
        .sort("tier")
        .to_dicts()
    )


def content(found: Examined) -> dict[str, Any]:
    """Everything, as plain JSON values."""
    alone = [_answer(one) for one in found.answered if not one.together]
    together = [_answer(one) for one in found.answered if one.together]
    return {
        "schema": SCHEMA,
        "on": found.on.isoformat(),
        "tiers": tiers(found.chain),
        "suppliers": found.suppliers.to_dicts(),
        "shares": {by: table.to_dicts() for by, table in found.shares.items()},
        "single_sources": found.single.to_dicts(),
        "single_points": found.points.to_dicts(),
        "bans": alone,
        "together": together[0] if together else None,
    }


def _answer(one: Answered) -> dict[str, Any]:
    effects = one.effects
    expires = pl.col("expires").dt.to_string("%Y-%m-%d")
    return {
        "ban": " + ".join(map(str, effects.bans)),
        "named": effects.named,
        "products": effects.products.to_dicts(),
        "networks": effects.networks.to_dicts(),
        "alternatives": effects.alternatives.to_dicts(),
        "certificates": effects.certificates.with_columns(expires).to_dicts(),
        "laboratories": effects.laboratories.to_dicts(),
        "deployed": None if one.deployed is None else one.deployed.to_dicts(),
        "listings": None if one.fallen is None else fallen_json(one.fallen),
        "listed_records": None if one.records is None else one.records.to_dicts(),
    }
