"""CSV and its relatives: encodings, separators, headers, and what is not a row."""

from __future__ import annotations

import csv
import io
from unittest.mock import patch

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources import ColumnMapping, ReadOptions, csv_file, read_inventory
from tests.sources.conftest import Read

PLAIN = "Asset Tag,Manufacturer,Model,Serial\nA1,Huawei,S5720,0012\nA2,Nokia,7750 SR,0013\n"


def makers(inventory: object) -> list[str | None]:
    return inventory.equipment["manufacturer"].to_list()  # type: ignore[attr-defined]


def test_the_table_has_the_contracts_columns_then_the_inputs_own(read: Read) -> None:
    equipment = read("Model,IP,Rack\nS5720,10.0.0.1,R1\n").equipment
    assert equipment.columns == [*EQUIPMENT_SCHEMA, "x_IP", "x_Rack"]
    assert [equipment.schema[name] for name in EQUIPMENT_SCHEMA] == list(EQUIPMENT_SCHEMA.values())


def test_serial_numbers_keep_their_leading_zeros(read: Read) -> None:
    assert read(PLAIN).equipment["serial"].to_list() == ["0012", "0013"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(read: Read, delimiter: str) -> None:
    inventory = read(PLAIN.replace(",", delimiter))
    assert makers(inventory) == ["Huawei", "Nokia"]
    assert inventory.tables[0].delimiter == delimiter


def test_the_user_names_the_separator(read: Read) -> None:
    text = PLAIN.replace(",", "~")
    assert makers(read(text, options=ReadOptions(delimiter="~"))) == ["Huawei", "Nokia"]
    tabbed = PLAIN.replace(",", "\t")
    assert makers(read(tabbed, options=ReadOptions(delimiter="tab"))) == ["Huawei", "Nokia"]


@pytest.mark.parametrize("delimiter", ["", "ab", '"', "\n"])
def test_a_separator_that_cannot_be_one_is_refused(read: Read, delimiter: str) -> None:
    with pytest.raises(UsageError, match="cannot separate columns"):
        read(PLAIN, options=ReadOptions(delimiter=delimiter))


def test_a_separator_declared_for_excel_is_obeyed(read: Read) -> None:
    assert makers(read("sep=;\n" + PLAIN.replace(",", ";"))) == ["Huawei", "Nokia"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_need_no_guess(read: Read, encoding: str) -> None:
    inventory = read("厂商,型号,备注\n华为,S5720,Cañon – mesa\n".encode(encoding) * 1)
    assert makers(inventory) == ["华为"]
    if encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert inventory.warnings == ()


def test_windows_1252_is_a_guess_that_is_shown(read: Read) -> None:
    inventory = read("Vendor,Model,Site\nNokia,7750,Cañon Verde – été\n".encode("cp1252"))
    assert inventory.equipment["site"].to_list() == ["Cañon Verde – été"]
    assert "Windows-1252, a guess" in inventory.warnings[0]


def test_chinese_text_in_gb18030_is_a_guess_that_is_shown(read: Read) -> None:
    inventory = read("厂商,型号,站点\n华为技术有限公司,S5720,北京\n中兴通讯,C300,上海\n".encode("gb18030"))
    assert makers(inventory) == ["华为技术有限公司", "中兴通讯"]
    assert "GB18030, a guess" in inventory.warnings[0]


def test_the_user_overrules_a_guess(read: Read) -> None:
    options = ReadOptions(encoding="cp1251")
    inventory = read("Производитель,Модель\nЭлтекс,MES5324\n".encode("cp1251"), options=options)
    assert makers(inventory) == ["Элтекс"]
    assert inventory.warnings == ()


def test_a_few_broken_characters_do_not_turn_utf8_into_mojibake(read: Read) -> None:
    inventory = read("Vendor,Model,Site\nNokia,7750,Cañon Verdé é é é\n".encode() + b"ZTE,C300,caf\xc3\n")
    assert inventory.equipment["site"][0] == "Cañon Verdé é é é"
    assert "1 characters cannot be read (first in line 3)" in inventory.warnings[0]


def test_the_header_may_stand_below_titles_dates_and_blank_lines(read: Read) -> None:
    title = "Asset list,,,\n,as of,2025-09-30,\n,,,\n\n" + "Vendors seen: Cisco,,,\n" * 10
    inventory = read(title + PLAIN)
    assert makers(inventory) == ["Huawei", "Nokia"]
    assert inventory.tables[0].header_row == 15
    assert inventory.equipment["source"].to_list() == ["inventory.csv:16", "inventory.csv:17"]


def test_blank_rows_totals_and_repeated_headers_are_skipped_and_counted(read: Read) -> None:
    text = (
        'Asset,Qty,Model\nA1,3,S5720\n,,\n\nAsset,Qty,Model\nA2,51,C300\nTOTAL,54,\nGrand total:,"1,054",\n'
    )
    report = read(text).tables[0]
    assert (report.rows_read, report.blank_rows, report.total_rows, report.repeated_headers) == (2, 2, 2, 1)
    assert report.rows_skipped == 5


def test_a_total_may_name_what_it_counts_and_hold_a_formula(read: Read) -> None:
    report = read("Asset,Model,Qty\nA1,S5720,3\nTOTAL,,=SUM(C2:C2)\nTotal radios,,12\n").tables[0]
    assert (report.rows_read, report.total_rows) == (1, 2)


def test_a_model_line_called_total_is_kept_when_its_row_says_more(read: Read) -> None:
    equipment = read("Model,Manufacturer,Qty\nTotal Access 5000,Adtran,1\nS5720,Huawei,2\n").equipment
    assert equipment["model"].to_list() == ["Total Access 5000", "S5720"]


def test_a_maker_called_total_is_not_a_total_row(read: Read) -> None:
    assert makers(read("Manufacturer,Model\nTotal,Router X\n")) == ["Total"]


def test_quoted_cells_hold_separators_quotes_and_line_breaks(read: Read) -> None:
    equipment = read(
        'Manufacturer,Notes,Model\n"Huawei, Ltd","say ""no""\r\nor yes",S1\nZTE,,C300\n'
    ).equipment
    assert equipment["manufacturer"].to_list() == ["Huawei, Ltd", "ZTE"]
    assert equipment["notes"][0] == 'say "no"\nor yes'
    assert equipment["source"].to_list() == ["inventory.csv:2", "inventory.csv:3"]


def test_ragged_rows_are_kept_with_what_they_have(read: Read) -> None:
    inventory = read(
        "Manufacturer,Model,Site\nHuawei\nZTE,C300,North,extra,,more\n" + "Nokia,7750,South\n" * 3
    )
    assert makers(inventory) == ["Huawei", "ZTE", *["Nokia"] * 3]
    assert inventory.equipment.row(1, named=True)["x_column 4"] == "extra"
    assert inventory.equipment.row(1, named=True)["x_column 6"] == "more"
    assert "1 row has more cells than the header (first: row 3)" in inventory.warnings[0]


def test_a_wide_row_far_below_the_head_loses_no_cell(read: Read) -> None:
    text = "Manufacturer,Model\n" + "Nokia,7750\n" * 500 + "ZTE,C300,a,b,c,d,e,f\n"
    row = read(text).equipment.row(500, named=True)
    assert [row[f"x_column {at}"] for at in range(3, 9)] == list("abcdef")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_all_line_ends_give_the_same_rows(read: Read, ends: str) -> None:
    assert makers(read(PLAIN.replace("\n", ends))) == ["Huawei", "Nokia"]


def test_inch_marks_do_not_eat_the_rest_of_the_file(read: Read) -> None:
    equipment = read('Manufacturer,Model,Notes\nNokia,7750,19" rack\nZTE,C300,23" rack\nAxis,P1,\n').equipment
    assert equipment["notes"].to_list() == ['19" rack', '23" rack', None]


def test_the_fast_and_the_careful_reader_agree(read: Read) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Manufacturer", "Model", "Notes", "Qty"])
    for number in range(200):
        writer.writerow(
            [["Huawei, Ltd", 'a "b"', "", "x\ny", " pad "][number % 5], f"M{number}", "", number % 7]
        )
    fast = read(out.getvalue()).equipment
    with patch.object(csv_file, "_is_regular", return_value=False):
        careful = read(out.getvalue()).equipment
    assert fast.equals(careful)


def test_text_is_trimmed_normalised_and_freed_of_control_characters(read: Read) -> None:
    equipment = read(
        'Manufacturer,Model,Notes\n  Cafe\u0301\u200b ,\u00a0X\x07Y\u3000,=HYPERLINK(""x"")\n'
    ).equipment
    assert equipment.row(0, named=True) | {"manufacturer": "Café", "model": "XY"} == equipment.row(
        0, named=True
    )
    assert equipment["notes"].to_list() == ['=HYPERLINK(""x"")']


def test_placeholders_stay_as_they_are_written(read: Read) -> None:
    assert makers(read("Manufacturer,Model\nn/a,a1\nUnknown,a2\n?,a3\n,a4\n")) == [
        "n/a",
        "Unknown",
        "?",
        None,
    ]


def test_a_cell_too_long_is_cut_and_reported(read: Read) -> None:
    equipment = read("Manufacturer,Model\n,\nZTE," + "x" * 40_000 + "\n").equipment
    assert len(equipment["model"][0]) == 32_767
    assert equipment["invalid"][0][0]["problem"].startswith("longer than 32767 characters")


def test_a_header_without_rows_is_an_empty_inventory_with_a_warning(read: Read) -> None:
    inventory = read("Manufacturer,Model\n")
    assert inventory.equipment.height == 0
    assert "no rows" in inventory.warnings[0]


def test_one_column_of_addresses_is_enough(read: Read) -> None:
    assert read("Address of port\n00:11:22:33:44:55\n00-11-22-33-44-66\n").equipment["macs"].to_list() == [
        ["00:11:22:33:44:55"],
        ["00:11:22:33:44:66"],
    ]


def test_inputs_are_recorded_with_their_hash(read: Read) -> None:
    (file,) = read(PLAIN).inputs
    assert (file.file, file.format, file.bytes, len(file.sha256)) == ("inventory.csv", "csv", len(PLAIN), 64)


def test_an_unknown_encoding_is_refused_by_name(read: Read) -> None:
    with pytest.raises(InputError, match='"klingon" is not a known character encoding'):
        read(PLAIN, options=ReadOptions(encoding="klingon"))


def test_no_inputs_are_refused() -> None:
    with pytest.raises(UsageError, match="no inventory is named"):
        read_inventory([])


def test_a_mapping_helps_to_find_the_header(read: Read) -> None:
    mapping = ColumnMapping({"Wer": "manufacturer", "Was": "model"})
    inventory = read("Liste,,\nWer,Was,Wo\nZTE,C300,Nord\n", mapping=mapping)
    assert inventory.equipment.select("manufacturer", "model").row(0) == ("ZTE", "C300")
    assert pl.Series(["x_Wo"]).is_in(inventory.equipment.columns).all()
