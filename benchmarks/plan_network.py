"""What it takes to plan made-up networks: time, memory, proved gap, and rules held by the independent check.

Usage: python benchmarks/plan_network.py [--sites 50 500 5000] [--seed 1]

The peer is a plan that takes the most exposed work first, each as soon as it fits and then where it is
cheapest, as a spreadsheet does (``greedy``): its cost stands beside as a ratio. Each network is planned in a
process of its own. Times are in seconds, reading and writing included; memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from clearband.planning.checking import check, read_plan
from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network
from clearband.planning.optimise.board import empty_board, value_of
from clearband.planning.optimise.kernels import insert
from clearband.planning.optimise.solve import solve
from clearband.planning.plan.write import told, write_plan
from clearband.planning.units.assemble import assemble


def greedy(problem) -> tuple[float, int]:  # type: ignore[no-untyped-def]
    """Value of the spreadsheet's plan, and the units that it has no place for."""
    board = empty_board(problem)
    classes = problem.classes
    waited = np.zeros(len(problem.unit_class), dtype=bool)
    waited[problem.parents] = True
    order = np.lexsort((-classes.exposure[problem.unit_class], ~waited))
    # Soonest first, then cheapest: what a planner does who goes down a list.
    span = problem.quarters
    soon = np.arange(span)[None, :] * 1e12
    price = np.where(np.isfinite(board.cost), board.cost + soon, np.inf)
    missed = int(insert(board, order.astype(np.int64), price))
    return value_of(board), missed


def one(folder: Path, seed: int) -> dict[str, float]:
    """Plan the network of a folder, here and now."""
    began = time.monotonic()
    network = read_network(folder)
    assembled = assemble(network)
    solution = solve(assembled.problem, seed=seed)
    plan = told(assembled, solution, seed=seed, gap=0)
    write_plan(plan, folder.parent / "plan")
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    violations = check(network, read_plan(folder.parent / "plan")).violations.height
    value, missed = greedy(assembled.problem)
    return {
        "units": len(solution.option), "missing": solution.missing, "gap": solution.gap, "seconds": seconds,
        "memory": memory, "violations": violations, "greedy": value / solution.value, "greedy_missed": missed,
    }  # fmt: skip


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, nargs="+", default=[50, 500, 5_000], help="Sizes of networks.")
    parser.add_argument("--seed", type=int, default=1, help="Of the networks.")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(one(asked.folder, 0)))
        return
    print(f"{'sites':>8} {'units':>7} {'gap %':>8} {'s':>7} {'MiB':>6} {'violations':>10}  greedy")
    for sites in asked.sites:
        with tempfile.TemporaryDirectory() as folder:
            network = Path(folder) / "network"
            write_network(generate(Asked(sites, asked.seed)), network)
            done = subprocess.run(
                [sys.executable, __file__, "--folder", str(network)],
                check=True,
                capture_output=True,
                text=True,
            )
            told_ = json.loads(done.stdout.splitlines()[-1])
            print(
                f"{sites:>8} {told_['units']:>7} {told_['gap'] * 100:>8.4f} {told_['seconds']:>7.1f} "
                f"{told_['memory']:>6.0f} {told_['violations']:>10}  "
                f"x{told_['greedy']:.4f}, {told_['greedy_missed']} without a place",
                flush=True,
            )


if __name__ == "__main__":
    main()
