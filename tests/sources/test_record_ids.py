"""How records are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clearband.errors import UsageError
from clearband.sources import read_inventory
from tests.sources.conftest import Read


def ids(inventory: object) -> list[str]:
    return inventory.equipment["record_id"].to_list()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "header", ["Asset Tag", "Asset #", "Cam ID", "Radio #", "Device ID", "ONT number", "Name", "ID"]
)
def test_an_inventorys_own_id_names_the_record(read: Read, header: str) -> None:
    assert ids(read(f"Model,{header}\nS1,K1\nS2,K2\n")) == ["K1", "K2"]


def test_the_asset_tag_comes_before_the_name(read: Read) -> None:
    assert ids(read("Name,Asset Tag,Model\nn1,A1,S1\nn2,A2,S2\n")) == ["A1", "A2"]


def test_a_column_that_hardly_differs_is_no_id(read: Read) -> None:
    assert ids(read("Name,Model\nswitch,S1\nswitch,S2\nswitch,S3\n"))[0] == "inventory.csv!2"


def test_a_host_name_is_a_signal_and_an_id(read: Read) -> None:
    inventory = read("Hostname,Model\nsw1,S1\nsw2,S2\n")
    assert ids(inventory) == inventory.equipment["sys_name"].to_list() == ["sw1", "sw2"]


def test_records_without_an_id_are_named_by_file_and_row(read: Read) -> None:
    inventory = read("Title\n\nManufacturer,Model\nZTE,S1\n,\nZTE,S2\n")
    assert ids(inventory) == ["inventory.csv!4", "inventory.csv!6"]
    assert inventory.equipment["source"].to_list() == ["inventory.csv:4", "inventory.csv:6"]


def test_a_row_whose_id_is_missing_is_named_by_its_row(read: Read) -> None:
    rows = "".join(f"A{n},S{n}\n" for n in range(9))
    inventory = read("Asset Tag,Model\n" + rows + ",S10\n")
    assert ids(inventory)[-1] == "inventory.csv!11"
    assert "1 records have no id of their own" in inventory.warnings[0]


def test_repeated_ids_are_numbered_and_named_in_a_warning(read: Read) -> None:
    rows = "".join(f"A{n},S{n}\n" for n in range(20))
    inventory = read("Asset Tag,Model\n" + rows + "A3,x\nA3,y\nA4#2,z\nA4,w\n")
    assert ids(inventory)[20:] == ["A3#2", "A3#3", "A4#2", "A4#3"]
    assert "2 ids stand more than once, the later ones got #2, #3 …: A3, A4" in inventory.warnings[0]


def test_ids_that_two_files_share_get_the_later_files_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Asset Tag,Model\n1,S1\n2,S2\n")
    (tmp_path / "b.csv").write_text("Asset Tag,Model\n2,S2\n3,S3\n")
    inventory = read_inventory([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert ids(inventory) == ["1", "2", "b.csv!2", "3"]
    assert "1 ids also stand in an earlier table" in inventory.warnings[0]


def test_two_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.csv").write_text("Model\nS1\n")
    paths = [tmp_path / "north" / "list.csv", tmp_path / "south" / "list.csv"]
    assert ids(read_inventory(paths)) == ["list.csv!2", "south/list.csv!2"]


def test_a_part_points_to_its_parent_by_the_parents_record_id(
    read: Read, workbook: Callable[..., bytes]
) -> None:
    rows = [
        ["Asset Tag", "Model", "Parent Device"],
        ["A1", "S1", None],
        ["A2", "PSU", "A1"],
        ["A3", "PSU", "Z9"],
    ]
    equipment = read(workbook({"S": rows}), "a.xlsx").equipment
    assert equipment["parent_id"].to_list() == [None, "S!A1", "Z9"]


def test_parts_follow_a_parent_whose_id_an_earlier_file_has(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text('{"id": "1", "model": "box"}\n{"id": "2", "parent_id": "1", "model": "optic"}\n')
    equipment = read_inventory(paths).equipment
    assert equipment["record_id"].to_list() == ["1", "2", "b.jsonl!1", "b.jsonl!2"]
    assert equipment["parent_id"].to_list() == [None, "1", None, "b.jsonl!1"]


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Model\nS1\n")
    with pytest.raises(UsageError, match="named twice"):
        read_inventory([tmp_path / "a.csv", f"{tmp_path}/../{tmp_path.name}/a.csv"])
