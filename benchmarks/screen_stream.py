"""Screening in parts beside the floor "Polars copies the same Parquet file", all in one run.

Usage: python benchmarks/screen_stream.py [--rows 10000000] [--file INVENTORY] [--keep FOLDER] [--csv]

Each is a process of its own; start-up and reading of the facts count. The floor is run before and after and
the cheaper one counts. With --csv the input is CSV, and the floor turns it into Parquet.
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


def measured(rows: int, folder: Path, given: Path | None, *, csv: bool) -> tuple[dict[str, Cost], int]:
    """Costs by name, and the size of the input in bytes."""
    inventory = given or folder / ("inventory.csv" if csv else "inventory.parquet")
    if given is None:
        made = run([PYTHON, GENERATOR, str(inventory), "--rows", str(rows)])
        if made.status != 0:
            sys.exit(made.said)
    # Once to warm the page cache and the compiled facts, so that neither side pays for them.
    run([CLEARBAND, "who", "Huawei"])
    copy = [PYTHON, "-c", CONVERT if csv else COPY, str(inventory), str(folder / "copy.parquet")]
    costs = {"floor": run(copy)}
    for name, columns in (("all columns", "all"), ("ids and answers", "ids")):
        out = folder / columns
        shutil.rmtree(out, ignore_errors=True)
        costs[name] = run(
            [
                CLEARBAND,
                "screen",
                "--stream",
                str(inventory),
                *QUESTION,
                "--columns",
                columns,
                "--out",
                str(out),
            ]
        )
        shutil.rmtree(out, ignore_errors=True)
    again = run(copy)
    costs["floor"] = min(costs["floor"], again, key=lambda cost: cost.cpu)
    return costs, inventory.stat().st_size


def main() -> None:
    """Print the table and the figures as JSON."""
    parser = argparse.ArgumentParser(description="Screen a large file in parts beside a plain copy by Polars")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--csv", action="store_true", help="CSV in, and a conversion to Parquet as the floor")
    parser.add_argument("--file", type=Path, help="an inventory of so many rows that is there already")
    parser.add_argument("--keep", type=Path, help="folder for the files (default: a temporary one)")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        costs, size = measured(options.rows, options.keep, options.file, csv=options.csv)
    else:
        with tempfile.TemporaryDirectory() as folder:
            costs, size = measured(options.rows, Path(folder), options.file, csv=options.csv)
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
