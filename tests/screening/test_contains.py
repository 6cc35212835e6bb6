"""What a box contains: findings rise to it, its own maker stays its own, and it is asked, not condemned."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.directives.law import load_law
from clearband.register import load_register
from clearband.screening.boxes import boxes_of, parents
from clearband.screening.result import Screening
from clearband.screening.screen import screen
from clearband.screening.settings import settings_for
from clearband.sources import read_inventory

ON = date(2026, 11, 22)


def part(ref: str, maker: str, kind: str, *within: Any, name: str | None = None) -> dict[str, Any]:
    return {
        "type": "device",
        "bom-ref": ref,
        "name": name or ref,
        "manufacturer": {"name": maker},
        "properties": [{"name": "cdx:device:function", "value": kind}],
        "components": list(within),
    }


def screened(folder: Path, *boxes: Any, actor: str = "federal-contractor", action: str = "use") -> Screening:
    path = folder / "b.cdx.json"
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": boxes}))
    return of_file(path, actor, action)


def of_file(path: Path, actor: str = "federal-contractor", action: str = "use") -> Screening:
    law = load_law()
    settings = settings_for(
        law, profile=None, actors=(actor,), actions=(action,), on=ON, known_on=None, found_on=None, today=ON
    )
    return screen(read_inventory([path]), settings, load_register(), law)


def row(screening: Screening, ref: str) -> dict[str, Any]:
    return screening.equipment.row(by_predicate=pl.col("record_id") == ref, named=True)


def findings(screening: Screening, ref: str) -> list[dict[str, Any]]:
    return screening.findings.of_records(pl.Series([ref])).to_dicts()


MODULE = part("module", "ZTE Corporation", "LTE module", name="MF210")
BOX = part(
    "box",
    "Ericsson",
    "switch",
    part("board", "Ericsson", "printed circuit board", MODULE),
    part("clean", "Ericsson", "printed circuit board"),
)


def test_a_prohibited_part_is_told_of_every_box_up_to_the_top(tmp_path: Path) -> None:
    found = screened(tmp_path, BOX)
    assert row(found, "module")["answer"] == "prohibited"
    for ref, path in (("box", "box > board > MF210"), ("board", "board > MF210")):
        box = row(found, ref)
        assert box["maker"] == "ericsson"
        assert box["contains_parts"] == 1
        (told,) = box["contains"]
        assert (told["path"], told["record_id"], told["maker"]) == (path, "module", "zte")
        assert (told["answer"], told["directive"], told["date"]) == (
            "prohibited", "us-ndaa-fy2019-889-a1b", "2020-08-13",
        )  # fmt: skip
    assert row(found, "clean")["contains"] is None
    assert row(found, "module")["contains"] is None
    assert found.summary["containing"] == 2


def test_section_889_asks_whether_the_part_is_substantial_and_assumes_nothing(tmp_path: Path) -> None:
    box = row(screened(tmp_path, BOX), "box")
    assert box["answer"] == "review"
    assert (box["answer_directive"], box["answer_clause"]) == (
        "us-ndaa-fy2019-889-a1b",
        "own-use/huawei-zte-equipment",
    )
    assert box["answer_question"].startswith(
        "it contains ZTE Corporation MF210: is that what the clause speaks of?"
    )
    assert "substantial or essential component" in box["answer_question"]
    assert "needed for the proper function or performance" in box["answer_question"]


def test_findings_summary_and_actors_agree_with_the_answer_of_the_box(tmp_path: Path) -> None:
    found = screened(tmp_path, BOX)
    box = findings(found, "box")
    assert {one["answer"] for one in box} == {"review"}
    assert "us-ndaa-fy2019-889-a1b" in {one["directive"] for one in box}
    assert all(one["control"] is None for one in box)
    assert found.findings.whole()["record_id"].unique(maintain_order=True).to_list() == [
        "box", "board", "module", "clean",
    ]  # fmt: skip
    assert {entry["answer"]: entry["records"] for entry in found.summary["answers"]} == {
        "prohibited": 1, "review": 2, "not-covered": 1,
    }  # fmt: skip
    (actor,) = found.summary["by_actor"]
    assert actor["answers"] == {"prohibited": 1, "review": 2, "not-covered": 1}
    report = [one for one in found.summary["deadlines"] if "report covered equipment" in one["duty"]]
    assert report[0]["answers"] == {"prohibited": 1, "review": 2}


def test_without_the_part_the_same_box_is_as_before(tmp_path: Path) -> None:
    clean = part("box", "Ericsson", "switch", part("board", "Ericsson", "printed circuit board"))
    box = row(screened(tmp_path, clean), "box")
    assert (box["answer"], box["contains"], box["contains_parts"]) == ("not-covered", None, None)


def test_a_clause_that_does_not_speak_of_components_changes_no_answer_but_is_told(tmp_path: Path) -> None:
    found = screened(tmp_path, BOX, actor="usf-recipient", action="fund")
    assert row(found, "module")["answer"] == "prohibited"
    box = row(found, "box")
    assert box["answer"] == "not-covered"
    assert [one["answer"] for one in box["contains"]] == ["prohibited"]


def test_the_fcc_is_asked_of_devices_with_covered_modules(tmp_path: Path) -> None:
    found = screened(tmp_path, BOX, actor="equipment-applicant", action="authorise")
    box = row(found, "box")
    assert box["answer"] == "review"
    assert "us-fcc-25-71" in {one["directive"] for one in findings(found, "box")}
    assert "a device that contains a covered modular transmitter" in box["answer_question"]


def test_what_is_only_open_inside_a_box_of_a_covered_maker_rises_as_open(tmp_path: Path) -> None:
    """A Hikvision part is caught for some purposes only; a part of a maker nobody checked names no maker."""
    camera = part("eye", "Hangzhou Hikvision", "camera", name="DS-2CD2032")
    found = screened(
        tmp_path, part("box", "Ericsson", "switch", camera, part("wire", "Nobody Knows", "switch"))
    )
    box = row(found, "box")
    assert [(one["record_id"], one["answer"]) for one in box["contains"]] == [("eye", "review")]
    assert box["answer"] == "review"


def test_a_box_that_is_prohibited_itself_stays_so(tmp_path: Path) -> None:
    found = screened(
        tmp_path, part("box", "Huawei", "switch", part("module", "ZTE Corporation", "LTE module"))
    )
    box = row(found, "box")
    assert (box["answer"], box["maker"], box["contains_parts"]) == ("prohibited", "huawei", 1)
    assert "question" in box["answer_ground"] or box["answer_question"] is None


def test_boxes_with_the_same_parts_get_the_same_findings_and_others_their_own(tmp_path: Path) -> None:
    def box(ref: str, *names: str) -> dict[str, Any]:
        inner = (
            part(f"{ref}{at}", "ZTE Corporation", "LTE module", name=name) for at, name in enumerate(names)
        )
        return part(ref, "Ericsson", "switch", *inner)

    found = screened(
        tmp_path, box("a", "MF210"), box("b", "MF210"), box("c", "MF210", "MF220", "MF230", "MF240", "MF250")
    )
    asked = {ref: row(found, ref)["answer_question"] for ref in "abc"}
    assert asked["a"] == asked["b"] != asked["c"]
    assert "MF210, ZTE Corporation MF220, ZTE Corporation MF230 and 2 more" in asked["c"]
    assert row(found, "c")["contains_parts"] == 5


def test_an_inventory_without_parts_has_no_such_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Make,Model\nZTE,MF210\n")
    found = of_file(path)
    assert "contains" not in found.equipment.columns
    assert "containing" not in found.summary


def test_a_table_with_a_column_part_of_is_treated_alike(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "record id,part of,vendor,model,category\nA,,Ericsson,R1,router\nP,A,ZTE,MF210,LTE module\n"
        "B,,Ericsson,R2,router\nP,B,ZTE,MF210,LTE module\nC,P,ZTE,MF220,LTE module\nX,X,ZTE,MF1,module\n"
        "L,GONE,ZTE,MF1,module\n"
    )
    found = of_file(path)
    inside = {
        ref: [one["record_id"] for one in row(found, ref)["contains"]] for ref in ("A", "B", "P", "P#2")
    }
    assert inside == {"A": ["P", "C"], "B": ["P#2", "C"], "P": ["C"], "P#2": ["C"]}
    assert row(found, "B")["answer"] == "review"


def test_an_earlier_run_gives_the_same_again(tmp_path: Path) -> None:
    from clearband.reports.folder import read_run, write_run

    found = screened(tmp_path, BOX)
    write_run(found, tmp_path / "run")
    law = load_law()
    settings = settings_for(
        law, profile=None, actors=("federal-contractor",), actions=("use",), on=ON, known_on=None,
        found_on=None, today=ON,
    )  # fmt: skip
    again = screen(read_run(tmp_path / "run").inventory(), settings, load_register(), law)
    assert again.equipment.equals(found.equipment)
    assert again.findings.whole().equals(found.findings.whole())


def test_a_circle_of_parts_ends() -> None:
    edges = pl.DataFrame({"part": [0, 1, 2], "box": [1, 2, 0]}, schema={"part": pl.UInt32, "box": pl.UInt32})
    found = boxes_of(edges, pl.Series([0], dtype=pl.UInt32), pl.Series(["a", "b", "c"]))
    assert found.rows() == [(0, 1, "b > a"), (0, 2, "c > b > a")]


@pytest.mark.parametrize("levels", [1, 30])
def test_a_part_is_told_of_all_levels_above(levels: int) -> None:
    equipment = pl.DataFrame(
        {
            "record_id": [str(at) for at in range(levels + 1)],
            "parent_id": [None, *(str(at) for at in range(levels))],
            "source": ["f:1"] * (levels + 1),
            **dict.fromkeys(("manufacturer", "model", "part_number"), [None] * (levels + 1)),
        },
        schema_overrides={"parent_id": pl.String},
    )
    found = boxes_of(parents(equipment), pl.Series([levels], dtype=pl.UInt32), equipment["record_id"])
    assert found["box"].to_list() == list(range(levels - 1, -1, -1))
