"""One record of a run in parts, screened again by itself to show how it came to its answer.

A run in parts keeps no evidence a record. It is a function of the record's own values, which a part holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from clearband.directives.law import Law
from clearband.errors import InputError
from clearband.facts.store import content_hash
from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX, empty_equipment
from clearband.register import Register
from clearband.runs.again import read_record_of_parts
from clearband.runs.journal import PARTS
from clearband.runs.part import PREFIX
from clearband.runs.run import RUN_IN_PARTS
from clearband.screening.earlier import EarlierRun, settings_again
from clearband.screening.screen import screen
from clearband.sources import Inventory, ReadOptions
from clearband.sources.stream import Chunk, EquipmentReader
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import Layout

Row = dict[str, Any]


def is_run_in_parts(folder: Path) -> bool:
    """Whether the folder holds a finished run in parts."""
    try:
        record = json.loads((folder / "run.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and record.get("schema") == RUN_IN_PARTS


def record_in_parts(
    folder: Path,
    record_id: str,
    register: Register,
    law: Law,
    *,
    own_facts: Sequence[dict[str, str]] = (),
    enterprise_numbers: dict[str, str] | None = None,
) -> tuple[Row, list[Row], list[Row]]:
    """The equipment row, the findings rows of one record, and what each draft says of it.

    Args:
        record_id: The inventory's own id, or ``FILE!ROW``. Of several records of one id the first is given.
        register, law: As the run had them, the user's own files among them.
        own_facts, enterprise_numbers: File and SHA-256 of these; see `clearband.screening.settings.Settings`.

    Raises:
        InputError: The folder cannot be read or was damaged, has no such record or not all of it, or was made
            with other facts.
    """
    content, record = read_record_of_parts(folder)
    if record["facts_sha256"] != content_hash():
        raise InputError(
            "was made with other facts than these", where=str(folder), remedy="screen the inputs again"
        )
    for option, with_it, now in (
        ("--facts", record.get("own_facts", []), list(own_facts)),
        ("--enterprise-numbers", record.get("enterprise_numbers"), enterprise_numbers),
    ):
        if with_it != now:
            remedy = f"name the same with {option}" if with_it else f"leave {option} out"
            raise InputError(
                f"was made with another {option} than is given", where=str(folder), remedy=remedy
            )
    if record["columns"] != "all":
        raise InputError(
            "its parts hold ids only, not what an explanation needs",
            where=str(folder),
            remedy="screen with --columns all",
        )
    layout = Layout.from_json(record["layout"])
    row = _find(folder, record_id, record["id_column"])
    equipment = _equipment(row, layout, record)
    run = EarlierRun(str(folder), hashlib.sha256(content).hexdigest(), record, {}, empty_equipment())
    settings = settings_again(law, run, own_facts=tuple(run.own_facts))
    found = screen(Inventory(equipment), settings, register, law)
    told = found.equipment.row(0, named=True)
    if told["answer"] != row[f"{PREFIX}answer"][0]:
        raise InputError(
            f"the part says {row[f'{PREFIX}answer'][0]}, the same record is {told['answer']} by itself",
            where=str(folder),
            remedy="the part was changed, or this is a defect: please report it",
        )
    return told, found.findings.whole().to_dicts(), found.drafts.to_dicts()


def _find(folder: Path, record_id: str, id_column: str | None) -> pl.DataFrame:
    """The row of a record in the parts."""
    wanted = pl.lit(value=False)
    if id_column is not None:
        wanted |= pl.col(id_column).cast(pl.String).str.strip_chars() == record_id
    file, mark, number = record_id.rpartition("!")
    if mark and number.isdecimal():
        at = pl.col(f"{PREFIX}file").cast(pl.String) == file
        wanted |= at & (pl.col(f"{PREFIX}row") == int(number))
    found = pl.DataFrame()
    try:
        for part in sorted((folder / PARTS).glob("part-*.parquet")):
            # One after the other: a column may have another type in parts of another file.
            found = pl.scan_parquet(part, glob=False).filter(wanted).head(1).collect()
            if found.height:
                break
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read: {error}", where=str(folder), remedy="screen again") from None
    if found.is_empty():
        raise InputError(
            f"there is no record {record_id}", where=str(folder), remedy="name an id, or FILE!ROW"
        )
    return found.with_columns(pl.col(pl.Categorical).cast(pl.String))


def _equipment(row: pl.DataFrame, layout: Layout, record: Row) -> pl.DataFrame:
    """A row of a part as equipment of its own."""
    texts = row.select(record["text_columns"])
    typed = {name: row[name].cast(EQUIPMENT_SCHEMA[name]) for name in layout.typed}
    chunk = Chunk(Place(0, 1), Place(1, 2), row, texts, typed)
    order = record["settings"]["reading"].get("date_order")
    read = EquipmentReader(layout, ReadOptions(date_order=order)).batch(chunk).equipment
    number = read["mac"].item() if "mac" in read.columns else None
    if number is not None:
        digits = f"{number:012x}"
        mac = ":".join(digits[at : at + 2] for at in range(0, 12, 2))
        read = read.with_columns(macs=pl.Series([[mac]], dtype=EQUIPMENT_SCHEMA["macs"]))
    named = record["id_column"]
    own = row[named].cast(pl.String).str.strip_chars().item() if named else None
    place = f"{row[f'{PREFIX}file'].item()}", f"{row[f'{PREFIX}row'].item()}"
    extra = [name for name in read.columns if name.startswith(EXTRA_PREFIX)]
    serial = _as_it_is(row, layout, record, "serial")
    return read.with_columns(
        record_id=pl.lit(own or "!".join(place)),
        source=pl.lit(":".join(place)),
        serial=pl.lit(serial, dtype=pl.String),
    ).select(
        *(
            pl.col(name).cast(kind) if name in (*read.columns, "record_id", "source", "serial")
            else pl.lit(None, dtype=kind).alias(name)
            for name, kind in EQUIPMENT_SCHEMA.items()
        ),
        *(pl.col(name).cast(pl.String) for name in extra),
    )  # fmt: skip


def _as_it_is(row: pl.DataFrame, layout: Layout, record: Row, field: str) -> str | None:
    at = layout.columns.fields.get(field)
    if at is None:
        return None
    text: str | None = row[record["text_columns"][at]].cast(pl.String).item()
    return text
