"""Screening a large CSV file, beside the floor "Polars reads the same file as text and writes it again".

Usage: python benchmarks/screen_csv.py [--rows 1000000] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import CLEARBAND, PYTHON, Cost, as_json, run, table

GENERATOR = str(Path(__file__).parent / "generate_inventory.py")
COPY = "import polars, sys; polars.read_csv(sys.argv[1], infer_schema=False).write_csv(sys.argv[2])"
QUESTION = ["--as", "federal-agency", "--as", "usf-recipient", "--action", "procure", "--action", "use",
            "--on", "2026-11-01"]  # fmt: skip


def measured(rows: int, folder: Path) -> tuple[dict[str, Cost], int]:
    """Costs by name, and the size of the input in bytes."""
    inventory = folder / "inventory.csv"
    costs = {"generate": run([PYTHON, GENERATOR, str(inventory), "--rows", str(rows)])}
    if costs["generate"].status != 0:
        sys.exit(costs["generate"].said)
    # Once to warm the page cache and the compiled facts, so that neither side pays for them.
    run([CLEARBAND, "who", "Huawei"])
    costs["floor"] = run([PYTHON, "-c", COPY, str(inventory), str(folder / "copy.csv")])
    costs["screen"] = run([CLEARBAND, "screen", str(inventory), *QUESTION, "--out", str(folder / "out")])
    again = run([PYTHON, "-c", COPY, str(inventory), str(folder / "copy.csv")])
    costs["floor"] = min(costs["floor"], again, key=lambda cost: cost.wall)
    return costs, inventory.stat().st_size


def main() -> None:
    """Print the table and the figures as JSON."""
    parser = argparse.ArgumentParser(description="Screen a large CSV file beside a plain copy by Polars")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder for the files (default: a temporary one)")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        costs, size = measured(options.rows, options.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            costs, size = measured(options.rows, Path(folder))

    floor, screen = costs["floor"], costs["screen"]
    rows = [("what", "wall s", "CPU s", "rows/s", "peak MB", "exit")]
    names = {"generate": "generate", "floor": "Polars: read and write", "screen": "clearband screen"}
    rows += [
        (names[key], f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{options.rows / cost.wall:,.0f}",
         f"{cost.peak_rss / 1e6:,.0f}", f"{cost.status}")
        for key, cost in costs.items()
    ]  # fmt: skip
    print(f"{options.rows:,} rows, {size / 1e6:,.0f} MB")
    print(table(rows))
    wall, cpu = screen.wall / floor.wall, screen.cpu / floor.cpu
    print(f"screen over floor: {wall:.2f} x wall, {cpu:.2f} x CPU")
    print(as_json("screen_csv", costs, rows=options.rows, bytes=size, ratio_wall=wall, ratio_cpu=cpu))
    if screen.status != 0:
        sys.exit(screen.said or "clearband screen failed")


if __name__ == "__main__":
    main()
