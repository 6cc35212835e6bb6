"""What several sources say of one record is heard as if it stood in the record."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from clearband.identify import identify
from clearband.model.equipment import EQUIPMENT_SCHEMA, MERGED_FROM
from clearband.register import load_register

LABEL = {
    "record_id": "1",
    "source": "a:2",
    "manufacturer": "Cisco",
    "model": "C9300-48P",
    "notes": "like ZTE",
}
SCAN = {"record_id": "2", "source": "b:2", "macs": ["48:cd:d3:8a:45:fe"], "sys_descr": "Huawei VRP"}


def table(rows: list[dict[str, Any]], **extra: list[str | None]) -> pl.DataFrame:
    named = [{name: row.get(name) for name in EQUIPMENT_SCHEMA} for row in rows]
    return pl.DataFrame(named, schema=EQUIPMENT_SCHEMA).with_columns(
        **{n: pl.Series(v) for n, v in extra.items()}
    )


def merged(*said: dict[str, Any]) -> pl.Series:
    fields = [field.name for field in MERGED_FROM.inner.fields]  # type: ignore[union-attr]
    whole = [{name: one.get(name) for name in fields} for one in said]
    return pl.Series("merged_from", [None, whole, None], dtype=MERGED_FROM)


def verdicts(equipment: pl.DataFrame) -> list[dict[str, Any]]:
    return identify(equipment, load_register(), on=date(2026, 11, 1)).to_dicts()


def test_evidence_of_all_sources_decides_whatever_their_order() -> None:
    other = {"record_id": "x", "manufacturer": "Nokia"}
    equipment = table([other, LABEL, other], x_note=[None, "by Hikvision", None])
    found = [verdicts(equipment.with_columns(merged(*said))) for said in ((LABEL, SCAN), (SCAN, LABEL))]
    whole = verdicts(table([{**SCAN, **LABEL}], x_note=["by Hikvision"]))[0]
    for rows in found:
        record = rows[1]
        assert {piece["value"] for piece in record["evidence"]} == {
            piece["value"] for piece in whole["evidence"]
        }
        assert {one["maker"] for one in record["mentions"]} == {one["maker"] for one in whole["mentions"]}
        for name in ("maker", "confidence", "runner_up", "contradiction", "would_help"):
            assert record[name] == whole[name]
        assert rows[0] == rows[2] == verdicts(table([other]))[0]


def test_what_several_sources_say_alike_counts_and_stands_once() -> None:
    equipment = table([LABEL, LABEL, LABEL])
    [before, after, _] = verdicts(equipment.with_columns(merged(LABEL, LABEL, LABEL)))
    assert before == after
