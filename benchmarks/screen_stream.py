"""Screening in parts beside the floor "Polars copies the same Parquet file", all in one run.

Usage: python benchmarks/screen_stream.py [--rows 10000000] [--file INVENTORY] [--keep FOLDER] [--csv]
       [--rounds 2]

Each is a process of its own; start-up and reading of the facts count. All are run in turn, twice or as often
as asked, and of each the run counts that took the least CPU: what else a machine does only adds. With --csv
the input is CSV, and the floor turns it into Parquet.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import CLEARBAND, PYTHON, Cost, as_json, run, table

GENERATOR = str(Path(__file__).parent / "generate_inventory.py")
COPY = "import polars, sys; polars.scan_parquet(sys.argv[1]).sink_parquet(sys.argv[2])"
CONVERT = "import polars, sys; polars.scan_csv(sys.argv[1], infer_schema=False).sink_parquet(sys.argv[2])"
QUESTION = ["--as", "federal-agency", "--as", "usf-recipient", "--action", "procure", "--action", "use",
            "--on", "2026-11-01"]  # fmt: skip


def measured(
    rows: int, folder: Path, given: Path | None, *, csv: bool, rounds: int
) -> tuple[dict[str, Cost], int]:
    """Costs by name, and the size of the input in bytes."""
    inventory = given or folder / ("inventory.csv" if csv else "inventory.parquet")
    if given is None:
        made = run([PYTHON, GENERATOR, str(inventory), "--rows", str(rows)])
        if made.status != 0:
            sys.exit(made.said)
    # Once to warm the page cache and the compiled facts, so that neither side pays for them.
    run([CLEARBAND, "who", "Huawei"])
    convert = CONVERT if csv else COPY
    commands = {"floor": [PYTHON, "-c", convert, str(inventory), str(folder / "copy.parquet")]}
    for name, columns in (("all columns", "all"), ("ids and answers", "ids")):
        asked = ["screen", "--stream", str(inventory), *QUESTION, "--columns", columns]
        commands[name] = [CLEARBAND, *asked, "--out", str(folder / columns)]
    costs: dict[str, Cost] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            for columns in ("all", "ids"):
                shutil.rmtree(folder / columns, ignore_errors=True)
            cost = run(command)
            costs[name] = min(costs.get(name, cost), cost, key=lambda one: (one.status == 0, one.cpu))
    return costs, inventory.stat().st_size


def main() -> None:
    """Print the table and the figures as JSON."""
    parser = argparse.ArgumentParser(description="Screen a large file in parts beside a plain copy by Polars")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--csv", action="store_true", help="CSV in, and a conversion to Parquet as the floor")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is run; the cheapest counts")
    parser.add_argument("--file", type=Path, help="an inventory of so many rows that is there already")
    parser.add_argument("--keep", type=Path, help="folder for the files (default: a temporary one)")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        costs, size = measured(
            options.rows, options.keep, options.file, csv=options.csv, rounds=options.rounds
        )
    else:
        with tempfile.TemporaryDirectory() as folder:
            costs, size = measured(
                options.rows, Path(folder), options.file, csv=options.csv, rounds=options.rounds
            )
    floor = costs["floor"]
    rows = [("what", "wall s", "CPU s", "CPU over floor", "rows/s", "peak MiB", "exit")]
    rows += [
        (name, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.cpu / floor.cpu:.2f}",
         f"{options.rows / cost.wall:,.0f}", f"{cost.peak_rss / 2**20:,.0f}", f"{cost.status}")
        for name, cost in costs.items()
    ]  # fmt: skip
    print(f"{options.rows:,} rows, {size / 1e6:,.0f} MB")
    print(table(rows))
    print(as_json("screen_stream", costs, rows=options.rows, bytes=size))
    failed = [cost for cost in costs.values() if cost.status != 0]
    if failed:
        sys.exit(failed[0].said or "clearband screen failed")


if __name__ == "__main__":
    main()
