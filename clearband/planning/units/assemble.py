"""Puts a problem together: units that are alike become classes, choices options, limits arrays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from clearband.model.network import Group
from clearband.planning.network.network import Network
from clearband.planning.problem import Classes, Ints, Options, Problem
from clearband.planning.units.choices import Choice, Offer, offers_of
from clearband.planning.units.choosing import Choosing, Whole
from clearband.planning.units.limits import families_of, limits_of, ways_of
from clearband.planning.units.patterns import Pattern, patterns_of
from clearband.planning.units.shares import over_caps
from clearband.planning.units.work import Work, work_of


@dataclass(frozen=True)
class Assembled:
    """A problem, and what its numbers stand for.

    Attributes:
        choice: For each option, the number of its choice in ``choices[pattern]``.
        pattern: Of each class.
        complete: Whether all choices that could be the best are in it.
        stuck: Units that no approved product can replace, or whose date cannot be met: there is no plan.
        over_caps: Whether what stays breaks a cap (rule 12): there is no plan.
    """

    network: Network
    work: Work
    problem: Problem
    patterns: list[Pattern]
    choices: list[list[Choice]]
    pattern: Ints
    choice: Ints
    families: list[tuple[str, str]]
    complete: bool
    stuck: pl.DataFrame
    over_caps: bool

    @property
    def blocked(self) -> bool:
        """Whether there is no plan whatever the limits: units stuck, a cap broken, or makers too few."""
        return self.stuck.height > 0 or self.over_caps or self.problem.too_few_makers


def assemble(network: Network) -> Assembled:
    """The problem of a network, by rules 1 to 14."""
    work = work_of(network)
    patterns, of_unit = patterns_of(work)
    choosing = Choosing(
        work.needs.to_dicts(), offers_of(network), set(network.pairs.select("radio", "baseband").iter_rows())
    )
    chosen = [choosing.of(pattern) for pattern in patterns]
    choices = [found for found, _ in chosen]
    whole = min((how for _, how in chosen), default=Whole.EVERY)
    families = families_of(choices)
    units = work.units.join(of_unit, on="unit").sort("unit")
    stuck = _stuck(units, choices)
    above_start, above = _above(network, units)
    way, owner_names = ways_of(network, units)
    classes, unit_class, members = _classes(network, units, work, above_start, above, way, owner_names)
    pattern_of = units.get_column("pattern").to_numpy()[members]
    options, choice = _options(network, work, units, members, pattern_of, patterns, choices, families)
    limits = limits_of(network, work, units, options, classes, families, owner_names)
    problem = Problem(
        network.settings.quarters, network.settings.overlap_quarters, classes, options,
        limits.crews, limits.supply, limits.service, limits.money, limits.shares.rows, limits.shares.limit,
        unit_class, above_start, above, limits.shares.floors, whole == Whole.EVERY,
    )  # fmt: skip
    complete = whole > Whole.SOME
    return Assembled(
        network, work, problem, patterns, choices, pattern_of, choice, families, complete, stuck,
        over_caps(network, work),
    )  # fmt: skip


def _stuck(units: pl.DataFrame, choices: list[list[Choice]]) -> pl.DataFrame:
    first = [min((max(o.lead for o in one.offers) for one in found), default=-1) for found in choices]
    told = units.with_columns(
        pl.col("pattern").replace_strict(dict(enumerate(first)), return_dtype=pl.Int64).alias("first")
    )
    return told.filter((pl.col("first") < 0) | (pl.col("first") > pl.col("last")))


def _above(network: Network, units: pl.DataFrame) -> tuple[Ints, Ints]:
    """Units that each unit waits for (rule 6), as start and list."""
    parts = []
    if network.settings.core_first:
        cores = units.filter(pl.col("group") == Group.CORE.value).select("market", above="unit")
        ran = units.filter(pl.col("group") == Group.RAN.value).select("unit", "market")
        parts.append(ran.join(cores, on="market").select("unit", "above"))
    transport = units.filter(pl.col("group") == Group.TRANSPORT.value).select("unit", "cluster")
    after = network.clusters.filter(pl.col("after").is_not_null()).select("cluster", "after")
    parts.append(
        transport.join(after, on="cluster")
        .join(transport.select(after="cluster", above="unit"), on="after")
        .select("unit", "above")
    )
    pairs = pl.concat(parts).sort("unit", "above")
    start = np.searchsorted(pairs.get_column("unit").to_numpy(), np.arange(units.height + 1))
    return start.astype(np.int64), pairs.get_column("above").to_numpy().astype(np.int64)


def _classes(
    network: Network,
    units: pl.DataFrame,
    work: Work,
    above_start: Ints,
    above: Ints,
    way: Ints,
    owners: list[str],
) -> tuple[Classes, Ints, Ints]:
    """Classes, the class of each unit, and one unit of each class. A unit that others wait for is alone."""
    bill = (
        work.amounts.group_by("unit", maintain_order=True)
        .agg(pl.concat_str("need", "quantity", separator=":").str.join(",").alias("bill"))
        .sort("unit")
        .get_column("bill")
    )
    waited = np.zeros(units.height, dtype=bool)
    waited[above] = True
    waits = pl.Series(
        [",".join(map(str, above[a:b].tolist())) for a, b in pairwise(above_start.tolist())],
        dtype=pl.String,
    )
    same = ("pattern", "region", "owner", "last", "points", "sites", "running", "group")
    table = units.select(same).with_columns(
        bill.alias("bill"), pl.Series("way", way), waits.alias("waits"),
        pl.Series("alone", np.where(waited, np.arange(units.height), -1)),
    )  # fmt: skip
    keys = table.with_row_index("unit").group_by(table.columns, maintain_order=True).agg(pl.col("unit"))
    members = keys.get_column("unit").list.first().cast(pl.Int64).to_numpy()
    unit_class = np.empty(units.height, dtype=np.int64)
    exploded = keys.with_row_index("class").explode("unit")
    unit_class[exploded.get_column("unit").to_numpy()] = exploded.get_column("class").to_numpy()
    regions = {name: i for i, name in enumerate(sorted(set(network.clusters.get_column("region"))))}
    parent = np.full(len(members), -1, dtype=np.int64)
    has = above_start[members] < above_start[members + 1]
    parent[has] = unit_class[above[above_start[members[has]]]]
    settings = network.settings
    one = units[members]
    counts = one.get_column("group").to_numpy() != Group.CPE.value
    sites = one.get_column("sites").to_numpy().astype(float)
    classes = Classes(
        count=np.bincount(unit_class, minlength=len(members)).astype(np.float64),
        parent=parent,
        first=np.zeros(len(members), dtype=np.int64),
        last=one.get_column("last").to_numpy().astype(np.int64),
        exposure=settings.exposure_price * one.get_column("points").to_numpy().astype(float),
        region=one.get_column("region").replace_strict(regions, return_dtype=pl.Int64).to_numpy(),
        sites=np.where(counts, sites, 0.0),
        owner=one.get_column("owner")
        .replace_strict({n: i for i, n in enumerate(owners)}, return_dtype=pl.Int64)
        .to_numpy(),
        way=way[members],
        running=one.get_column("running").to_numpy().astype(float),
    )
    return classes, unit_class, members


def _options(
    network: Network, work: Work, units: pl.DataFrame, members: Ints, pattern_of: Ints,
    patterns: list[Pattern], choices: list[list[Choice]], families: list[tuple[str, str]],
) -> tuple[Options, Ints]:  # fmt: skip
    """Options of all classes: for each pattern, amounts of its classes times figures of its choices."""
    settings = network.settings
    family_number = {family: i for i, family in enumerate(families)}
    amounts = work.amounts
    unit_start = np.searchsorted(amounts.get_column("unit").to_numpy(), np.arange(units.height + 1))
    quantity = amounts.get_column("quantity").to_numpy().astype(float)
    visits = units.get_column("sites").to_numpy().astype(float)
    parts: dict[str, list[Any]] = defaultdict(list)
    for number, (pattern, found) in enumerate(zip(patterns, choices, strict=True)):
        of = np.flatnonzero(pattern_of == number)
        if not len(of) or not found:
            continue
        table = quantity[unit_start[members[of]][:, None] + np.arange(len(pattern.needs))]
        figures = np.array([[(o.price, o.hours, o.yearly) for o in one.offers] for one in found])
        price, hours, yearly = (np.einsum("cn,kn->ck", table, figures[:, :, i]) for i in range(3))
        lead = np.array([max(o.lead for o in one.offers) for one in found])
        width = 2
        family = np.zeros((len(of), len(found), width), dtype=np.int64)
        amount = np.zeros((len(of), len(found), width))
        for k, one in enumerate(found):
            for j, (bought, mine) in enumerate(_by_family(one.offers).items()):
                family[:, k, j] = family_number[bought]
                amount[:, k, j] = table[:, mine].sum(axis=1)
        labour = hours * settings.labour_rate
        shape = price.shape
        for name, value in (
            ("of", np.broadcast_to(of[:, None], shape)),
            ("choice", np.broadcast_to(np.arange(len(found)), shape)),
            ("now", price + labour + settings.visit_cost * visits[members[of]][:, None]),
            ("later", settings.removal_share * labour),
            ("running", yearly / 4),
            ("hours", hours),
            ("later_hours", settings.removal_share * hours),
            ("first", np.broadcast_to(lead, shape)),
        ):
            parts[name].append(value.reshape(-1))
        parts["family"].append(family.reshape(-1, width))
        parts["amount"].append(amount.reshape(-1, width))
    if not parts:  # nothing must go, or nothing can be bought
        return _no_options(len(members))
    whole: dict[str, Any] = {name: np.concatenate(value) for name, value in parts.items()}
    order = np.lexsort((whole["choice"], whole["of"]))
    whole = {name: np.ascontiguousarray(value[order]) for name, value in whole.items()}
    start = np.searchsorted(whole["of"], np.arange(len(members) + 1)).astype(np.int64)
    choice = whole.pop("choice").astype(np.int64)
    return Options(
        start=start, of=whole["of"], now=whole["now"], later=whole["later"],
        running=whole["running"], hours=whole["hours"], later_hours=whole["later_hours"],
        family=whole["family"], amount=whole["amount"], first=whole["first"],
    ), choice  # fmt: skip


def _no_options(classes: int) -> tuple[Options, Ints]:
    of, amount = np.zeros(0, dtype=np.int64), np.zeros(0)
    options = Options(
        start=np.zeros(classes + 1, dtype=np.int64), of=of, now=amount, later=amount, running=amount,
        hours=amount, later_hours=amount, family=np.zeros((0, 2), dtype=np.int64), amount=np.zeros((0, 2)),
        first=of,
    )  # fmt: skip
    return options, of


def _by_family(offers: tuple[Offer, ...]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for i, offer in enumerate(offers):
        found.setdefault((offer.maker, offer.role), []).append(i)
    return found
