"""The kernel beside a loop over rows: the same rules and answers, each row looked at by itself.

Usage: python benchmarks/row_loop.py [--rows 20000]

The loop calls the functions that read a value, weigh evidence and find the kind of equipment, once a row. The
law is not asked again for what it was asked before, in the loop's favour: that is not counted. Both sides are
one process; the kernel reads the first half to warm up and is measured on the second, as the loop is.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from measure import PYTHON, run, table

from clearband.directives.law import load_law
from clearband.identify.categories import (
    category_of_model,
    category_of_text,
    contradicts,
    is_finer,
    is_weak_kind,
)
from clearband.identify.combine import combine
from clearband.identify.families import family_index
from clearband.identify.free_text import observe_description
from clearband.identify.kinship import kinship
from clearband.identify.mac_addresses import observe_registrants
from clearband.identify.mac_columns import address_codes
from clearband.identify.memory import ClaimSets, Memory
from clearband.identify.mentions import mentions_in
from clearband.identify.model_text import model_number_forms, observe_combined, observe_model
from clearband.identify.observation import Observation
from clearband.identify.stated import observe_stated
from clearband.register import load_register
from clearband.runs.kernel import Kernel
from clearband.screening.settings import settings_for
from clearband.sources import ReadOptions
from clearband.sources.macs import parse_macs
from clearband.sources.stream import open_dataset
from clearband.sources.stream.sizes import Sizes

ON = date(2026, 11, 1)
REGISTER = load_register()
HOUSES = kinship(REGISTER, ON)
FAMILIES = family_index(REGISTER)


def clean(text: str | None) -> str | None:
    """A cell without blanks around it; null where nothing is left."""
    return (text or "").strip() or None


def observations(row: dict[str, Any]) -> list[Observation]:
    """What the signals of a row say, each read anew."""
    maker, model, described = (clean(row[name]) for name in ("Mfr", "Model", "Description"))
    found = []
    if maker:
        found.append(observe_stated("manufacturer", maker, REGISTER))
    if model:
        hits = FAMILIES.match(model_number_forms(model, REGISTER))
        found.append(observe_model("model", model, hits, REGISTER))
        if not maker:
            found.append(observe_combined("model", model, hits, REGISTER))
    if described:
        found.append(observe_description(described, REGISTER))
    macs = parse_macs(pl.Series([row["MAC"]], dtype=pl.String)).values[0]
    if macs is not None and len(macs):
        import numpy as np

        numbers = np.array([int(mac.replace(":", ""), 16) for mac in macs], dtype=np.uint64)
        codes = sorted(set(address_codes(numbers, REGISTER).tolist()))
        found.append(observe_registrants(tuple(codes), min(sum(code >= 0 for code in codes), 2), REGISTER))
    return found


def by_row(row: dict[str, Any], sets: ClaimSets) -> tuple[Any, ...]:
    """What the loop finds of a row: maker, its name, confidence."""
    said = observations(row)
    for name in ("Notes", "Site", "Owner"):
        if text := clean(row[name]):
            mentions_in(name.lower(), text, REGISTER)
    kind = category_of_text(clean(row["Type"]) or "")
    claims = [claim for one in said for claim in sets.claims[sets.number_of(one)]]
    decision = combine(claims, HOUSES, REGISTER, kind=kind)
    category(row, kind, decision)
    return decision.maker, decision.maker_name, decision.confidence


def category(row: dict[str, Any], stated: str | None, decision: Any) -> str | None:
    """The kind of a row's equipment."""
    implied = decision.category
    if (
        stated
        and implied
        and ((contradicts(stated, implied) and decision.category_sure) or is_finer(implied, stated))
    ):
        return str(implied)
    if stated or implied:
        return stated or implied
    for text, read in ((row["Description"], category_of_text), (row["Model"], category_of_model)):
        found = read(text) if text else None
        maker = decision.maker or decision.runner_up
        if found and not (maker and is_weak_kind(found, maker, REGISTER)):
            return found
    return None


def main() -> None:
    """Print what each takes a row, and how many times the loop is slower."""
    parser = argparse.ArgumentParser(description="The kernel beside a loop over rows")
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the loop")
    parser.add_argument("--kernel-rows", type=int, default=2_000_000, help="rows of the kernel")
    options = parser.parse_args()
    law = load_law()
    settings = settings_for(
        law, actors=("federal-agency", "usf-recipient"), actions=("procure", "use"), on=ON, today=ON
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.parquet"
        made = run(
            [
                PYTHON,
                str(Path(__file__).parent / "generate_inventory.py"),
                str(path),
                "--rows",
                str(options.kernel_rows),
            ]
        )
        if made.status:
            sys.exit(made.said)
        dataset = open_dataset([path], None, ReadOptions())
        kernel = Kernel(dataset.layout, dataset.options, settings, REGISTER, law)
        chunks = dataset.chunks(Sizes(rows=options.kernel_rows // 2))
        start = time.process_time()
        _, chunk = next(chunks)
        first = kernel.screen(chunk)
        warm_up = time.process_time() - start
        start = time.process_time()
        _, chunk = next(chunks)
        screened = kernel.screen(chunk)
        by_kernel = (time.process_time() - start) / chunk.frame.height
    rows = chunk.frame.head(options.rows).to_dicts()
    sets = Memory().claim_sets
    by_row(rows[0], sets)
    start = time.process_time()
    found = [by_row(row, sets) for row in rows]
    by_loop = (time.process_time() - start) / len(rows)
    names = ("maker", "maker_name", "confidence")
    expected = screened.cases[screened.numbers].head(options.rows).select(names).rows()
    other = sum(one != two for one, two in zip(found, expected, strict=True))
    whole = (warm_up + by_kernel * chunk.frame.height) / (first.numbers.len() + chunk.frame.height)
    lines = [
        ("what", "µs CPU a row", "times the kernel"),
        ("loop over rows", f"{by_loop * 1e6:.1f}", f"{by_loop / by_kernel:.0f}"),
        ("kernel, first chunk included", f"{whole * 1e6:.2f}", f"{whole / by_kernel:.1f}"),
        ("kernel, later chunks", f"{by_kernel * 1e6:.2f}", "1"),
    ]
    print(table(lines))
    print(f"rows with another maker, name or confidence: {other} of {len(rows)}")
    print(
        json.dumps(
            {
                "benchmark": "row_loop",
                "loop": by_loop,
                "kernel": by_kernel,
                "kernel_whole": whole,
                "other": other,
            }
        )
    )


if __name__ == "__main__":
    main()
