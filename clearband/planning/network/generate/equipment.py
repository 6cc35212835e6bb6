"""What stands at the sites of a made-up network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.model.network import Role
from clearband.planning.network.default_prices import packaged_defaults
from clearband.planning.network.generate import assumptions as given
from clearband.planning.network.generate.places import Ints, Places, names

Texts = NDArray[np.str_]
_OLD_NAMES = {
    ("radio", "low"): "macro radio, low band",
    ("radio", "mid"): "macro radio, mid band",
    ("baseband", ""): "baseband",
    ("core", "packet"): "packet core",
    ("core", "subscribers"): "subscriber server",
    ("transport", ""): "cell-site backhaul set",
    ("access", ""): "optical line terminal",
    ("cpe", ""): "home gateway",
}


@dataclass(frozen=True)
class _Lot:
    """Items of one kind: the sites, and what is the same or differs from site to site."""

    role: Role
    kind: str
    sites: Ints
    maker: Texts
    quantity: Ints
    bands: Texts | None = None

    def frame(self, gone: Texts, unknown: NDArray[np.bool_]) -> pl.DataFrame:
        """The items as rows; ``number`` is the place of the site."""
        price, height = packaged_defaults()[self.role], len(self.sites)
        must = np.where(np.isin(self.maker, gone), "yes", "no")
        maker = pl.Series(self.maker, dtype=pl.String)
        what = _OLD_NAMES[(self.role.value, self.kind)]
        product = maker + f" {what}"
        nobody = pl.Series(unknown)
        bands = pl.Series(self.bands, dtype=pl.String) if self.bands is not None else None
        return pl.DataFrame(
            {
                "number": self.sites,
                "order": pl.Series([list(_OLD_NAMES).index((self.role.value, self.kind))]).new_from_index(
                    0, height
                ),
                "role": pl.Series([self.role.value]).new_from_index(0, height),
                "product": product.set(nobody, f"{what}, maker not known"),
                "maker": maker.set(nobody, None),
                "quantity": self.quantity,
                "bands": bands
                if bands is not None
                else pl.Series([None], dtype=pl.String).new_from_index(0, height),
                "must_go": pl.Series(must, dtype=pl.String).set(nobody, "unknown"),
                "yearly_cost": pl.Series([price.yearly * given.YEARLY_FACTOR]).new_from_index(0, height),
            }
        )


def installed(
    where: Places, share: float, deadlines: Sequence[date], core_deadline: date, rng: np.random.Generator
) -> pl.DataFrame:
    """The table of items.

    Args:
        share: Of the clusters, those whose radio access must go.
        deadlines: Day by which what must go is out, by owner.
        core_deadline: The day for the core of the first owner.
    """
    lots, unknown = _lots(where, share, rng)
    gone = np.array([maker for maker, _ in given.MUST_GO_RAN])
    frames = [lot.frame(gone, unknown[lot.sites] & (lot.role in (Role.RADIO, Role.BASEBAND))) for lot in lots]
    items = pl.concat(frames).sort("number", "order")
    owner = where.owner_of[where.market[items["number"].to_numpy()]]
    is_core = (items["role"] == Role.CORE.value) & pl.Series(owner == 0)
    days = pl.Series(deadlines, dtype=pl.Date).gather(owner)
    due = pl.when(is_core).then(pl.lit(core_deadline)).otherwise(days)
    goes = pl.col("must_go") != "no"
    generation = (
        pl.when(pl.col("bands").str.contains("n", literal=True)).then(pl.lit("5G")).otherwise(pl.lit("4G"))
    )
    ran = pl.col("role").is_in(["radio", "baseband"])
    return items.select(
        names("I", np.arange(items.height), 7).alias("item"),
        names("S", items["number"].to_numpy(), 6).alias("site"),
        "role",
        "product",
        "maker",
        "quantity",
        "bands",
        pl.when(ran).then(generation).alias("generation"),
        "must_go",
        pl.when(goes).then(due).alias("remove_by"),
        "yearly_cost",
        pl.when(pl.col("must_go") == "yes")
        .then(pl.lit("maker named by the made-up ban"))
        .when(pl.col("must_go") == "unknown")
        .then(pl.lit("maker not known"))
        .alias("why"),
    )


def _lots(where: Places, share: float, rng: np.random.Generator) -> tuple[list[_Lot], NDArray[np.bool_]]:
    sites, clusters = len(where.market), len(where.market_of)
    every = np.arange(sites)
    gone = rng.random(clusters) < share
    ran = np.where(gone, _picked(given.MUST_GO_RAN, clusters, rng), _picked(given.STAYING_RAN, clusters, rng))
    maker = ran[where.cluster]
    low = _Lot(Role.RADIO, "low", every, maker, np.full(sites, 3), _picked(given.LOW_BANDS, sites, rng))
    with_mid = every[rng.random(sites) < given.MID_BAND_SHARE]
    few = rng.choice([1, 2, 3], size=len(with_mid), p=[0.15, 0.15, 0.7])
    bands = _picked(given.MID_BANDS, len(with_mid), rng)
    lots = [
        low,
        _Lot(Role.RADIO, "mid", with_mid, maker[with_mid], few, bands),
        _Lot(Role.BASEBAND, "", every, maker, np.ones(sites, dtype=np.int64)),
    ]
    follows = np.where(gone, *given.TRANSPORT_FOLLOWS)
    transport = _of_ban(Role.TRANSPORT, follows, rng)
    here = every[rng.random(sites) < given.TRANSPORT_SHARE]
    lots.append(
        _Lot(Role.TRANSPORT, "", here, transport[where.cluster[here]], np.ones(len(here), dtype=np.int64))
    )
    for role, part in ((Role.ACCESS, given.ACCESS_SHARE), (Role.CPE, given.CPE_SHARE)):
        here = every[rng.random(sites) < part]
        makers = _of_ban(role, follows, rng)[where.cluster[here]]
        batch = (
            rng.integers(*given.CPE_BATCH, len(here)) if role is Role.CPE else rng.integers(1, 3, len(here))
        )
        lots.append(_Lot(role, "", here, makers, batch))
    lots += _cores(where, share, rng)
    return lots, rng.random(sites) < given.UNKNOWN_SHARE


def _cores(where: Places, share: float, rng: np.random.Generator) -> list[_Lot]:
    """A packet core and a subscriber server a market; that of the first market must go."""
    here = np.flatnonzero(where.core)
    gone = rng.random(len(here)) < share
    gone[0] = share > 0
    old = _picked(given.MUST_GO_RAN, len(here), rng)
    new = _picked(given.STAYING_RAN[:2], len(here), rng)
    sites = np.bincount(where.market)
    units = np.maximum(1, sites // given.CORE_SITES_A_UNIT)
    maker = np.where(gone, old, new)
    return [
        _Lot(Role.CORE, "packet", here, maker, units),
        _Lot(Role.CORE, "subscribers", here, maker, np.maximum(1, units // 4)),
    ]


def _of_ban(role: Role, share: NDArray[np.float64], rng: np.random.Generator) -> Texts:
    """Makers of other equipment by cluster, of which a share must go."""
    count = len(share)
    staying = [(maker, part) for maker, _, part in given.OTHER_MAKERS[role]]
    old, new = _picked(given.MUST_GO_RAN, count, rng), _picked(staying, count, rng)
    makers: Texts = np.where(rng.random(count) < share, old, new)
    return makers


def _picked(shares: Sequence[tuple[str, float]], count: int, rng: np.random.Generator) -> Texts:
    """Words drawn by their shares."""
    words = np.array([word for word, _ in shares])
    weights = np.array([weight for _, weight in shares])
    drawn: Texts = words[rng.choice(len(words), size=count, p=weights / weights.sum())]
    return drawn
