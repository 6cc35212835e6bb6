"""Tables that lie on their side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clearband.errors import InputError
from tests.sources.conftest import Read

Workbook = Callable[..., bytes]


def test_each_column_of_a_table_on_its_side_is_a_record(read: Read) -> None:
    inventory = read("Manufacturer,Huawei,Ericsson\nModel,NE40E,R6672\nQty,3,2\n")
    assert inventory.equipment.select("record_id", "manufacturer", "model", "quantity").rows() == [
        ("inventory.csv!B", "Huawei", "NE40E", 3),
        ("inventory.csv!C", "Ericsson", "R6672", 2),
    ]
    assert "lies on its side (header words down column A)" in inventory.warnings[0]
    assert inventory.tables[0].header_row is None


def test_a_sheet_on_its_side_keeps_its_own_ids_or_column_letters(read: Read, workbook: Workbook) -> None:
    rows = [
        [None, "Survey north"],
        [],
        [None, "Field", "Unit 1", "Unit 2"],
        [None, "Make", "Huawei", "Nokia"],
        [None, "Model", "NE40E", "7750"],
        [None, "Serial", 1, 2],
    ]
    named = [*rows, [None, "Asset tag", "A1", "A2"]]
    inventory = read(workbook({"S": rows, "T": named}), "a.xlsx")
    assert inventory.equipment["record_id"].to_list() == ["a.xlsx!S!C", "a.xlsx!S!D", "T!A1", "T!A2"]
    assert inventory.equipment["serial"].to_list() == ["1", "2"] * 2


def test_forms_below_each_other_are_refused_with_what_to_do(read: Read) -> None:
    form = "Manufacturer,Huawei\nModel,S5720\nSerial,1\n"
    with pytest.raises(InputError, match=r'"Manufacturer" stands more than once down column A.*Transpose'):
        read(form + ",\n" + form)


def test_a_sheet_that_explains_columns_is_skipped_with_a_warning(read: Read, workbook: Workbook) -> None:
    legend = [["Column", "Description"], ["Manufacturer", "who made it"], ["Model", "x"], ["Serial", "x"]]
    inventory = read(workbook({"Legend": legend, "Data": [["Make", "Model"], ["ZTE", "C300"]]}), "a.xlsx")
    assert inventory.equipment["manufacturer"].to_list() == ["ZTE"]
    assert "explains columns or lies on its side" in inventory.warnings[0]


def test_facts_above_a_table_do_not_turn_it(read: Read) -> None:
    text = (
        "Site,North\nOwner,Dept 1\nStatus,Final\n\nAsset Tag,Make,Model,Qty\nA1,ZTE,C300,2\nA2,Nokia,7750,3\n"
    )
    assert read(text).equipment["record_id"].to_list() == ["A1", "A2"]


def test_words_for_places_or_things_in_the_first_column_do_not_turn_a_table(read: Read) -> None:
    equipment = read("Site,Model\nTower,S1\nOffice,S2\nDepot,S3\nPlant,S4\n").equipment
    assert equipment["site"].to_list() == ["Tower", "Office", "Depot", "Plant"]
