"""Runs in parts over small inventories, and the same screened in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from clearband.directives.law import Law, load_law
from clearband.register import Register, load_register
from clearband.runs.part import PREFIX
from clearband.runs.progress import Meter, Progress
from clearband.runs.run import Columns, Finished, Job, run_in_parts
from clearband.screening.screen import screen
from clearband.screening.settings import Settings, settings_for
from clearband.sources import read_inventory
from clearband.sources.stream import open_dataset
from clearband.sources.stream.sizes import Sizes

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CARRIER = EXAMPLES / "rural-carrier.csv"
COMPARED = {
    "maker": "maker",
    "maker_name": "maker_name",
    "category": "category",
    "confidence": "confidence",
    "answer": "answer",
    "directive": "answer_directive",
    "clause": "answer_clause",
    "date": "answer_date",
}
"""Columns that stand beside records in parts, and what they are called in the equipment table."""


@cache
def rules() -> tuple[Settings, Register, Law]:
    law = load_law()
    settings = settings_for(law, profile=EXAMPLES / "profile.yaml", today=date(2026, 11, 26))
    return settings, load_register(), law


def job(inputs: Sequence[Path], sizes: Sizes = Sizes(), columns: Columns = "all") -> Job:  # noqa: B008
    return Job(open_dataset(inputs), *rules(), columns=columns, sizes=sizes)


def run(
    inputs: Sequence[Path], out: Path, sizes: Sizes = Sizes(), columns: Columns = "all",  # noqa: B008
    *, resume: bool = False, told: list[Progress] | None = None,
) -> Finished:  # fmt: skip
    wanted = job(inputs, sizes, columns)
    said = told if told is not None else []
    return run_in_parts(wanted, out, Meter(said.append, wanted.dataset.rows), resume=resume)


def rows_of(out: Path) -> pl.DataFrame:
    """What all parts hold, in their order."""
    return pl.concat([pl.read_parquet(path) for path in sorted((out / "parts").iterdir())])


def answers_of(out: Path) -> pl.DataFrame:
    """What is said of each record, under the names of the equipment table."""
    rows = rows_of(out)
    return rows.select(pl.col(PREFIX + name).alias(table) for name, table in COMPARED.items()).with_columns(
        pl.col(pl.Categorical).cast(pl.String)
    )


def in_memory(inputs: Sequence[Path]) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The same of a screening in memory, and its summary."""
    found = screen(read_inventory(inputs), *rules())
    return found.equipment.select(COMPARED.values()), found.summary


def files_of(out: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
