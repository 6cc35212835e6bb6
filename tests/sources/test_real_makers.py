"""Columns that name who made the hardware, beside the name on the box."""

from __future__ import annotations

import pytest

from clearband.sources import ColumnMapping, Inventory
from tests.sources.conftest import Read


def makers(inventory: Inventory) -> list[tuple[str | None, str | None]]:
    return inventory.equipment.select("manufacturer", "brand").rows()


@pytest.mark.parametrize("other", ["Manufacturer", "Make", "Vendor", "Brand", "Label"])
@pytest.mark.parametrize(
    "header",
    [
        "OEM",
        "Original Manufacturer",
        "Original equipment manufacturer",
        "Made by",
        "Hardware maker",
        "ODM",
        "Actual maker",
        "True vendor",
        "OEM (if different)",
        "Hersteller (OEM)",
        "Fabricant d'origine",
        "原厂商",
    ],
)
def test_the_real_maker_is_the_manufacturer_and_the_other_the_brand(
    read: Read, header: str, other: str
) -> None:
    assert makers(read(f"Model,{other},{header}\nX1,Lorex,Dahua\n")) == [("Dahua", "Lorex")]


def test_a_column_of_real_makers_alone_is_the_manufacturer(read: Read) -> None:
    assert makers(read("Model,ODM\nX1,Dahua\n")) == [("Dahua", None)]


@pytest.mark.parametrize("cell", ["", "-", "n/a", "Same", "own", "N/A", "no"])
def test_a_row_without_a_real_maker_keeps_its_manufacturer(read: Read, cell: str) -> None:
    inventory = read(f"Model,Manufacturer,OEM\nX1,Lorex,Dahua\n7750,Nokia,{cell}\n")
    assert makers(inventory) == [("Dahua", "Lorex"), ("Nokia", None)]
    notes = {column.column: column.note for column in inventory.tables[0].columns}
    assert (
        notes["OEM"] == 'who made the hardware; "Manufacturer" is taken where this is blank or names nobody'
    )
    assert notes["Manufacturer"].startswith('the brand where "OEM" names the maker')


def test_beside_a_brand_the_manufacturer_fills_the_blanks_and_is_kept(read: Read) -> None:
    inventory = read("Brand,Manufacturer,OEM,Model\nLorex,Lorex Corp,Dahua,X\nB,C,-,Y\n")
    assert makers(inventory) == [("Dahua", "Lorex"), ("C", "B")]
    assert inventory.equipment["x_Manufacturer"].to_list() == ["Lorex Corp", "C"]


def test_yes_and_no_name_nobody(read: Read) -> None:
    inventory = read("Manufacturer,OEM,Model\nLorex,yes,X\nNokia,no,Y\n")
    assert makers(inventory) == [("Lorex", None), ("Nokia", None)]
    assert inventory.equipment["x_OEM"].to_list() == ["yes", "no"]


def test_what_the_user_gives_wins_and_the_other_column_is_named(read: Read) -> None:
    mapping = ColumnMapping({"Make": "manufacturer"})
    inventory = read("Make,OEM,Model\nLorex,Dahua,X\n", mapping=mapping)
    assert makers(inventory) == [("Lorex", None)]
    assert 'column "OEM" may name the real makers' in inventory.warnings[0]


def test_a_given_column_of_real_makers_still_has_its_blanks_filled(read: Read) -> None:
    inventory = read(
        "Make,OEM,Model\nLorex,Dahua,X\nNokia,,Y\n", mapping=ColumnMapping({"OEM": "manufacturer"})
    )
    assert makers(inventory) == [("Dahua", "Lorex"), ("Nokia", None)]


def test_a_second_column_of_real_makers_is_named(read: Read) -> None:
    inventory = read("Make,ODM,OEM,Model\nLorex,Dahua,Hikvision,X\n")
    assert makers(inventory) == [("Dahua", "Lorex")]
    assert 'column "OEM" names makers too' in inventory.warnings[0]


@pytest.mark.parametrize("header", ["Equip. Mfr", "Hersteller", "Fabricante", "Manufacturer"])
def test_the_vendor_is_taken_where_the_manufacturer_is_blank(read: Read, header: str) -> None:
    inventory = read(f"Vendor,{header},Model\nHuawei,,X1\nZTE,n/a,X2\nHuawei,Nokia,X3\n,Cisco,X4\n")
    assert [maker for maker, _ in makers(inventory)] == ["Huawei", "ZTE", "Nokia", "Cisco"]
    assert inventory.equipment["x_Vendor"].to_list() == ["Huawei", "ZTE", "Huawei", None]
    notes = {column.column: column.note for column in inventory.tables[0].columns}
    assert notes[header] == '"Vendor" is taken where this is blank or names nobody'
    assert notes["Vendor"] == f'the manufacturer where "{header}" names none'


def test_a_vendor_column_of_sellers_names_no_manufacturer(read: Read) -> None:
    inventory = read("Vendor,Mfr,Model\nCDW,Cisco,X1\nCDW,Nokia,X2\nSHI,Dell,X3\nCDW,,S5720\n")
    assert [maker for maker, _ in makers(inventory)] == ["Cisco", "Nokia", "Dell", None]
