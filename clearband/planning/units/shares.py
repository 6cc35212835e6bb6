"""Shares of makers at the end as rows over families: caps (rule 12), and least shares (rule 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from clearband.planning.network.network import Network
from clearband.planning.problem import Classes, Floats, Floor, Options
from clearband.planning.units.work import Work

Family = tuple[str, str]
_NOISE: Final = 1e-6
"""Of units, which are whole numbers."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The arrays of ``Problem`` with the same names. Rows of caps come first."""

    rows: Floats
    limit: Floats
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """What a rule of ``least_makers`` asks of new units.

    Attributes:
        number: Of the rule in the settings, from 0.
        units: That a maker has with its share.
        need: Units to buy, by maker that does not have its share by what stays.
        makers: How many more makers are to have it.
    """

    number: int
    role: str
    units: int
    need: dict[str, int]
    makers: int


def shares_of(
    network: Network, work: Work, families: list[Family], options: Options, classes: Classes
) -> Shares:
    """Both rules for a problem. A maker whose products fit too little for a least share is not in a floor."""
    rows, limits = _caps(network, work, families)
    most = _most(options, classes, len(families))
    floors: list[Floor] = []
    for least in least_of(network, work):
        able = [
            (i, least.need[maker])
            for i, (maker, role) in enumerate(families)
            if role == least.role and maker in least.need and most[i] + _NOISE >= least.need[maker]
        ]
        begin = len(rows)
        for family, _ in able:
            row = np.zeros(len(families))
            row[family] = -1.0
            rows.append(row)
            limits.append(0.0)
        need = np.array([float(units) for _, units in able])
        floors.append(Floor(np.arange(begin, len(rows), dtype=np.int64), need, least.makers))
    if not rows:
        return Shares(np.zeros((0, len(families))), np.zeros(0), tuple(floors))
    return Shares(np.array(rows), np.array(limits), tuple(floors))


def least_of(network: Network, work: Work) -> Iterator[Least]:
    """What ``least_makers`` asks beyond what stays; rules that nothing need be done for are left out."""
    total, stays = _counts(work)
    makers = sorted({maker for maker, _ in stays} | set(network.products.get_column("maker")))
    for number, rule in enumerate(network.settings.least_makers):
        if total.get(rule.role, 0):
            floor = rule.units(total[rule.role])
            short = {maker: floor - stays.get((maker, rule.role), 0) for maker in makers}
            have = sum(units <= 0 for units in short.values())
            if have < rule.makers:
                need = {maker: units for maker, units in short.items() if units > 0}
                yield Least(number, rule.role, floor, need, rule.makers - have)


def over_caps(network: Network, work: Work) -> bool:
    """Whether what stays has more than a cap allows already, so that there is no plan whatever is bought."""
    total, stays = _counts(work)
    return any(
        units > cap.share * total[role] * (1 + _NOISE) + _NOISE
        for cap in network.settings.caps
        for (maker, role), units in stays.items()
        if role == cap.role and cap.maker in (None, maker)
    )


def _counts(work: Work) -> tuple[dict[str, int], dict[Family, int]]:
    """Units of each role, and those of a maker and role that stay."""
    by_role = work.items.group_by("role").agg(pl.col("quantity").sum())
    staying = (
        work.items.filter(pl.col("goes").not_() & pl.col("maker").is_not_null())
        .group_by("maker", "role")
        .agg(pl.col("quantity").sum())
    )
    return dict(by_role.iter_rows()), {(maker, role): count for maker, role, count in staying.iter_rows()}


def _caps(network: Network, work: Work, families: list[Family]) -> tuple[list[Floats], list[float]]:
    """New units of a maker and role are at most its share less what stays."""
    rows, limits = [], []
    total, stays = _counts(work)
    for cap in network.settings.caps:
        for i, (maker, role) in enumerate(families):
            if role == cap.role and cap.maker in (None, maker):
                row = np.zeros(len(families))
                row[i] = 1.0
                rows.append(row)
                limits.append(cap.share * total.get(role, 0) - stays.get((maker, role), 0))
    return rows, limits


def _most(options: Options, classes: Classes, families: int) -> Floats:
    """[F] units that can be bought of each family at the most, by what fits."""
    most = np.zeros((families, len(classes.count)))
    for j in range(options.family.shape[1]):
        np.maximum.at(most, (options.family[:, j], options.of), options.amount[:, j])
    found: Floats = most @ classes.count
    return found
