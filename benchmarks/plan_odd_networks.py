"""Plans networks that nobody tuned the planner for: proved gap, rules held, time and memory of each.

Usage: python benchmarks/plan_odd_networks.py [--kinds plain caps] [--sites 200 2000] [--seeds 2 3]
       [--time-limit S]

Each network is planned in a process of its own, reading and writing included, and its plan held against the
rules by the independent check. Where there is no plan it says why: refused before planning (by which check),
proved (the linear master breaks limits), or not found.
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

from odd_networks import ODD

from clearband.planning.checking import check, read_plan
from clearband.planning.network.check import check as check_network
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network
from clearband.planning.optimise.solve import solve
from clearband.planning.plan.write import told, write_plan
from clearband.planning.units.assemble import assemble


def one(folder: Path, seed: int, limit: float | None) -> dict[str, object]:
    """Plan the network of a folder, here and now."""
    began = time.monotonic()
    network = read_network(folder)
    errors = check_network(network).errors
    if errors:
        return {"status": f"refused: {errors[0].check}"}
    assembled = assemble(network)
    ready = time.monotonic() - began
    solution = solve(assembled.problem, seed=seed, seconds=limit)
    classes = len(assembled.problem.classes.count)
    out: dict[str, object] = {
        "units": len(solution.option), "classes": classes, "missing": solution.missing, "gap": solution.gap,
        "ready": ready, "solve": solution.seconds, "broken": solution.broken, "value": solution.value,
        "bound": solution.bound,
    }  # fmt: skip
    violations = -1
    if not solution.missing:
        write_plan(told(assembled, solution, seed=seed, gap=0), folder.parent / "plan")
    out["seconds"] = time.monotonic() - began
    out["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not solution.missing:
        found = check(network, read_plan(folder.parent / "plan")).violations
        violations = found.height
        if violations:
            print(found, file=sys.stderr)
    out["violations"] = violations
    return out


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kinds", nargs="+", default=list(ODD), help="Kinds of networks.")
    parser.add_argument("--sites", type=int, nargs="+", default=[200, 2_000], help="Sizes of networks.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2], help="Of the networks.")
    parser.add_argument("--time-limit", type=float, help="Seconds.")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(one(asked.folder, 0, asked.time_limit)))
        return
    print(f"{'kind':<24} {'sites':>7} {'seed':>4} {'units':>6} {'classes':>7} {'gap %':>8} {'missing':>7} "
          f"{'viol.':>5} {'ready':>6} {'solve':>6} {'MiB':>5}")  # fmt: skip
    for kind in asked.kinds:
        for sites in asked.sites:
            for seed in asked.seeds:
                with tempfile.TemporaryDirectory() as folder:
                    network = Path(folder) / "network"
                    write_network(ODD[kind](sites, seed), network)
                    more = ["--time-limit", str(asked.time_limit)] if asked.time_limit else []
                    try:
                        done = subprocess.run(
                            [sys.executable, __file__, "--folder", str(network), *more],
                            capture_output=True, text=True, check=False, timeout=400,
                        )  # fmt: skip
                        line = _line(done)
                    except subprocess.TimeoutExpired:
                        line = "no end in 400 s"
                print(f"{kind:<24} {sites:>7} {seed:>4} {line}", flush=True)


def _line(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        return "FAILED " + " | ".join(done.stderr.strip().splitlines()[-3:])
    said = json.loads(done.stdout.splitlines()[-1])
    if "status" in said:
        return str(said["status"])
    gap = f"{said['gap'] * 100:8.4f}" if not said["missing"] else "       -"
    return (
        f"{said['units']:>6} {said['classes']:>7} {gap} {said['missing']:>7} {said['violations']:>5} "
        f"{said['ready']:>6.1f} {said['solve']:>6.1f} {said['memory']:>5.0f}"
        + (f"  broken {said['broken']:.3g}" if said["missing"] else "")
        + ("\n" + done.stderr if said["violations"] > 0 else "")
    )


if __name__ == "__main__":
    main()
