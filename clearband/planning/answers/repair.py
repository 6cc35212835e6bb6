"""What no amount of money, crews or supply makes possible, and the smallest change that does.

Nothing to buy for a need, a date before the first possible quarter, a cap that what stays breaks already.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from clearband.model.network import Approval, Group, Role
from clearband.planning.answers.blocker import Blocker
from clearband.planning.answers.relaxation import HigherCap, LowerLeast, Relaxation, relaxed
from clearband.planning.answers.too_soon import too_soon
from clearband.planning.network.network import Network
from clearband.planning.units.assemble import Assembled, assemble
from clearband.planning.units.choices import Choice, Offer, covers, offers_of
from clearband.planning.units.choosing import Choosing
from clearband.planning.units.patterns import patterns_of
from clearband.planning.units.shares import least_of
from clearband.planning.units.work import Work, work_of

_ROUNDS = 4
_NOT_BOUGHT = {
    Approval.YES.value: "", Approval.UNKNOWN.value: " (not decided yet)",
    Approval.CONDITIONAL.value: " (approved with conditions, which the settings do not allow)",
    Approval.NO.value: " (REFUSED by the catalogue: its approved is no)",
}  # fmt: skip
"""Why a product that is to be approved may not be bought as it is."""


def repaired(network: Network) -> tuple[Assembled, list[Blocker]]:
    """The network without blockers, put together, and the blockers with what mends them."""
    found: list[Blocker] = []
    for turn in range(_ROUNDS):
        more = list(_without_choice(network, give_up=turn > 0))
        found += more
        if not more:
            break
        network = relaxed(network, _all(more))
    more = list(_caps(network))
    found += more
    network = relaxed(network, _all(more))
    assembled = assemble(network)
    more = list(_too_few_makers(assembled))
    if more:
        found += more
        network = relaxed(network, _all(more))
        assembled = assemble(network)
    more = list(too_soon(assembled))
    if more:
        found += more
        assembled = assemble(relaxed(network, _all(more)))
    return assembled, found


def mending(blockers: list[Blocker]) -> Relaxation:
    """What mends all of them."""
    return _all(blockers)


def _relaxation(**changes: Any) -> Relaxation:
    return Relaxation(**changes)


def _all(blockers: list[Blocker]) -> Relaxation:
    whole = _relaxation()
    for one in blockers:
        whole = whole.joined(one.relaxation)
    return whole


# nothing to buy -------------------------------------------------------------------------------------------


def _without_choice(network: Network, *, give_up: bool) -> Iterator[Blocker]:
    work = work_of(network)
    patterns, of_unit = patterns_of(work)
    needs, offers = work.needs.to_dicts(), offers_of(network)
    pairs = set(network.pairs.select("radio", "baseband").iter_rows())
    choosing = Choosing(needs, offers, pairs)
    choices: list[list[Choice]] = [choosing.of(one)[0] for one in patterns]
    lost = [number for number, found in enumerate(choices) if not found]
    if not lost:
        return
    missing = sorted(
        {
            need
            for number in lost
            for need in patterns[number].needs
            if not any(_fits(offer, needs[need]) for offer in offers)
        }
    )
    if missing:
        for role in dict.fromkeys(needs[number]["role"] for number in missing):
            mine = [needs[number] for number in missing if needs[number]["role"] == role]
            yield _to_buy(network, work, role, mine)
        return
    units = of_unit.filter(pl.col("pattern").is_in(lost)).get_column("unit").to_list()
    yield _apart(network, work, units, offers, give_up=give_up)


def _fits(offer: Offer, need: dict[str, Any]) -> bool:
    return covers(offer, need["role"], need["bands"], need["generation"])


def _to_buy(network: Network, work: Work, role: str, needs: list[dict[str, Any]]) -> Blocker:
    """Approve the products of one maker that cover the needs; where there are none, the items stay."""
    numbers = [need["need"] for need in needs]
    items = work.items.filter(pl.col("need").is_in(numbers))
    said = ", ".join(
        sorted({" ".join(filter(None, (n["role"], n["bands"], n["generation"]))) for n in needs})
    )
    what = f"{said}: {items.height:,} items must go, and no product that may be bought covers them"
    every = replace_approvals(network)
    of_maker: dict[str, list[Offer]] = {}
    for offer in offers_of(every):
        if offer.role == role:
            of_maker.setdefault(offer.maker, []).append(offer)
    banned = set(work.items.filter("goes").get_column("maker").drop_nulls().to_list())
    partner = {Role.RADIO.value: Role.BASEBAND.value, Role.BASEBAND.value: Role.RADIO.value}.get(role)
    sells = {offer.maker for offer in offers_of(network) if offer.role == partner}
    approved = dict(network.products.select("product", "approved").iter_rows())

    def refused(product: str) -> bool:
        return bool(approved[product] == Approval.NO.value)

    best: tuple[tuple[Any, ...], list[str]] | None = None
    for maker, offered in sorted(of_maker.items()):
        picked = [
            min(
                (o for o in offered if _fits(o, n)), key=lambda o: (refused(o.product), o.price), default=None
            )
            for n in needs
        ]
        if any(one is None for one in picked) or maker in banned:
            continue
        names = sorted({one.product for one in picked if one is not None})
        key = (
            any(map(refused, names)), partner is not None and maker not in sells,
            sum(o.price for o in picked if o is not None),
        )  # fmt: skip
        if best is None or key < best[0]:
            best = (key, names)
    if best is not None:
        return Blocker(
            "no-product", what,
            "approve " + ", ".join(f"{name}{_NOT_BOUGHT[approved[name]]}" for name in best[1]),
            f"add another approved product for {role}, or let the items stay", _relaxation(approve=best[1]),
        )  # fmt: skip
    return Blocker(
        "no-product", what, f"let these {items.height:,} items stay",
        f"add a product for {role} that covers them, with its price",
        _relaxation(stay=items.get_column("item").to_list()),
    )  # fmt: skip


def replace_approvals(network: Network) -> Network:
    """The network, were all its products approved."""
    return replace(network, products=network.products.with_columns(approved=pl.lit(Approval.YES.value)))


def _apart(network: Network, work: Work, units: list[int], offers: list[Offer], *, give_up: bool) -> Blocker:
    """Radio and baseband that would not fit each other: what stays goes, too; else what goes stays."""
    going = work.items.filter(pl.col("unit").is_in(units))
    beside = work.items.filter(
        pl.col("goes").not_() & (pl.col("group") == Group.RAN.value)
        & pl.col("site").is_in(going.get_column("site").unique().to_list())
    )  # fmt: skip
    what = (
        f"{len(units):,} units of work have no products that fit each other and the radio or baseband that "
        "stays beside them (one maker, or a certified pair)"
    )
    other = "approve such a product, or add a row in pairs"
    can = all(any(_fits(offer, row) for offer in offers) for row in beside.iter_rows(named=True))
    if beside.height and can and not give_up:
        fix = f"let the {beside.height:,} items beside them go, too"
        return Blocker("no-pair", what, fix, other, _relaxation(go=beside.get_column("item").to_list()))
    fix = f"let these {going.height:,} items stay"
    return Blocker("no-pair", what, fix, other, _relaxation(stay=going.get_column("item").to_list()))


# caps -----------------------------------------------------------------------------------------------------


def _caps(network: Network) -> Iterator[Blocker]:
    items = work_of(network).items
    for number, cap in enumerate(network.settings.caps, 1):
        of_role = items.filter(pl.col("role") == cap.role)
        total = int(of_role.get_column("quantity").sum() or 0)
        staying = of_role.filter(pl.col("goes").not_() & pl.col("maker").is_not_null())
        if cap.maker is not None:
            staying = staying.filter(pl.col("maker") == cap.maker)
        by = staying.group_by("maker").agg(pl.col("quantity").sum()).sort("quantity", "maker")
        if not total or not by.height or by.row(-1)[1] <= cap.share * total * (1 + 1e-6):
            continue
        maker, quantity = by.row(-1)
        share = min(1.0, math.ceil(quantity / total * 1e4) / 1e4)
        yield Blocker(
            "cap-broken", f"{maker} keeps {quantity / total:.1%} of all {cap.role} units by what stays, and "
            f"cap {number} allows {cap.share:.1%}",
            f"raise the cap to {share:.2%}", f"let some of {maker}'s {cap.role} units go, too",
            _relaxation(caps=[HigherCap(cap=number, share=share)]),
        )  # fmt: skip


def _too_few_makers(assembled: Assembled) -> Iterator[Blocker]:
    """Rules of ``least_makers`` that ask for more makers than could ever have the share."""
    network, problem = assembled.network, assembled.problem
    for least, floor in zip(least_of(network, assembled.work), problem.floors, strict=True):
        able = len(floor.rows)
        if able >= floor.makers:
            continue
        number, rule = least.number + 1, network.settings.least_makers[least.number]
        makers = rule.makers - floor.makers + able
        yield Blocker(
            "too-few-makers",
            f"least_makers {number} asks for {rule.makers} makers with {rule.share:.1%} of all {rule.role} "
            f"units, and {makers} can have it by what stays and what may be bought",
            f"ask for {makers}" if makers else "drop the rule",
            f"approve {rule.role} products of another maker, or lower the share",
            _relaxation(least_makers=[LowerLeast(rule=number, makers=makers)]),
        )  # fmt: skip
