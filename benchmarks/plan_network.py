"""What it takes to plan made-up networks, beside a spreadsheet's plan and one model of everything in HiGHS.

Usage: python benchmarks/plan_network.py [--sites 50 500 5000] [--seed 1] [--whole-up-to 500]
         [--whole-seconds 20] [--equal-up-to 500] [--threads 1]

The figures of docs/plan.md, in about an hour:

    python benchmarks/plan_network.py --sites 50 200 500 1000 2000 5000 50000 100000 200000 \\
      --whole-up-to 5000 --whole-seconds 300 --equal-up-to 5000

Of each network, each in a process of its own and each plan held by the independent check:

- ``clearband``: what ``clearband plan solve`` does.
- ``one model``: every unit of work, choice and quarter a binary of HiGHS (``plan_monolithic.py``): the same
  instance, objective, gap to end at and threads, with presolve; no start is given to either.
- ``date first`` and ``cheapest first``: down a list, as in a spreadsheet (``plan_greedy.py``).
- ``as early``: Clearband with a price of exposure at which its plan has no more exposure than ``date first``,
  so that the two can be held against each other by cost alone. All others minimise the same: cost and
  exposure at its price (*value*).

CPU seconds are of the processor, reading and writing included; those of one thread, where nothing else is
said. Memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from plan_greedy import LISTS, go_down
from plan_monolithic import solve_whole

from clearband.planning.checking import check, read_plan
from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network
from clearband.planning.optimise.prices import no_prices
from clearband.planning.optimise.solve import Solution, solve
from clearband.planning.plan.write import told, write_plan
from clearband.planning.units.assemble import Assembled, assemble

GAP = 1e-5
"""Of the best plan, at which planner and model end: the default of ``clearband plan solve``."""
_HALVINGS, _ROUGH = 5, 1e-3


@dataclass(frozen=True)
class Row:
    """What one way came to.

    Attributes:
        cost, value: Of the plan; None where there is none. ``value`` is with the price of exposure.
        gap: From the best, as far as it is proved.
        missing: Units of work without a place.
        reached: CPU seconds until its plan was as good as ``--value``; None where it never was.
    """

    who: str
    units: int
    cost: float | None
    exposure: float | None
    value: float | None
    gap: float | None
    wall: float
    cpu: float
    memory: float
    violations: int | None
    missing: int
    reached: float | None = None


def one(asked: argparse.Namespace) -> Row:
    """Plan the network of a folder in one way, here and now."""
    began = time.monotonic()
    network = read_network(asked.folder)
    assembled = assemble(network)
    if asked.who == "as early":
        solution = _as_early(assembled, asked.exposure, asked.value)
    else:
        solution = _solution(asked, assembled)
    plan = None if solution is None or solution.missing else told(assembled, solution, seed=0, gap=GAP)
    if plan is not None:
        write_plan(plan, asked.folder.parent / "plan")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    row = Row(
        asked.who, len(assembled.problem.unit_class), None, None, None, None, time.monotonic() - began,
        usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, None,
        len(assembled.problem.unit_class) if solution is None else solution.missing,
    )  # fmt: skip
    if plan is None:
        return row
    violations = check(network, read_plan(asked.folder.parent / "plan")).violations.height
    claims = plan.claims
    gap = claims["gap"] if asked.who in ("clearband", "one model") else None
    return replace(
        row, cost=claims["cost"], exposure=claims["exposure"], value=claims["objective"], gap=gap,
        violations=violations, reached=asked.reached,
    )  # fmt: skip


def _solution(asked: argparse.Namespace, assembled: Assembled) -> Solution | None:
    problem = assembled.problem
    if asked.who == "clearband":
        return solve(problem, gap=GAP)
    if asked.who == "one model":
        whole = solve_whole(problem, gap=GAP, seconds=asked.whole_seconds, threads=asked.threads)
        if whole.option is None or whole.quarter is None:
            return None
        as_good = [at for at, value in whole.values if value <= asked.value * (1 + GAP)]
        asked.reached = as_good[0] if as_good else None
        return _of(assembled, whole.option, whole.quarter, whole.value, whole.bound)
    option, quarter, value = go_down(problem, asked.who)
    return _of(assembled, option, quarter, value, 0.0)


def _of(
    assembled: Assembled, option: np.ndarray, quarter: np.ndarray, value: float, bound: float
) -> Solution:
    return Solution(
        option, quarter, value, min(bound, value), int((option < 0).sum()), no_prices(assembled.problem),
        0.0, 0.0,
    )  # fmt: skip


def _as_early(assembled: Assembled, exposure: float, value: float) -> Solution | None:
    """The cheapest plan, over prices of exposure, that has no more exposure; valued at the told price."""
    classes = assembled.problem.classes
    price = assembled.network.settings.exposure_price
    points = classes.exposure[assembled.problem.unit_class] / price
    best: tuple[float, Solution] | None = None
    low, high = 1.0, 8.0
    for _ in range(_HALVINGS):
        times = math.sqrt(low * high)
        dearer = replace(assembled.problem, classes=replace(classes, exposure=times * classes.exposure))
        found = solve(dearer, gap=_ROUGH)
        mine = float((points * found.quarter).sum())
        if found.missing or mine > exposure:
            low = times
            continue
        high = times
        cost = found.value - times * price * mine
        if best is None or cost < best[0]:
            best = cost, replace(found, value=cost + price * mine, bound=0.0)
    return best[1] if best else None


def rows_of(asked: argparse.Namespace, sites: int) -> Iterator[Row]:
    """Each way to plan a network of so many sites."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "network"
        write_network(generate(Asked(sites, asked.seed)), folder)

        def run(who: str, *more: str) -> Row:
            command = [sys.executable, __file__, "--folder", str(folder), "--who", who, *more]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            return Row(**json.loads(done.stdout.splitlines()[-1]))

        ours = run("clearband")
        yield ours
        value = ("--value", str(ours.value or 0))
        if sites <= asked.whole_up_to:
            limit = ("--whole-seconds", str(asked.whole_seconds), "--threads", str(asked.threads))
            yield run("one model", *limit, *value)
        lists = [run(who) for who in LISTS]
        yield from lists
        if sites <= asked.equal_up_to and lists[0].exposure is not None:
            yield run("as early", "--exposure", str(lists[0].exposure), *value)


_COLUMNS = (
    "sites", "units of work", "plan", "cost", "exposure", "against Clearband's value", "gap", "CPU s",
    "clock s", "MiB", "rules broken",
)  # fmt: skip
_GROWTH = (
    "sites, 20 quarters", "units of work", "gap", "CPU s", "clock s", "MiB", "CPU s a 1,000 sites",
    "MiB a 1,000 sites", "grows with the sites to the power",
)  # fmt: skip


def _head(columns: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"


def line(sites: int, row: Row, before: Sequence[Row]) -> str:
    """A row of the table.

    Args:
        before: The rows of the network above it, Clearband's first.
    """
    head = f"| {sites:,} | {row.units:,} | {row.who} "
    tail = f"| {row.cpu:,.1f} | {row.wall:,.1f} | {row.memory:,.0f} | "
    if row.value is None or row.cost is None:
        left = (
            f"no plan in {row.cpu:,.0f} s" if row.who == "one model" else f"{row.missing:,} without a place"
        )
        return head + f"| {left} | | | " + tail + "|"
    gap = "" if row.gap is None else f"{row.gap:.3%}"
    against = f"{row.value / before[0].value - 1:+.2%}" if before and before[0].value else ""
    listed = next((other.cost for other in before if other.who == LISTS[0]), None)
    if row.who == "as early" and listed:
        against = f"cost {row.cost / listed - 1:+.2%} against {LISTS[0]}"
    if row.reached is not None:
        against += f", as good in {row.reached:,.1f} s"
    return (
        head + f"| {row.cost:,.0f} | {row.exposure:,.0f} | {against} | {gap} " + tail + f"{row.violations} |"
    )


def growth(ours: list[tuple[int, Row]]) -> Iterator[str]:
    """What a thousand sites take, and the power of the number of sites with which the time grows."""
    yield from _head(_GROWTH)
    before: tuple[int, Row] | None = None
    for sites, row in ours:
        power = ""
        if before is not None:
            power = f"{math.log(row.cpu / before[1].cpu) / math.log(sites / before[0]):.2f}"
        gap = "no plan" if row.gap is None else f"{row.gap:.3%}"
        yield (
            f"| {sites:,} | {row.units:,} | {gap} | {row.cpu:,.1f} | {row.wall:,.1f} | {row.memory:,.0f} "
            f"| {row.cpu / sites * 1e3:,.2f} | {row.memory / sites * 1e3:,.1f} | {power} |"
        )
        before = sites, row


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, nargs="+", default=[50, 500, 5_000], help="Sizes of networks.")
    parser.add_argument("--seed", type=int, default=1, help="Of the networks.")
    parser.add_argument("--whole-up-to", type=int, default=500, help="Sites up to which one model is tried.")
    parser.add_argument("--whole-seconds", type=float, default=20.0, help="CPU seconds that it has.")
    parser.add_argument("--threads", type=int, default=1, help="That HiGHS may use for it.")
    parser.add_argument("--equal-up-to", type=int, default=500, help="Sites up to which `as early` is run.")
    for hidden, kind in (("folder", Path), ("who", str), ("exposure", float), ("value", float)):
        parser.add_argument(f"--{hidden}", type=kind, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.reached = None
    if asked.folder:
        print(json.dumps(asdict(one(asked))))
        return
    for text in _head(_COLUMNS):
        print(text)
    all_ours = []
    for sites in asked.sites:
        rows: list[Row] = []
        for row in rows_of(asked, sites):
            print(line(sites, row, rows), flush=True)
            rows.append(row)
        all_ours.append((sites, rows[0]))
    print()
    for text in growth(all_ours):
        print(text)


if __name__ == "__main__":
    main()
