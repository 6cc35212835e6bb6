"""Merging two files of a million records, beside the floor "Polars joins both by their serial numbers".

A list of assets (maker, model, serial number, site) and a discovery (serial number in another notation,
address, name); half of the boxes are in both. In the second part all records have one serial number, and in
the third each hangs together with the next by addresses: neither may take much longer than the first.

Usage: python benchmarks/merge_sources.py [--rows 1000000] [--pairs 3]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from clearband.directives.law import load_law
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register
from clearband.screening.merging import Merged, merge_sources
from clearband.screening.screen import screen
from clearband.screening.settings import settings_for
from clearband.sources import Inventory
from clearband.sources.inventory import TableReport

MAKERS = {"Huawei": 0x48CDD3, "Cisco": 0x001B54, "Nokia": 0x00D0F6, "Juniper": 0x000585}
"""Makers, and a block of addresses of each."""
MODELS = ("NE40E-X8A", "C9300-48P", "7750 SR-1", "MX204")
ON = date(2026, 11, 22)
TIMED = 2
NO_TEXT = pl.lit(None, dtype=pl.String)


def file(name: str, numbers: pl.Series, columns: tuple[str, ...]) -> pl.DataFrame:
    """Some columns of the boxes with these numbers."""
    number = pl.col("number")
    maker = number % len(MAKERS)
    block = maker.replace_strict(dict(enumerate(MAKERS.values())), return_dtype=pl.Int64)
    digits = [(((block * 2**24 + number) // 256**place) % 256) for place in range(5, -1, -1)]
    octets = pl.DataFrame({"octet": pl.int_range(256, eager=True), "text": [f"{n:02x}" for n in range(256)]})
    text = [one.replace_strict(octets["octet"], octets["text"], return_dtype=pl.String) for one in digits]
    serial = pl.format("21{}X{}", number * 7919 + 10**9, number % 97)
    table = numbers.alias("number").to_frame().select(
        record_id=pl.format("{}-{}", pl.lit(name), "number"),
        source=pl.format("{}.csv:{}", pl.lit(name), pl.int_range(2, pl.len() + 2)),
        manufacturer=maker.replace_strict(dict(enumerate(MAKERS)), return_dtype=pl.String),
        model=maker.replace_strict(dict(enumerate(MODELS)), return_dtype=pl.String),
        serial=serial if name == "assets" else serial.str.to_lowercase(),
        site=pl.format("Site {}", number % 500),
        sys_name=pl.format("box-{}", "number"),
        macs=pl.concat_list(pl.concat_str(text, separator=":")),
        quantity=pl.lit(1),
    )  # fmt: skip
    held = ("record_id", "source", "quantity", *columns)
    return table.select(
        (pl.col(one) if one in held else pl.lit(None)).cast(kind).alias(one)
        for one, kind in EQUIPMENT_SCHEMA.items()
    )


def inventory(assets: pl.DataFrame, found: pl.DataFrame) -> Inventory:
    """Both files as they were read."""
    reports = tuple(
        TableReport(f"{name}.csv", None, "csv", rows_read=table.height)
        for name, table in (("assets", assets), ("found", found))
    )
    return Inventory(pl.concat([assets, found]), reports)


def cpu_of(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """The least seconds of processor time of several runs, and what the last gave."""
    least, result = float("inf"), None
    for _ in range(times):
        start = time.process_time()
        result = work()
        least = min(least, time.process_time() - start)
    return least, result


def main() -> None:
    """Print the figures, last as JSON."""
    parser = argparse.ArgumentParser(description="Merge two large files")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=3, help="times that each is measured, in turn")
    options = parser.parse_args()
    half, quarter = options.rows // 2, options.rows // 4
    numbers = pl.int_range(half, eager=True), pl.int_range(quarter, quarter + half, eager=True)
    assets = file("assets", numbers[0], ("manufacturer", "model", "serial", "site"))
    found = file("found", numbers[1], ("serial", "macs", "sys_name"))
    law, register = load_law(), load_register()
    settings = settings_for(
        law, profile=None, actors=(), actions=(), on=ON, known_on=None, found_on=None, today=ON
    )

    def merged(one: pl.DataFrame, other: pl.DataFrame) -> Merged:
        return merge_sources(inventory(one, other), settings, register, law)

    def joined() -> pl.DataFrame:
        lower = found.with_columns(pl.col("serial").str.to_uppercase())
        return assets.join(lower, on="serial", how="full", coalesce=True)

    merged(assets.head(1000), found.head(1000))  # so that nobody pays for the compiled facts
    floors, times, result = [], [], merged(assets.head(1), found.head(1))
    for _ in range(options.pairs):
        floors.append(cpu_of(joined, 1)[0])
        taken, result = cpu_of(lambda: merged(assets, found), 1)
        times.append(taken)
    floor, taken = min(floors), min(times)
    apart, _ = cpu_of(lambda: screen(inventory(assets, found), settings, register, law), TIMED)
    after, _ = cpu_of(lambda: screen(result.inventory, settings, register, law, merges=result.merges), TIMED)
    one_number, _ = cpu_of(
        lambda: merged(*(t.with_columns(serial=pl.lit("2102357744BCD")) for t in (assets, found))), 1
    )
    ends = [assets.with_columns(serial=NO_TEXT), found.with_columns(serial=NO_TEXT, sys_name=NO_TEXT)]
    own = file("found", pl.int_range(half + 1, eager=True), ("macs",))["macs"]
    chain = [
        ends[0].with_columns(macs=pl.concat_list(own[:-1], own[1:])),
        ends[1].with_columns(macs=pl.concat_list(own[1:], own[:-1].shift(-1).fill_null([]))),
    ]
    one_chain, _ = cpu_of(lambda: merged(*chain), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    records = result.inventory.equipment.height
    print(f"{options.rows:,} records in two files, {records:,} after merging")
    print(f"join by serial number    {floor:6.2f} s CPU")
    print(f"merge                    {taken:6.2f} s CPU, {taken / floor:.1f} x the join")
    print(f"screen, apart            {apart:6.2f} s CPU")
    print(f"screen, merged           {after:6.2f} s CPU")
    print(f"merge, one number        {one_number:6.2f} s CPU")
    print(f"merge, one chain         {one_chain:6.2f} s CPU")
    print(f"peak                     {peak:6.2f} GB")
    figures = {"benchmark": "merge_sources", "rows": options.rows, "records": records, "peak_gb": peak}
    figures |= {"floor": floor, "merge": taken, "ratio": taken / floor}
    figures |= {"screen_apart": apart, "screen_merged": after}
    figures |= {"one_number": one_number, "one_chain": one_chain}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
