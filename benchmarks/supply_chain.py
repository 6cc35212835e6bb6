"""What the examination of a supply chain costs: time and memory over a bill of materials of many rows.

Usage: python benchmarks/supply_chain.py [--rows 100000]

Products of fifty rows each, up to some ten levels deep, of ten makers and one that is not told; certificates
of ten laboratories. Beside each ban stands identification alone, which every examination begins with.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from measure import CLEARBAND, as_json, run, table

ON = "2026-11-01"
PER_PRODUCT = 50
MAKERS = (
    "Ericsson",
    "Nokia",
    "Huawei",
    "HiSilicon",
    "Broadcom",
    "Intel",
    "Samsung",
    "Qualcomm",
    "Xilinx",
    "",
)
BANS = ("supplier:huawei", "country:CN", "part:N17", "certificate:C-7", "laboratory:Lab 3")
HEADER = "record id,part of,vendor,part number,category,made in,network,certificate,laboratory\n"


def write_bill(file: Path, rows: int) -> None:
    """A bill of materials of so many rows, always the same."""
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for row in range(rows):
            top = row - row % PER_PRODUCT
            product = row == top
            above = "" if product else f"P{max(top, row - chance.randint(1, 8))}"
            paper = f"C-{chance.randint(0, 500)},Lab {chance.randint(0, 9)}" if product else "none,"
            out.write(
                f"P{row},{above},{chance.choice(MAKERS)},N{chance.randint(0, rows // 10)},"
                f"{chance.choice(('rru', 'switch', 'router', 'memory'))},"
                f"{chance.choice(('CN', 'SE', 'US', ''))},net{top % 20},{paper}\n"
            )


def main() -> None:
    """Print the table, and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bill = Path(name) / "bill.csv"
        write_bill(bill, asked.rows)
        examine = [CLEARBAND, "assess", "chain", str(bill), "--on", ON]
        costs = {
            "identify alone": run([CLEARBAND, "identify", str(bill), "--out", str(Path(name) / "made.csv")]),
            "no ban": run(examine),
            **{ban: run([*examine, "--ban", ban]) for ban in BANS},
            "all of them": run([*examine, *(word for ban in BANS for word in ("--ban", ban))]),
        }
    print(f"{asked.rows:,} rows")
    print(
        table(
            [
                ("", "s", "MB", "status"),
                *(
                    (name, f"{one.wall:.2f}", f"{one.peak_rss / 1e6:.0f}", str(one.status))
                    for name, one in costs.items()
                ),
            ]
        )
    )
    print(as_json("supply_chain", costs, rows=asked.rows))


if __name__ == "__main__":
    main()
