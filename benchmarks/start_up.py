"""Start-up: how long until ``clearband`` answers, beside an interpreter that does nothing.

Usage: python benchmarks/start_up.py [--runs 7]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import CLEARBAND, PYTHON, Cost, as_json, run, table

COMMANDS = {
    "python -c pass": [PYTHON, "-c", "pass"],
    'python -c "import polars"': [PYTHON, "-c", "import polars"],
    "clearband --version": [CLEARBAND, "--version"],
    'clearband who "Huawei"': [CLEARBAND, "who", "Huawei"],
}


def main() -> None:
    """Print medians and their ratio to the bare interpreter."""
    parser = argparse.ArgumentParser(description="Start-up time of clearband beside the bare interpreter")
    parser.add_argument("--runs", type=int, default=7, help="runs of each command; the median counts")
    runs = max(1, parser.parse_args().runs)

    with tempfile.TemporaryDirectory() as folder:
        cache = {"XDG_CACHE_HOME": str(Path(folder))}
        first = run([CLEARBAND, "who", "Huawei"], cache)
        # In turn, not in blocks: a busy moment of the machine then meets all of them.
        costs: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
        for _ in range(runs):
            for name, command in COMMANDS.items():
                costs[name].append(run(command, cache))

    median = {name: sorted(taken, key=lambda cost: cost.wall)[runs // 2] for name, taken in costs.items()}
    median['clearband who "Huawei", first time (facts are compiled)'] = first
    floor = median["python -c pass"].wall
    rows = [("command", "seconds", "x python", "MB", "exit")]
    rows += [
        (name, f"{cost.wall:.3f}", f"{cost.wall / floor:.1f}", f"{cost.peak_rss / 1e6:.0f}", f"{cost.status}")
        for name, cost in median.items()
    ]
    print(table(rows))
    print(as_json("start_up", median, median_of=runs))
    for name, cost in median.items():
        if cost.status != 0:
            sys.exit(f"{name} failed: {cost.said}")


if __name__ == "__main__":
    main()
