"""Bad and hostile inputs: one clear line each, never a traceback, never a dead process."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources import ReadOptions, read_inventory
from tests.sources.conftest import Read
from tests.sources.ole import compound_file

Workbook = Callable[..., bytes]


def refusal(read: Read, content: str | bytes, name: str, options: ReadOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(content, name, options=options or ReadOptions())
    line = caught.value.one_line()
    assert name.split("/")[-1] in line
    assert "\n" not in line
    assert len(line) < 600
    return line


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(read: Read, content: bytes) -> None:
    assert "the file is empty" in refusal(read, content, "a.csv")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_inventory([tmp_path / "nothing.csv"])


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a directory; name the files"):
        read_inventory([tmp_path])


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Model\nx\n")
    path.chmod(0)
    if os.access(path, os.R_OK):

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="may not read this file"):
        read_inventory([path])


def test_a_file_larger_than_the_limit(read: Read) -> None:
    assert "larger than 10 bytes" in refusal(read, "Model\n" + "x" * 20, "a.csv", ReadOptions(max_bytes=10))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"<!DOCTYPE html><table>", "an HTML page"),
        (b"<?xml version='1.0'?><inventory/>", "an XML document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
    ],
)
def test_known_formats_that_are_no_tables(read: Read, content: bytes, said: str) -> None:
    assert said in refusal(read, content, "a.csv")


@pytest.mark.parametrize(
    "content", [b"Model,Make\nx\0y,z\n", bytes(range(1, 9)) * 500, os.urandom(64) + b"\0" * 64]
)
def test_binary_data_called_csv(read: Read, content: bytes) -> None:
    assert "binary data" in refusal(read, content, "a.csv")


def test_a_line_of_ten_million_commas(read: Read) -> None:
    assert "more than 16384 columns" in refusal(read, "," * 10_000_000, "a.csv")


def test_a_line_of_many_commas_far_below_the_head(read: Read) -> None:
    text = "Make,Model\n" + "ZTE,C300\n" * 50_000 + "," * 1_000_000
    assert "more than 16384 columns" in refusal(read, text + "x\n", "a.csv")


def test_a_quotation_mark_that_never_closes(read: Read) -> None:
    line = refusal(read, 'Make,Model\nZTE,"C300\n' + "Nokia,7750\n" * 100_000, "a.csv")
    assert "a.csv line 2: the quotation mark that opens a cell in line 2 never closes" in line
    assert "close or double the quotation mark" in line


def test_no_recognisable_column(read: Read) -> None:
    assert 'headers seen: "a", "b"' in refusal(read, "a,b\n1,2\n", "a.csv")


def test_text_that_is_not_in_the_encoding_the_user_named(read: Read) -> None:
    line = refusal(read, "Model,Site\nx,Cañon\n".encode("cp1252"), "a.csv", ReadOptions(encoding="utf-8"))
    assert "line 2: not valid utf-8 text" in line


def test_a_truncated_workbook(read: Read, workbook: Workbook) -> None:
    content = workbook({"S": [["Model"], *[[f"x{n}"] for n in range(2000)]]})
    assert "truncated or damaged" in refusal(read, content[: len(content) // 2], "a.xlsx")


def test_a_workbook_with_a_damaged_part(read: Read, workbook: Workbook) -> None:
    content = bytearray(workbook({"S": [["Model"], *[[f"x{n}"] for n in range(2000)]]}))
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 300] = bytes(300)
    assert "truncated or damaged" in refusal(read, bytes(content), "a.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_an_encrypted_workbook(read: Read, name: str) -> None:
    content = compound_file("EncryptedPackage", os.urandom(5000))
    assert "encrypted with a password; save a copy without the password" in refusal(read, content, name)


def test_a_truncated_old_workbook(read: Read) -> None:
    content = compound_file("Workbook", b"\x09\x08\x10\x00" + os.urandom(4000))
    assert "truncated or damaged" in refusal(read, content[:1400], "a.xls")


def test_an_archive_that_is_no_workbook(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "a ZIP archive that is no workbook" in refusal(read, out.getvalue(), "a.xlsx")


def hostile_sheet(cells: str) -> bytes:
    """A valid workbook of one sheet, written by hand."""
    out = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kind}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        )
    return out.getvalue()


def test_a_small_workbook_that_asks_for_half_a_terabyte(read: Read) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = hostile_sheet(cells)
    assert len(content) < 6000
    assert "asks for more memory than is allowed" in refusal(read, content, "a.xlsx")


def test_a_workbook_that_takes_too_long(read: Read, workbook: Workbook) -> None:
    content = workbook({"S": [["Model"], *[[f"x{n}"] for n in range(100)]]})
    options = ReadOptions(excel_seconds=0)
    assert "more than 0 seconds" in refusal(read, content, "a.xlsx", options)


def test_a_zip_bomb(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(150):
                part.write(b" " * 1_000_000)
    assert "looks like a ZIP bomb" in refusal(read, out.getvalue(), "a.xlsx")


def test_a_workbook_without_a_table(read: Read, workbook: Workbook) -> None:
    content = workbook({"Cover": [["Hello"]], "Empty": []})
    assert "no sheet holds an equipment table (Cover: no header" in refusal(read, content, "a.xlsx")


def test_json_nested_too_deep(read: Read) -> None:
    deep = '{"model": ' + '{"a": ' * 60 + "1" + "}" * 60 + "}"
    assert "nested more than 24 levels" in refusal(read, f"[{deep}]", "a.json")
    assert "a.jsonl line 1: nested more" in refusal(read, deep + '\n{"model": "x"}\n', "a.jsonl")
    assert "nested more" in refusal(read, '[{"model":' + "[" * 100_000, "a.json")
    lists = '[{"model": ' + "[" * 60 + "]" * 60 + "}]"
    assert "nested more" in refusal(read, lists, "a.json")


def test_malformed_json_is_named_by_line(read: Read) -> None:
    assert "a.json line 2" in refusal(read, '[{"model": "x"},\n{"model": }]', "a.json")


def test_a_bad_line_among_good_ones_is_named(read: Read) -> None:
    good = '{"model": "x"}\n'
    assert "a.jsonl line 4: malformed JSON" in refusal(read, good * 3 + "{broken\n" + good, "a.jsonl")
    assert "a.jsonl line 3: not a JSON object" in refusal(read, good * 2 + "[1]\n", "a.jsonl")


def test_a_line_of_json_lines_that_is_too_long(read: Read) -> None:
    text = json.dumps({"model": "x" * 100}) + "\n" + json.dumps({"model": "y"})
    assert "line 1: the line is longer" in refusal(read, text, "a.jsonl", ReadOptions(max_line_bytes=50))


def test_json_that_is_no_list_of_records(read: Read) -> None:
    assert "not one list of records" in refusal(read, '{"a": [{"x": 1}], "b": [{"y": 2}]}', "a.json")
    assert "linked-data" in refusal(
        read, '{"@context": "https://schema.org", "components": [{"a": 1}]}', "a.json"
    )


def test_records_with_endless_different_keys(read: Read) -> None:
    text = json.dumps([{"model": "x", **{f"k{n}": n for n in range(20_000)}}])
    assert "more than 16384 different keys" in refusal(read, text, "a.json")


@pytest.mark.parametrize("cut", [slice(0, 100), slice(0, -10)])
def test_a_corrupted_parquet_file(read: Read, cut: slice) -> None:
    out = io.BytesIO()
    pl.DataFrame({"model": [f"x{n}" for n in range(1000)]}).write_parquet(out)
    assert "truncated or damaged" in refusal(read, out.getvalue()[cut], "a.parquet")


def test_a_parquet_file_with_garbage_inside(read: Read) -> None:
    out = io.BytesIO()
    pl.DataFrame({"model": [f"x{n}" for n in range(1000)]}).write_parquet(out)
    content = bytearray(out.getvalue())
    content[20:400] = b"\xff" * 380
    assert "truncated or damaged" in refusal(read, bytes(content), "a.parquet")
