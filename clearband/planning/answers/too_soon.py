"""Dates that lie before what lead times and the order of work let be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from clearband.planning.answers.blocker import Blocker
from clearband.planning.answers.relaxation import LaterDate, Relaxation
from clearband.planning.problem import Ints, Problem
from clearband.planning.units.assemble import Assembled
from clearband.planning.units.work import last_quarter


def _soonest(problem: Problem) -> Ints:
    """[U] first quarter of each unit, by lead times and what it waits for."""
    last = int(problem.options.first.max(initial=0))
    lead = np.full(len(problem.classes.count), last, dtype=np.int64)
    np.minimum.at(lead, problem.options.of, problem.options.first)
    lead[np.diff(problem.options.start) == 0] = 0
    first: Ints = lead[problem.unit_class]
    waits = np.repeat(np.arange(len(first)), np.diff(problem.parent_start))
    while (first[problem.parents] > first[waits]).any():
        np.maximum.at(first, waits, first[problem.parents])
    return first


def too_soon(assembled: Assembled) -> Iterator[Blocker]:
    """Units whose date lies before lead times, and the work they wait for, let them be done."""
    network, problem = assembled.network, assembled.problem
    settings, units = network.settings, assembled.work.units.sort("unit")
    first = _soonest(problem)
    at = np.flatnonzero(first > units.get_column("last").to_numpy())
    if not len(at):
        return
    late: dict[int, int] = dict(zip(at.tolist(), first[at].tolist(), strict=True))
    overlap = settings.overlap_quarters
    longer = max(0, max(late.values()) + overlap - settings.quarters + 1)
    to: dict[tuple[Any, ...], int] = {}
    count: dict[tuple[Any, ...], int] = {}
    rows = assembled.work.items.filter(pl.col("unit").is_in(list(late)))
    for row in rows.iter_rows(named=True):
        day, wanted = row["remove_by"], late[row["unit"]]
        if day is None or (last_quarter(settings, day) >= wanted and not longer):
            continue
        key = (row["owner"], row["group"], day)
        to[key], count[key] = max(to.get(key, 0), wanted), count.get(key, 0) + 1
    for (owner, group, day), wanted in sorted(to.items()):
        until = settings.last_day(wanted + overlap)
        if until <= day:
            continue
        moved_by = wanted - last_quarter(settings, day)
        yield Blocker(
            "too-soon",
            f"{group} of {owner}: {count[owner, group, day]:,} items must be out by {day}, and lead times "
            f"and the order of work let them be out by the end of {settings.quarter_name(wanted + overlap)} "
            "at the soonest",
            f"move that date to {until} ({moved_by} quarter{'s' * (moved_by != 1)} later)",
            "shorter lead_quarters or overlap_quarters",
            Relaxation(
                dates=[LaterDate(owner=owner, group=group, remove_by=day, to=until)],
            ),
        )  # fmt: skip
    if longer:
        yield Blocker(
            "horizon-too-short", f"the horizon of {settings.quarters} quarters ends before all work can",
            f"plan {longer} quarter{'s' * (longer != 1)} more", "shorter lead_quarters",
            Relaxation(quarters=longer),
        )  # fmt: skip
