"""Signals that contradict each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.register import load_register
from clearband.reports.unread_columns import summary_of_unread
from clearband.screening.profile import PurposeRule
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import read_inventory

LAW = load_law()


def screened(tmp_path: Path, row: str) -> dict[str, object]:
    path = tmp_path / "inventory.csv"
    path.write_text(
        f"Asset #,Mfr,Model,MAC Addr,Type\n{row}\nA2,Nokia,7750 SR-1,,core router\n", encoding="utf-8"
    )
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-contractor",), actions=("use",)
    )
    result = screen(read_inventory([path]), Settings(asked), load_register(), LAW)
    return result.equipment.row(0, named=True)


def test_a_box_called_nokia_with_an_address_of_zte_is_not_cleared(tmp_path: Path) -> None:
    record = screened(tmp_path, "A1,Nokia,7750 SR-1,3c:a7:ae:dc:f9:eb,core router")
    assert record["answer"] in ("review", "unidentified")
    assert "ZTE" in str(record["answer_question"] or record["would_help"])


def test_a_box_called_nokia_with_an_address_of_nokia_is_not_covered(tmp_path: Path) -> None:
    assert screened(tmp_path, "A1,Nokia,7750 SR-1,,core router")["answer"] == "not-covered"


def test_a_module_of_a_maker_of_cellular_modules_may_be_either_kind(tmp_path: Path) -> None:
    quectel = screened(tmp_path, "A1,Quectel,EC25,,Module")
    cisco = screened(tmp_path, "A1,Cisco,NIM-4G,,Module")
    assert (quectel["category"], cisco["category"]) == ("module-or-card", "module-card")


def test_two_readings_of_one_maker_do_not_contradict_each_other(tmp_path: Path) -> None:
    record = screened(tmp_path, "A1,Hikvision,DS-2CD2032-I,c4:2f:90:db:ae:77,camera")
    assert "others Hangzhou Hikvision" not in str(record["answer_question"])


def test_a_column_that_was_not_understood_and_names_makers_is_told(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text("Tag,Model,Made for us by\n1,Catalyst 9300 Cisco,Huawei\n2,Ericsson Baseband 6630,ZTE\n")
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-agency",), actions=("procure",)
    )
    equipment = screen(read_inventory([path]), Settings(asked), load_register(), LAW).equipment
    unread = summary_of_unread(equipment)
    assert [(one.column, one.records, one.makers) for one in unread] == [
        ("Made for us by", 2, ("huawei", "zte"))
    ]


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Reply", "Huawei Versatile Routing Platform Software VRP Version 8.180 (CE6850EI)", "sys_descr"),
        ("Remarked by staff", "swapped in for the Huawei that burnt in March", "description"),
        ("Made for us by", "Huawei", None),
    ],
)
def test_the_field_suggested_for_an_unread_column_is_what_its_texts_look_like(
    tmp_path: Path, header: str, cell: str, field: str | None
) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text(f"Tag,Vendor,Model,{header}\n1,Cisco,Catalyst 9300,{cell}\n")
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-agency",), actions=("procure",)
    )
    equipment = screen(read_inventory([path]), Settings(asked), load_register(), LAW).equipment
    assert [(one.column, one.field) for one in summary_of_unread(equipment)] == [(header, field)]


def test_a_second_column_of_makers_is_told_only_where_it_says_another(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text("Tag,Vendor,Mfr,Model\n1,Huawei,,S5720\n2,Huawei,Huawei,S5720\n3,Huawei,Nokia,X\n")
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-agency",), actions=("procure",)
    )
    equipment = screen(read_inventory([path]), Settings(asked), load_register(), LAW).equipment
    assert equipment["maker"].to_list() == ["huawei", "huawei", "nokia"]
    assert [len(found) for found in equipment["mentions"].to_list()] == [0, 0, 1]


def test_a_purpose_that_is_not_understood_is_told_and_the_profile_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text("Tag,Mfr,Model,Type,Site,Purpose\n1,Hikvision,DS-2CD2032-I,camera,Lobby,lobby things\n")
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-agency",), actions=("procure",)
    )
    rules = (PurposeRule("government-facilities", (("site", "Lobby"),)),)
    record = screen(
        read_inventory([path]), Settings(asked, purposes=rules), load_register(), LAW
    ).equipment.row(0, named=True)
    assert record["answer"] == "prohibited"
    assert [cell["value"] for cell in record["invalid"]] == ["lobby things"]


def test_what_a_listed_carrier_sells_is_not_cleared_for_want_of_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text(
        "Tag,Mfr,Type,Model\nC1,China Telecom Americas,gizmo,X\nC2,China Telecom Americas,circuit,MPLS\n"
    )
    asked = Questions.default_for_inventory(
        LAW, date(2023, 1, 1), actors=("usf-recipient",), actions=("fund",)
    )
    equipment = screen(read_inventory([path]), Settings(asked), load_register(), LAW).equipment
    assert equipment["answer"].to_list() == ["review", "prohibited"]


def test_what_signals_contest_is_open_for_every_actor(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text("Tag,Mfr,Model,MAC,Type\n1,Nokia,7750 SR-1,3c:a7:ae:dc:f9:eb,core router\n")
    asked = Questions.default_for_inventory(
        LAW, date(2026, 11, 22), actors=("federal-agency",), actions=("use",)
    )
    result = screen(read_inventory([path]), Settings(asked), load_register(), LAW)
    assert result.equipment["answer"].item() in ("review", "unidentified")
    assert "not-covered" not in result.summary["by_actor"][0]["answers"]
