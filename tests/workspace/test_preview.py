"""What a file looks like is told before it is taken, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.workspace.preview import Preview, preview
from clearband.workspace.readings import Reading

EXAMPLES = Path(__file__).parents[2] / "examples"


def seen(path: Path, **said: object) -> Preview:
    return preview(path, path.name, Reading.of(said))


def test_columns_are_told_with_what_they_were_taken_for_and_why() -> None:
    found = seen(EXAMPLES / "rural-carrier.csv")
    (table,) = found.tables
    assert (found.format, found.encoding, found.delimiter, found.readable) == ("csv", "utf-8", ",", True)
    assert (table.records, table.header_row, table.numbers[:2]) == (90, 1, ("2", "3"))
    told = {one.name: (one.field, one.found) for one in table.columns}
    assert told["Mfr"] == ("manufacturer", "header")
    assert told["Asset #"] == ("record_id", "header")
    assert table.rows[0][:3] == ("1001", "RRU", "Huawei")
    assert any("MAC Addr" in warning for warning in table.warnings)


def test_each_sheet_is_told_of() -> None:
    found = seen(EXAMPLES / "agency.xlsx")
    sheets = {table.sheet: table for table in found.tables}
    assert sheets["Network"].header_row == 4
    assert "no header" in (sheets["Cover"].skipped or "")
    assert found.readable


def test_what_the_user_says_changes_columns_and_is_shown_beside_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Manufacturer,Sold by,Model\nAcme,Huawei,S5720\n")
    found = seen(path, columns={"Sold by": "manufacturer", "Manufacturer": "ignore"})
    fields = {one.name: (one.field, one.found, one.before) for one in found.tables[0].columns}
    assert fields["Sold by"][:2] == ("manufacturer", "given")
    assert fields["Sold by"][2] not in (None, "manufacturer")
    assert fields["Manufacturer"] == ("", "ignored", "manufacturer")
    assert fields["Model"][2] is None
    refused = seen(path, columns={"Nowhere": "model"})
    assert 'no table has a column "Nowhere"' in (refused.problem or "")


def test_a_text_without_a_known_header_is_shown_so_that_a_person_can_say_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("export of today\nfoo;bar\nHuawei;S5720\nZTE;ZXR10\n")
    found = seen(path)
    assert "no column says anything of equipment" in (found.problem or "")
    (table,) = found.tables
    assert [one.name for one in table.columns] == ["foo", "bar"]
    assert table.rows == (("Huawei", "S5720"), ("ZTE", "ZXR10"))
    said = seen(path, columns={"foo": "manufacturer", "bar": "model"})
    assert said.readable
    assert said.tables[0].records == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02" * 100, b"%PDF-1.7", b"PAR1" + b"x" * 40, b"PK\x03\x04" + b"x" * 40, b"[" * 100_000],
)
def test_what_is_no_inventory_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    found = seen(path)
    assert not found.readable
    assert found.problem


def test_of_a_large_text_the_beginning_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clearband.workspace import preview_child

    path = tmp_path / "a.csv"
    path.write_text("Mfr,Model\n" + "Huawei,S5720\n" * 100)
    monkeypatch.setattr(preview_child, "_WHOLE", 200)
    told = preview_child.looked(path, "a.csv", Reading(), 5)
    assert (told["part"], told["tables"][0]["records"], len(told["tables"][0]["rows"])) == (True, 14, 5)


def test_looking_that_takes_too_much_ends_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Mfr,Model\n" + "Huawei,S5720\n" * 1000)
    found = preview(path, "a.csv", Reading(), memory=100_000_000)
    assert "more memory or time" in (found.problem or "")
