"""Inventories of several sources as the reader gives them, merged and screened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from clearband.directives.law import Law, load_law
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register
from clearband.screening.merging import Merged, merge_sources
from clearband.screening.result import Screening
from clearband.screening.screen import screen
from clearband.screening.settings import Settings, settings_for
from clearband.sources import Inventory
from clearband.sources.inventory import TableReport

ON = date(2026, 11, 22)
Record = dict[str, Any]


def inventory(sources: dict[str, Sequence[Record]]) -> Inventory:
    """The records of each file; ``id`` is short for ``record_id``."""
    frames = [
        pl.DataFrame(
            [
                {"quantity": 1, "source": f"{file}:{at}", **one, "record_id": one.get("id", f"{file}!{at}")}
                for at, one in enumerate(records, 2)
            ],
            schema=EQUIPMENT_SCHEMA,
        )
        for file, records in sources.items()
    ]
    reports = [TableReport(file, None, "csv", rows_read=len(records)) for file, records in sources.items()]
    return Inventory(pl.concat(frames), tuple(reports))


@lru_cache(maxsize=1)
def the_law() -> Law:
    return load_law()


@lru_cache(maxsize=4)
def asked(actors: tuple[str, ...] = ()) -> Settings:
    return settings_for(
        the_law(), profile=None, actors=actors, actions=(), on=ON, known_on=None, found_on=None, today=ON
    )


def merge(actors: tuple[str, ...] = (), /, **sources: Sequence[Record]) -> Merged:
    """Merge files, named by keyword."""
    return merge_sources(inventory(sources), asked(actors), load_register(), the_law())


def screened(given: Inventory, merges: pl.DataFrame | None = None) -> Screening:
    return screen(given, asked(), load_register(), the_law(), merges=merges)


def partition(merged: Merged) -> set[frozenset[str]]:
    """The sources of the records of each merged one."""
    table = merged.inventory.equipment
    if "merged_from" not in table.columns:
        return set()
    said = table["merged_from"].drop_nulls().to_list()
    return {frozenset(one["source"] for one in each) for each in said}


def kept_apart(merged: Merged) -> list[str]:
    if merged.merges is None:
        return []
    return merged.merges.filter(pl.col("outcome") == "kept-apart")["reason"].to_list()
