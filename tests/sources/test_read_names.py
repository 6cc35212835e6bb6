"""Names and lists of names, in every form in which people have them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.sources.names import ListedNames, NameOptions, read_asked, read_listed

ENTITIES = (
    {
        "id": "NK-1",
        "schema": "Company",
        "caption": "Vostokradio",
        "properties": {
            "name": ["Vostokradio"],
            "alias": ["Zavod Vostokradio"],
            "weakAlias": ["VR"],
            "previousName": ["Radiozavod 9"],
            "country": ["zz"],
        },
        "datasets": ["made_up"],
        "referents": [],
    },
    {"id": "NK-2", "schema": "Person", "caption": "A Person", "properties": {"name": ["A Person"]}},
    {"id": "NK-3", "schema": "Vessel", "caption": "A Ship", "properties": {"name": ["A Ship"]}},
    {"id": "NK-4", "schema": "PublicBody", "caption": "Office Six", "properties": {"name": ["Office Six"]}},
    {"id": "NK-5", "schema": "LegalEntity", "caption": "Meridian", "properties": {}},
)
SCREENING = (
    "_id,source,entity_number,type,programs,name,title,addresses,alt_names\n"
    'x1,SDN,1,Entity,EX,"ZHONGYUAN CO., LTD.",,,"Zhongyuan; ZY Starlink;"\n'
    "x2,SDN,2,Individual,EX,A PERSON,,,\n"
    "x3,EL,,,EX,MERIDIAN,,,\n"
    "x4,SDN,4,Vessel,EX,A SHIP,,,\n"
)


def put(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def asked(path: str, **options: str) -> list[tuple[str, str | None]]:
    return read_asked(path, NameOptions(**options)).table.rows()


def listed(path: str, **options: str) -> ListedNames:
    return read_listed(path, NameOptions(**options))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,name\nA,Acme\nB,\n"),
        ("a.csv", "\ufeffName;ID;Town\r\nAcme;A;X\r\n;B;Y\r\n"),
        ("a.tsv", "Supplier name\tSupplier no.\nAcme\tA\n\tB\n"),
        ("a.jsonl", '{"id": "A", "name": "Acme"}\n\n{"id": "B", "name": null}\n'),
        ("a.json", '[{"id": "A", "company": "Acme"}, {"id": "B"}]'),
    ],
)
def test_a_table_of_ids_and_names_is_read_from_every_text_form(tmp_path: Path, name: str, text: str) -> None:
    assert asked(put(tmp_path, name, text)) == [("A", "Acme"), ("B", None)]


def test_parquet_and_workbooks_are_read(tmp_path: Path) -> None:
    table = pl.DataFrame({"id": [7, 8], "name": ["Acme", "Beta"]})
    table.write_parquet(tmp_path / "a.parquet")
    table.write_excel(tmp_path / "a.xlsx")
    for name in ("a.parquet", "a.xlsx"):
        assert asked(str(tmp_path / name)) == [("7", "Acme"), ("8", "Beta")]


def test_one_name_a_line_keeps_its_commas_and_the_number_of_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "Acme Co., Ltd.\n\nBeta\n")
    assert asked(path) == [("1", "Acme Co., Ltd."), ("3", "Beta")]


def test_a_column_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Lieferant;Nr\nAcme;A\nBeta;B\n")
    assert asked(path, name_column="Lieferant", id_column="nr") == [("A", "Acme"), ("B", "Beta")]


def test_a_table_without_a_column_of_names_is_not_taken_for_names(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Lieferant;Nr\nAcme;A\nBeta;B\n")
    with pytest.raises(InputError, match=r"columns: Lieferant, Nr.*--name-column"):
        asked(path)
    with pytest.raises(UsageError, match=r'"Firma".*Lieferant, Nr'):
        asked(path, name_column="Firma")


def test_marks_that_hide_what_a_name_says_are_taken_out(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", 'id,name\nA,"Ac\u200bme\n Ltd"\nB," "\n')
    assert asked(path) == [("A", "Acme Ltd"), ("B", None)]


def test_other_encodings_are_read_and_told(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "id,name\nA,Müller Funk\n".encode("cp1252"))
    read = read_asked(path, NameOptions())
    assert read.table["name"].to_list() == ["Müller Funk"]
    assert "Windows-1252" in read.warnings[0]


def test_names_of_one_organisation_share_its_id(tmp_path: Path) -> None:
    path = put(tmp_path, "l.csv", "entity_id,name\nE1,Acme\nE1,Acme Radio\nE1,Acme\nE2,\n")
    read = listed(path)
    assert read.table.rows() == [("E1", "Acme"), ("E1", "Acme Radio")]
    assert (read.form, read.blank) == ("table", 1)


def test_without_ids_each_row_is_an_organisation(tmp_path: Path) -> None:
    assert listed(put(tmp_path, "l.txt", "Acme\nBeta\n")).table["entity_id"].to_list() == ["1", "2"]
    assert listed(put(tmp_path, "l.csv", "company\nAcme\nBeta\n")).table["entity_id"].to_list() == ["2", "3"]


def test_of_followthemoney_entities_organisations_are_read_and_others_counted(tmp_path: Path) -> None:
    read = listed(put(tmp_path, "entities.ftm.json", "".join(json.dumps(one) + "\n" for one in ENTITIES)))
    assert read.form == "followthemoney"
    assert read.table.rows() == [
        ("NK-1", "Vostokradio"),
        ("NK-1", "Zavod Vostokradio"),
        ("NK-1", "VR"),
        ("NK-1", "Radiozavod 9"),
        ("NK-4", "Office Six"),
        ("NK-5", "Meridian"),
    ]
    assert read.left_out == {"Person": 1, "Vessel": 1}


def test_of_the_simple_csv_organisations_are_read_and_others_counted(tmp_path: Path) -> None:
    text = 'id,schema,name,aliases,birth_date\nN1,Company,Acme,"Ac;Me",\nN2,Person,A Person,,\n'
    read = listed(put(tmp_path, "targets.simple.csv", text))
    assert (read.form, read.left_out) == ("simple", {"Person": 1})
    assert read.table.rows() == [("N1", "Acme"), ("N1", "Ac"), ("N1", "Me")]


def test_of_the_screening_list_organisations_and_those_of_no_stated_type_are_read(tmp_path: Path) -> None:
    read = listed(put(tmp_path, "consolidated.csv", SCREENING))
    assert (read.form, read.left_out) == ("screening-list", {"Individual": 1, "Vessel": 1})
    assert read.table.rows() == [
        ("x1", "ZHONGYUAN CO., LTD."),
        ("x1", "Zhongyuan"),
        ("x1", "ZY Starlink"),
        ("x3", "MERIDIAN"),
    ]


def test_the_form_of_a_list_can_be_said(tmp_path: Path) -> None:
    path = put(tmp_path, "consolidated.csv", SCREENING)
    assert listed(path, form="table").table.height == 4
    assert listed(path, form="lines").table.height == 5
    with pytest.raises(InputError, match="not JSON"):
        listed(path, form="followthemoney")
    with pytest.raises(InputError, match="no column schema"):
        listed(path, form="simple")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("e.csv", b"", "the file is empty"),
        ("h.csv", b"id,name\n", "no organisation with a name"),
        ("p.parquet", b"PAR1" + b"x" * 90, "truncated or damaged"),
        ("b.csv", b"id,name\n\x00\x01", "binary data"),
        ("j.jsonl", b'{"id":"1","name":"A"}\n{"id":\n', "j.jsonl line 2: malformed JSON"),
        ("q.csv", b'id,name\n1,"Acme\n2,Beta\n', "q.csv"),
        ("x.html", b"<html><body>Acme</body></html>", "an HTML page"),
        ("f.json", b'{"id":"1","schema":"Person","properties":{}}\n', "1 entries are no organisations"),
        (
            "g.json",
            b'{"id":"1","schema":"Company","properties":{}}\n{"id":"2"}\n',
            "g.json line 2: not an entity",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_in_one_line(
    tmp_path: Path, name: str, text: bytes, says: str
) -> None:
    with pytest.raises(InputError) as refused:
        listed(put(tmp_path, name, text))
    assert says in refused.value.one_line()
    assert name in refused.value.one_line()


@pytest.mark.parametrize("header", ["No", "No.", "Nr", "Nr.", "#", "Number", "Entity ID", "List ID"])
def test_the_usual_names_of_ids_are_taken_for_ids_on_both_sides(
    tmp_path: Path, workbook: Callable[..., bytes], header: str
) -> None:
    rows = [[header, "Company name"], [7, "Acme"], [7, "Acme Radio"], [8, "Beta"]]
    path = put(tmp_path, "l.xlsx", workbook({"Sheet": rows}))
    read = listed(path)
    assert read.table["entity_id"].to_list() == ["7", "7", "8"]
    assert (read.taken.name, read.taken.id, read.warnings) == ("Company name", header, ())
    if header not in ("Entity ID", "List ID"):
        assert read_asked(path, NameOptions()).taken.id == header


def test_a_column_that_looks_like_ids_and_is_none_is_told(tmp_path: Path) -> None:
    path = put(
        tmp_path, "l.csv", "Company name,Sanction ref,Country code,Phone no.\nAcme,7,DE,1\nBeta,8,DE,2\n"
    )
    for read, option in (
        (listed(path), "--list-id-column"),
        (read_asked(path, NameOptions()), "--id-column"),
    ):
        (warning,) = read.warnings
        assert '"Sanction ref" looks like ids' in warning
        assert option in warning
        assert read.taken.id is None
    assert listed(path, id_column="Sanction ref").warnings == ()


def test_blank_rows_between_others_stay_and_are_counted(
    tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    rows = [["Supplier", "Country"], ["Acme", "DE"], [None, None], ["Beta", "DE"], [None, None]]
    text = "Supplier,Country\nAcme,DE\n,\nBeta,DE\n,\n,\n"
    for path in (put(tmp_path, "a.xlsx", workbook({"Sheet": rows})), put(tmp_path, "a.csv", text)):
        assert asked(path) == [("2", "Acme"), ("3", None), ("4", "Beta")]
        assert (listed(path).blank, listed(path).table.height) == (1, 2)
