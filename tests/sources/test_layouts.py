"""Realistic layouts: totals and notes among the rows, headers of two rows, units, groups, small tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sources.conftest import Read

Workbook = Callable[..., bytes]


def test_a_total_may_stand_in_any_column(read: Read, workbook: Workbook) -> None:
    rows: list[list[Any]] = [
        ["Asset", "Category", "Make", "Model", "Qty"],
        ["A1", "Router", "ZTE", "C300", 900],
        [None, "Subtotal", None, None, 900],
        ["A2", "Switch", "Nokia", "7750", 35],
        [None, None, None, "Total", 935],
    ]
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    for inventory in (read(text), read(workbook({"S": rows}), "a.xlsx")):
        assert inventory.equipment["model"].to_list() == ["C300", "7750"]
        assert inventory.tables[0].total_rows == 2


@pytest.mark.parametrize("row", ["Total,Huawei,,,3", "Total,,9605,,3", "Total,,,0012,3"])
def test_a_row_that_says_what_it_is_is_never_a_total(read: Read, row: str) -> None:
    assert read(f"Category,Make,Model,Serial,Qty\nx,ZTE,C300,1,2\n{row}\n").equipment.height == 2


def test_the_totals_that_a_spreadsheet_writes_below_each_group(read: Read) -> None:
    text = "Make,Model,Qty\nHuawei,S1,3\nHuawei Total,,3\nZTE,C3,1\nZTE Total,,1\nGrand Total,,4\n"
    inventory = read(text)
    assert inventory.equipment["manufacturer"].to_list() == ["Huawei", "ZTE"]
    assert read("Make,Model,Qty\nNokia,S1,3\nAcme Total,,3\n").equipment.height == 2


def test_page_lines_and_notes_below_the_table_are_passed_over_and_said(read: Read) -> None:
    text = (
        "Asset,Make,Model\nA1,ZTE,C300\nPage 1 of 2,,\nA2,Nokia,7750\nVerified Systems,,\n"
        "* includes spares,,\nPrepared by the depot,,\n"
    )
    inventory = read(text)
    assert inventory.equipment["record_id"].to_list() == ["A1", "A2", "Verified Systems"]
    assert (inventory.tables[0].page_lines, inventory.tables[0].rows_skipped) == (3, 3)
    assert 'the first in row 3: "Page 1 of 2"' in inventory.warnings[0]


def test_a_list_with_stars_is_no_note(read: Read) -> None:
    assert read("Item\n* Huawei S5720\n* ZTE C300\n").equipment.height == 2


def test_a_header_of_two_rows_is_joined(read: Read) -> None:
    header = "Asset,Make,Model,MAC,Serial,Country of\nTag,,,Address,Number,Origin\n"
    text = header + "A1,ZTE,C300,84:16:23:22:53:1d,7,China\n"
    inventory = read(text)
    row = inventory.equipment.row(0, named=True)
    assert (row["record_id"], row["serial"], row["made_in"]) == ("A1", "7", "CN")
    assert (row["macs"], row["source"]) == (["84:16:23:22:53:1d"], "inventory.csv:3")
    assert inventory.tables[0].header_row == 1


def test_a_first_row_of_words_is_not_taken_for_the_header(read: Read) -> None:
    equipment = read("Make,Model,Location\nUnknown,Router,Office\nZTE,C300,N\n").equipment
    assert equipment["manufacturer"].to_list() == ["Unknown", "ZTE"]


def test_a_row_of_units_belongs_to_the_header(read: Read) -> None:
    text = "Asset Tag,Make,Weight,Unit cost,Installed\n,,(kg),USD,YYYY-MM-DD\nA1,ZTE,3,12.5,2024-01-02\n"
    row = read(text).equipment.row(0, named=True)
    assert (row["record_id"], row["currency"], row["x_Weight (kg)"]) == ("A1", "USD", "3")


def test_a_group_of_replacements_is_not_the_equipment(read: Read) -> None:
    text = "Replacement,,Existing,,\nMake,Model,Make,Model,Site\nNokia,7750,Huawei,S1,N\n"
    row = read(text).equipment.row(0, named=True)
    assert (row["manufacturer"], row["model"], row["x_Replacement: Make"]) == ("Huawei", "S1", "Nokia")


@pytest.mark.parametrize("rows", ["A1,S1\n", "A1,S1\n,S2\n", "A1,S1\nA1,S2\n", "A1,S1\nA2,S2\nA2,S3\n"])
def test_a_tiny_table_keeps_its_ids(read: Read, rows: str) -> None:
    assert read("Asset Tag,Model\n" + rows).equipment["record_id"][0] == "A1"


def test_hidden_columns_and_filtered_rows_are_read(read: Read, workbook: Workbook) -> None:
    def hide(book: Any) -> None:
        book["S"].auto_filter.ref = "A1:C3"
        book["S"].column_dimensions["B"].hidden = True
        book["S"].row_dimensions[3].hidden = True

    rows = [["Asset", "Make", "Model"], ["A1", "ZTE", "C300"], ["A2", "Huawei", "S1"]]
    equipment = read(workbook({"S": rows}, hide), "a.xlsx").equipment
    assert equipment["manufacturer"].to_list() == ["ZTE", "Huawei"]


def test_decimal_commas_between_semicolons(read: Read) -> None:
    row = read("Inv.-Nr.;Hersteller;Anzahl;Stückpreis\n0012;ZTE;2,0;1.234,50 €\n").equipment.row(
        0, named=True
    )
    assert (row["record_id"], row["quantity"], float(row["unit_cost"])) == ("0012", 2, 1234.5)


_KNOWN = """
Lfd. Nr. = x_Lfd. Nr.; Inventarnr. = record_id; Gerätebezeichnung = description;
  Fabrikat = manufacturer; Modell = model; Seriennr. = serial; Standort = site; Bemerkung = notes;
  Stück = quantity; MAC-Adresse = macs; Ursprungsland = made_in; Zweck = purpose; Kategorie = category

Anlagennummer = record_id; Hersteller = manufacturer; Gerätetyp = model; Verwendung = purpose

N° d'inventaire = record_id; Désignation = description; Fabricant = manufacturer; Modèle = model;
  N° de série = serial; Emplacement = site; Quantité = quantity; Remarques = notes;
  Pays d'origine = made_in

Nº de inventario = record_id; Fabricante = manufacturer; Marca = brand; Modelo = model;
  Número de serie = serial; Ubicación = site; Cantidad = quantity; Observaciones = notes;
  País de origen = made_in

Nº Patrimônio = record_id; Descrição = description; Fabricante = manufacturer; Nº de Série = serial;
  Localização = site; Quantidade = quantity; Observações = notes; País de Origem = made_in

Numero inventario = record_id; Produttore = manufacturer; Modello = model; Numero di serie = serial;
  Ubicazione = site; Quantità = quantity; Paese di origine = made_in; Utilizzo = purpose

Nr inwentarzowy = record_id; Producent = manufacturer; Numer seryjny = serial; Ilość = quantity;
  Lokalizacja = site; Uwagi = notes; Kraj pochodzenia = made_in; Przeznaczenie = purpose

Инв. № = record_id; Наименование = description; Производитель = manufacturer; Модель = model;
  Заводской номер = serial; Кол-во = quantity; Местоположение = site; Страна происхождения = made_in

资产编号 = record_id; 品牌 = brand; 规格型号 = model; 序列号 = serial; 数量(台) = quantity; 存放地点 = site;
  产地 = made_in; 用途 = purpose; 备注 = notes

管理番号 = record_id; 品名 = description; メーカー = manufacturer; 型番 = model; シリアル番号 = serial;
  数量 = quantity; 設置場所 = site; 原産国 = made_in; 備考 = notes

Name = x_Name; Manufacturer = manufacturer; Model ID = model; Asset tag = record_id;
  Assigned to = owner; Location = site; Install Status = status

Node Name = sys_name; Vendor = manufacturer; Machine Type = model; Status = status

device_id = record_id; hostname = x_hostname; sysName = sys_name; hardware = model; os = x_os;
  version = firmware; vendor = manufacturer; serial = serial

Device Name = record_id; Device Role = category; Device Series = x_Device Series; Platform = model

AssetName = record_id; AssetTypename = category; Manufacturer = manufacturer; Mac = macs;
  Statename = status

Equipment Manufacturer = manufacturer; Model/Part Number = model; Number of Units = quantity;
  Location = site; Equipment Type = category; Function = purpose; COO = made_in
"""
"""Headers of one table in each paragraph, and the field that each means."""


@pytest.mark.parametrize("known", [" ".join(text.split()) for text in _KNOWN.split("\n\n")])
def test_headers_of_asset_systems_in_many_languages(read: Read, known: str) -> None:
    fields = dict(pair.split(" = ") for pair in known.split("; "))
    rows = [";".join([cell] * len(fields)) for cell in "ab"]
    inventory = read("\n".join([";".join(fields), *rows]))
    assert {column.column: column.field for column in inventory.tables[0].columns} == fields


def test_a_state_of_use_is_no_region(read: Read) -> None:
    rows = read("Model,State\nS1,In use\nS2,Retired\n").equipment
    assert rows["status"].to_list() == ["In use", "Retired"]
    assert read("Model,State\nS1,Ohio\n").equipment["region"].to_list() == ["Ohio"]
