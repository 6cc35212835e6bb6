"""Identification of many records with every kind of signal, beside the naive loop over one record at a time.

Usage: python benchmarks/identify_signals.py [--rows 1000000] [--naive 200]

Each record has a stated name, a model, a MAC address, a sysObjectID, a sysDescr, a chassis row of ENTITY-MIB
and a banner, now and then one less. Reading a file is not measured. The naive loop runs the same code on a
sample, record by record; its time for all rows is extrapolated.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from generate_inventory import BLOCK, MAKERS, block, stock
from measure import PYTHON, run, table

from clearband.model.equipment import BANNERS, ENT_PHYSICAL, EQUIPMENT_SCHEMA

ON: Final = date(2026, 11, 1)
ENTERPRISES: Final = {
    "Cisco": 9, "Huawei": 2011, "Nokia": 6527, "Ericsson": 193, "ZTE": 3902, "Juniper": 2636, "Calix": 6321,
    "Hikvision": 39165, "MikroTik": 14988, "Axis": 368, "Adtran": 664, "Fortinet": 12356, "Arista": 30065,
    "Ubiquiti": 41112, "Dell": 674, "Moxa": 8691, "Zyxel": 890, "Ruckus": 25053, "Extreme": 1916,
}  # fmt: skip
"""IANA's numbers of some makers; others answer with the number of their SNMP software (Net-SNMP)."""


def part(start: int, rows: int, seed: int) -> pl.DataFrame:
    """Rows ``start`` and following as an equipment table."""
    draw = np.random.default_rng(seed)
    known = stock(np.random.default_rng(1))
    plain = block(start, rows, known, draw)
    names = pl.Series([line.split("|")[0] for line in MAKERS.splitlines()])
    makers = pl.DataFrame({"Model": known.model, "owner": names.gather(known.owner)}).unique("Model")
    plain = plain.join(makers, on="Model", how="left", maintain_order="left")
    owner = plain["owner"].fill_null("Cisco")
    tail = pl.Series(draw.integers(0, 4, rows)).cast(pl.String)
    chance = pl.Series(draw.random(rows))
    arc = owner.replace_strict(ENTERPRISES, default=8072, return_dtype=pl.Int64).cast(pl.String)
    frame = plain.with_columns(owner=owner, arc=arc, tail=tail, chance=chance)
    said = pl.format("{} {} Software, Version 15.{}", "owner", pl.col("Model").fill_null(""), "tail")
    described = frame.select(
        record_id="Asset",
        manufacturer="Mfr",
        model="Model",
        macs=pl.concat_list("MAC").list.drop_nulls(),
        sys_object_id=pl.format("1.3.6.1.4.1.{}.1.{}", "arc", "tail"),
        sys_descr=pl.when(pl.col("chance") < 0.8).then(said),
        ent_physical=pl.concat_list(
            pl.struct(
                mfg="owner",
                model="Model",
                descr=pl.lit("chassis"),
                name=pl.lit("Chassis"),
                serial=pl.lit(None, dtype=pl.String),
            )
        ).cast(ENT_PHYSICAL),
        banners=pl.concat_list(
            pl.struct(protocol=pl.lit("http-title"), text=pl.format("{} - {}", "owner", "Type"))
        ).cast(BANNERS),
        category="Type",
        site="Site",
        notes="Notes",
    )
    rest = [pl.lit(None, dtype=kind).alias(name) for name, kind in EQUIPMENT_SCHEMA.items()]
    wanted = [one for one, name in zip(rest, EQUIPMENT_SCHEMA, strict=True) if name not in described.columns]
    return described.with_columns(wanted).select(list(EQUIPMENT_SCHEMA))


def write(folder: Path, rows: int) -> None:
    """The table as Parquet files."""
    for number, start in enumerate(range(0, rows, BLOCK)):
        part(start, min(BLOCK, rows - start), number).write_parquet(folder / f"{number:03}.parquet")


def identify_all(folder: Path, naive: int) -> None:
    """Identify the table, and a sample of it record by record; print seconds as JSON."""
    from clearband.identify import identify
    from clearband.register import load_register

    equipment, register = pl.read_parquet(folder / "*.parquet"), load_register()
    identify(equipment[:100], register, on=ON)  # indexes are built on first use
    sample = equipment.sample(naive, seed=1) if naive else equipment.clear()
    start = time.perf_counter()
    for row in range(len(sample)):
        identify(sample[row : row + 1], register, on=ON)
    middle = time.perf_counter()
    verdicts = identify(equipment, register, on=ON)
    end = time.perf_counter()
    found = verdicts["maker_status"].value_counts().rows()
    print(json.dumps({"naive": middle - start, "all": end - middle, "found": found}), file=sys.stderr)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Identify many records with every kind of signal")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--naive", type=int, default=200, help="records of the naive loop")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        identify_all(options.folder, options.naive)
        return
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), options.rows)
        cost = run([PYTHON, __file__, "--folder", name, "--naive", str(options.naive)])
    if cost.status != 0:
        sys.exit(cost.said)
    took = json.loads(cost.said.strip().splitlines()[-1])
    every = took["naive"] / options.naive * options.rows
    rate, slow = options.rows / took["all"], options.naive / took["naive"]
    print(
        table(
            [
                ("what", "seconds", "rows/s", "peak MB"),
                (
                    "identify, all signals",
                    f"{took['all']:.1f}",
                    f"{rate:,.0f}",
                    f"{cost.peak_rss / 1e6:,.0f}",
                ),
                (f"one by one, from {options.naive} records", f"{every:,.0f}", f"{slow:,.0f}", ""),
            ]
        )
    )
    print(f"{options.rows:,} rows; {rate / slow:,.0f} times the naive loop (extrapolated); {took['found']}")


if __name__ == "__main__":
    main()
