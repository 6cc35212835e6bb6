"""The scenarios that ``plan compare`` knows: each a documented change of the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from clearband.facts.store import compiled
from clearband.model.network import Role
from clearband.planning.answers.scenario import NewProduct, ProductChange, Scenario, SupplyChange
from clearband.planning.network.network import Network
from clearband.planning.programme import us_reimbursement
from clearband.planning.units.choices import Offer, offers_of
from clearband.planning.units.work import work_of

PRICE_GAP: Final = "alternatives-above-huawei-2019"
"""Id of the market fact that says how far alternatives were above the makers now forbidden."""


def builtin(network: Network) -> list[Scenario]:
    """As the network says; for cost alone; no ban; Open RAN; one supplier; refunds in full and prorated."""
    return [
        Scenario(name="as-told", what="the network as it is: what must go goes, from approved makers only"),
        *_cost_alone(network), *_no_ban(network), *_open(network), *_single(network), *_refunds(network),
    ]  # fmt: skip


def price_gap() -> dict[str, Any]:
    """The market fact by which ``no-ban`` prices what is forbidden."""
    rows = [row for file in compiled().read("market") for row in file["price_gaps"]]
    return next(dict(row) for row in rows if row["id"] == PRICE_GAP)


def _cost_alone(network: Network) -> Iterator[Scenario]:
    if network.settings.exposure_price:
        yield Scenario(
            name="cost-alone",
            what="as told, but exposure has no price: the cheapest plan that keeps the dates",
            settings={"exposure_price": 0},
        )


def _no_ban(network: Network) -> Iterator[Scenario]:
    fact = price_gap()
    going = work_of(network).items.filter("goes")
    offers = offers_of(network)
    pairs = going.select("maker", "role").drop_nulls().unique().sort("maker", "role").rows()
    for key in ("low", "high"):
        percent = float(fact[key])
        added = []
        for maker, role in pairs:
            rivals = [offer for offer in offers if offer.role == role]
            if rivals:
                added.append(_forbidden(network, maker, role, rivals, percent))
        yield Scenario(
            name=f"no-ban-{percent:g}",
            what="the same equipment is renewed, and paid for and refunded in the same way, but no date of "
            "the law holds and exposure has no price; makers now forbidden may deliver, without a limit, at "
            f"prices of which the mean of the approved ones is {percent:g} % above ({fact['by']}, "
            f"{fact['year']}; source {', '.join(fact['sources'])}); what is bought of them stays exposed",
            settings={"exposure_price": 0}, add=tuple(added), dates="none",
        )  # fmt: skip


def _forbidden(network: Network, maker: str, role: str, rivals: list[Offer], percent: float) -> NewProduct:
    """A product of a maker now forbidden, by the mean of its rivals; uncertain as they are."""
    rows = [network.products.row(offer.row, named=True) for offer in rivals]

    def mean(level: str) -> float:
        told = [
            row[level] if row[level] is not None else offer.price
            for row, offer in zip(rows, rivals, strict=True)
        ]
        return round(sum(told) / len(told) / (1 + percent / 100), 2)

    return NewProduct(
        product=f"{maker} {role} (were it not forbidden)", maker=maker, role=role,
        price=mean("price_average"), price_low=mean("price_low"), price_high=mean("price_high"),
        yearly_cost=round(sum(offer.yearly for offer in rivals) / len(rivals), 2),
        install_hours=round(sum(offer.hours for offer in rivals) / len(rivals), 2),
        lead_quarters=min(offer.lead for offer in rivals),
        source=f"{PRICE_GAP} of clearband data market: rivals {percent:g} % above", exposed=True,
    )  # fmt: skip


def _open(network: Network) -> Iterator[Scenario]:
    pairs = network.pairs
    ran = network.products.filter(pl.col("role").is_in([Role.RADIO.value, Role.BASEBAND.value]))
    mine = set(pairs.get_column("radio")) | set(pairs.get_column("baseband"))
    open_ones = ran.filter(pl.col("product").is_in(list(mine)))
    if not open_ones.height:
        return
    closed = [
        ProductChange(product=name, approved="no")
        for name in ran.filter(~pl.col("product").is_in(list(mine))).get_column("product")
    ]
    makers = open_ones.select("maker", "role").unique().sort("role", "maker").rows()
    pairs_only = "radio and baseband only from certified pairs of different makers"
    yield Scenario(
        name="open-ran-now", what=f"{pairs_only}, with the supply that is told",
        settings={"conditional": True}, products=tuple(closed),
    )  # fmt: skip
    yield Scenario(
        name="open-ran",
        what=f"{pairs_only}; each of them delivers as much as all makers of the role do together now",
        settings={"conditional": True}, products=tuple(closed),
        supply=tuple(SupplyChange(maker=maker, role=role, as_all=True) for maker, role in makers),
    )  # fmt: skip


def _single(network: Network) -> Iterator[Scenario]:
    offers = offers_of(network)
    ran = (Role.RADIO.value, Role.BASEBAND.value)
    sells = {role: {offer.maker for offer in offers if offer.role == role} for role in ran}
    others = {offer.maker for offer in offers if offer.role in ran}
    for maker in sorted(sells[ran[0]] & sells[ran[1]]):
        closed = [
            ProductChange(maker=other, role=role, approved="no")
            for other in sorted(others - {maker})
            for role in ran
        ]
        yield Scenario(
            name=f"single-{maker}",
            what=f"radio and baseband from {maker} alone, which delivers as much as all makers of the role "
            "do together now",
            products=tuple(closed),
            supply=tuple(SupplyChange(maker=maker, role=role, as_all=True) for role in ran),
        )  # fmt: skip


def _refunds(network: Network) -> Iterator[Scenario]:
    if not network.settings.refunds:
        return
    told = [one.model_dump(mode="json", exclude_none=True) for one in network.settings.refunds]
    if len(told) > 1:
        return
    prorated = us_reimbursement().figure("pro-rata").value
    for share in (1.0, float(prorated)):
        yield Scenario(
            name=f"refund-{share * 100:.4g}",
            what=f"{share * 100:.4g} % of each spending comes back; all else as told",
            settings={"refunds": [{**told[0], "share": share}]},
        )  # fmt: skip
