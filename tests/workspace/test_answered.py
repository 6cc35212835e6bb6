"""Answered questions become facts where an inventory says nothing, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from clearband.directives.law import load_law
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register
from clearband.screening.merging import merge_sources
from clearband.screening.screen import screen
from clearband.sources import Inventory, read_inventory
from clearband.workspace.answered import COLUMN, Laid, laid_in
from clearband.workspace.asked import Asked
from clearband.workspace.identity import read_identities


def answer(known: dict[str, Any], field: str, value: str, **more: str) -> dict[str, Any]:
    given = {
        "id": f"{field} of {known['identity']}",
        "decided_at": "2026-06-01",
        "field": field,
        "value": value,
    }
    return given | {"identity": known["identity"], "fingerprint": known["stated"] + "0" * 32} | more


def laid(rows: list[dict[str, Any]], *answers: dict[str, Any]) -> Laid:
    frame = pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA)
    return laid_in(frame, read_identities(frame), answers)


def test_an_answer_fills_what_is_empty_and_nothing_that_is_stated() -> None:
    rows = [{"record_id": "1"}, {"record_id": "2", "purpose": "own office"}, {"record_id": "3"}]
    known = read_identities(pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA)).to_dicts()
    found = laid(
        rows,
        answer(known[0], "purpose", "public-safety"),
        answer(known[0], "acquired_on", "2020-02-29"),
        answer(known[1], "purpose", "public-safety"),
        answer(known[2], "made_in", "CN", fingerprint="f" * 64),
    )
    assert found.equipment["purpose"].to_list() == ["public-safety", "own office", None]
    assert found.equipment["acquired_on"].to_list() == [date(2020, 2, 29), None, None]
    assert found.equipment["made_in"].null_count() == 3
    assert found.told.to_list() == [
        "acquired_on (acquired_on of id:1); purpose (purpose of id:1)",
        None,
        None,
    ]
    assert [one["field"] for one in found.answers] == ["acquired_on", "purpose"]


def test_of_two_answers_the_later_decided_is_laid() -> None:
    rows = [{"record_id": "1"}]
    (known,) = read_identities(pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA)).to_dicts()
    found = laid(rows, answer(known, "made_in", "CN"), answer(known, "made_in", "KR", id="later"))
    assert (found.equipment["made_in"].item(), found.answers[0]["id"]) == ("KR", "later")


def test_an_answer_on_a_record_of_several_sources_is_heard(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Asset,Model,Serial No.,Type\n1,Box,21023589A7,router\n")
    (tmp_path / "b.csv").write_text("Host,Serial No.,Site\nr1,21023589A7,North\n")
    law, register = load_law(), load_register()
    settings = Asked(on=date(2026, 6, 1)).settings(law)
    read = read_inventory([tmp_path / "a.csv", tmp_path / "b.csv"])
    merged = merge_sources(read, settings, register, law).inventory.equipment
    assert merged.height == 1

    def maker(equipment: pl.DataFrame) -> str | None:
        found = screen(Inventory(equipment, read.tables, read.inputs), settings, register, law).equipment
        return str(found["maker"].item()) if found["maker"].item() else None

    known = read_identities(merged)
    with_answer = laid_in(merged, known, [answer(known.to_dicts()[0], "manufacturer", "Huawei")])
    assert (maker(merged), maker(with_answer.equipment)) == (None, "huawei")
    assert with_answer.told.name == COLUMN
