"""What a made-up network can buy: products of real makers under generic names, and who delivers how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from clearband.model.network import Role
from clearband.planning.network.default_prices import packaged_defaults
from clearband.planning.network.generate import assumptions as given
from clearband.planning.network.tables import TABLES

_RADIOS = (("low", given.LOW_BANDS_SOLD), ("mid", given.MID_BANDS_SOLD))
_SOLD: Final[dict[Role, tuple[tuple[str, float, float], ...]]] = {
    Role.RADIO: (*given.RADIO_MAKERS, given.OPEN_RADIO),
    Role.BASEBAND: (*given.RADIO_MAKERS, given.OPEN_BASEBAND),
    **given.OTHER_MAKERS,
}
_NAMES = {
    Role.CORE: "core, for 50 sites",
    Role.TRANSPORT: "cell-site backhaul set",
    Role.ACCESS: "optical line terminal",
    Role.CPE: "home gateway",
}


def products() -> pl.DataFrame:
    """The table of products."""
    return pl.DataFrame(list(_rows()), schema=TABLES["products"].schema)


def pairs() -> pl.DataFrame:
    """The open radio with the open baseband."""
    baseband = f"{given.OPEN_BASEBAND[0]} open baseband"
    return pl.DataFrame(
        [
            {
                "radio": f"{given.OPEN_RADIO[0]} open radio, {kind} band",
                "baseband": baseband,
                "certificate": given.CERTIFICATE,
            }
            for kind, _ in _RADIOS
        ],
        schema=TABLES["pairs"].schema,
    )


def makers(role: Role) -> list[tuple[str, float]]:
    """Makers of a role with their shares of supply."""
    return [(maker, share) for maker, _, share in _SOLD[role]]


def mean_factor(role: Role) -> float:
    """Mean price of a role against the default, by shares of supply."""
    sold = _SOLD[role]
    return sum(factor * share for _, factor, share in sold) / sum(share for _, _, share in sold)


def _rows() -> Iterator[dict[str, Any]]:
    for maker, factor, _ in given.RADIO_MAKERS:
        for kind, bands in _RADIOS:
            yield _row(Role.RADIO, maker, f"macro radio, {kind} band", factor, bands)
        yield _row(Role.BASEBAND, maker, "baseband", factor)
    for kind, bands in _RADIOS:
        maker, factor, _ = given.OPEN_RADIO
        yield _row(Role.RADIO, maker, f"open radio, {kind} band", factor, bands, "conditional")
    maker, factor, _ = given.OPEN_BASEBAND
    yield _row(Role.BASEBAND, maker, "open baseband", factor, approved="conditional")
    for role, sold in given.OTHER_MAKERS.items():
        for maker, factor, _ in sold:
            yield _row(role, maker, _NAMES[role], factor)


def _row(
    role: Role, maker: str, name: str, factor: float, bands: str | None = None, approved: str = "yes"
) -> dict[str, Any]:
    price = packaged_defaults()[role]
    low, average, high = price.whole
    return {
        "product": f"{maker} {name}",
        "maker": maker,
        "role": role.value,
        "bands": bands,
        "generations": "4G;5G" if role in (Role.RADIO, Role.BASEBAND) else None,
        "price_low": round(low * factor, 2),
        "price_average": round(average * factor, 2),
        "price_high": round(high * factor, 2),
        "yearly_cost": round(price.yearly * factor, 2),
        "install_hours": price.hours,
        "lead_quarters": price.lead,
        "approved": approved,
        "price_source": f"{price.source}; x {factor:g}, illustration",
        "price_grade": price.grade if factor == 1 else "D",
    }
