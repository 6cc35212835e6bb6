"""Shares of makers that cannot hold, whatever is bought: caps, and least shares (rules 12 and 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from clearband.planning.network.check.found import Found, listed
from clearband.planning.network.demand import KIND, Demand

_NOISE = 1e-6


def broken_shares(demand: Demand) -> Iterator[Found]:
    """Caps that what stays breaks or that leave too little room, and least shares for too few makers."""
    settings = demand.network.settings
    roles = {role: _Role(demand, role) for role in demand.network.installed["role"].unique().sort()}
    yield from _by_what_stays(demand, roles)
    for role in dict.fromkeys(cap.role for cap in settings.caps):
        if role in roles:
            yield from _without_room(roles[role])
    yield from _too_few(demand, roles)


@dataclass(frozen=True)
class _Role:
    """The units of one role: all, those that stay by maker, and what may be bought of each maker."""

    demand: Demand
    role: str

    @cached_property
    def total(self) -> int:
        items = self.demand.network.installed
        return int(items.filter(pl.col("role") == self.role)["quantity"].sum())

    @cached_property
    def stays(self) -> dict[str, int]:
        items = self.demand.staying.filter((pl.col("role") == self.role) & pl.col("maker").is_not_null())
        return dict(items.group_by("maker").agg(pl.col("quantity").sum()).sort("maker").iter_rows())

    @cached_property
    def lots(self) -> list[tuple[frozenset[str], int]]:
        """Makers that could deliver all of a unit of work's items of the role (rule 3), and how many."""
        kinds = (
            self.demand.items.filter(pl.col("role") == self.role)
            .group_by("cluster", "group")
            .agg(pl.struct(KIND).unique().sort().alias("kinds"), pl.col("quantity").sum())
            .group_by("kinds")
            .agg(pl.col("quantity").sum())
        )
        makers = {kind: frozenset(one.maker for one in fits) for kind, fits in self.demand.fitting.items()}

        def of_all(some: list[dict[str, str]]) -> frozenset[str]:
            return frozenset.intersection(
                *(makers[one["role"], one["bands"], one["generation"]] for one in some)
            )

        return [(of_all(some), int(units)) for some, units in kinds.iter_rows()]

    @cached_property
    def covered(self) -> bool:
        """Whether there is something to buy for each unit of work."""
        return all(makers for makers, _ in self.lots)

    @cached_property
    def going(self) -> int:
        return sum(quantity for _, quantity in self.lots)

    @cached_property
    def reach(self) -> dict[str, int]:
        """The most that may be bought of each maker, by what fits."""
        makers = sorted(frozenset[str]().union(*(makers for makers, _ in self.lots)))
        return {maker: sum(units for some, units in self.lots if maker in some) for maker in makers}

    def room(self, maker: str) -> float:
        """The most units that caps leave to new ones of a maker."""
        caps = [one for one in self.demand.network.settings.caps if one.role == self.role]
        share = min((one.share for one in caps if one.maker in (None, maker)), default=1.0)
        return share * self.total * (1 + _NOISE) + _NOISE - self.stays.get(maker, 0)

    def most(self, maker: str) -> float:
        """The most units of a maker at the end."""
        return self.stays.get(maker, 0) + max(0.0, min(self.reach.get(maker, 0), self.room(maker)))


def _by_what_stays(demand: Demand, roles: dict[str, _Role]) -> Iterator[Found]:
    for number, cap in enumerate(demand.network.settings.caps, 1):
        if cap.role not in roles:
            continue
        role = roles[cap.role]
        for maker, units in role.stays.items():
            most = cap.share * role.total
            if cap.maker in (None, maker) and units > most * (1 + _NOISE) + _NOISE:
                yield Found(
                    "error", "cap-broken",
                    f"caps: {maker} keeps {units / role.total:.1%} of all {cap.role} units by what stays, "
                    f"and cap {number} allows {cap.share:.1%}",
                    "raise its share, or let some of these units go, too", units,
                )  # fmt: skip


def _without_room(role: _Role) -> Iterator[Found]:
    room = {maker: int(max(0.0, min(units, role.room(maker)))) for maker, units in role.reach.items()}
    if sum(room.values()) >= role.going or not role.covered:
        return
    told = listed([f"{maker} {units:,}" for maker, units in room.items()])
    yield Found(
        "error", "caps-too-low",
        f"caps: {role.going:,} units of {role.role} must go, and caps leave room for {sum(room.values()):,} "
        f"new ones of the makers that may be bought from ({told})",
        "raise a share, or approve products of another maker", role.going,
    )  # fmt: skip


def _too_few(demand: Demand, roles: dict[str, _Role]) -> Iterator[Found]:
    for number, rule in enumerate(demand.network.settings.least_makers, 1):
        role = roles.get(rule.role)
        if role is None or not role.covered:
            continue
        floor = rule.units(role.total)
        makers = sorted({*role.stays, *role.reach}, key=lambda maker: (-role.most(maker), maker))
        able = [maker for maker in makers if role.most(maker) >= floor - _NOISE]
        share = f"{rule.share:.1%} of all {rule.role} units"
        asked = f"least_makers {number} asks for {rule.makers} makers with {share}"
        if len(able) < rule.makers:
            some = listed(able) or "none"
            yield Found(
                "error", "too-few-makers", f"{asked} ({floor:,}), and {len(able)} can have it ({some})",
                "approve products of another maker, or lower makers or share", rule.makers,
            )  # fmt: skip
            continue
        need = sorted(max(0, floor - role.stays.get(maker, 0)) for maker in able)[: rule.makers]
        if sum(need) > role.going:
            yield Found(
                "error", "too-few-makers",
                f"{asked}; that takes {sum(need):,} new units beside what stays, and {role.going:,} go",
                "lower makers or share", rule.makers,
            )  # fmt: skip
