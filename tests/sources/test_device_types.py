"""Device types in the YAML of NetBox's library."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.sources import read_inventory
from clearband.sources.names import read_asked
from clearband.sources.names.options import NameOptions

TYPE = """---
# a comment
manufacturer: ZTE
model: ZXA10 C320
part_number: '0012'
slug: zte-c320
u_height: 2
is_full_depth: false
comments: '[Datasheet](https://example.net)'
interfaces:
  - name: ge-0
    type: 1000base-t
  - name: ge-1
    type: 1000base-t
module-bays:
  - name: slot 1
inventory-items:
  - name: optics
    manufacturer: Cisco
    part_id: GLC-LH-SMD
"""


def test_a_type_is_a_record_and_its_items_are_parts(tmp_path: Path) -> None:
    file = tmp_path / "c320.yaml"
    file.write_text(TYPE, encoding="utf-8")
    read = read_inventory([file])
    assert read.inputs[0].format == "device-type"
    assert read.warnings == ()
    kind, item = read.equipment.to_dicts()
    wanted = {"record_id": "zte-c320", "manufacturer": "ZTE", "model": "ZXA10 C320", "part_number": "0012"}
    assert wanted.items() <= kind.items()
    assert (kind["notes"], kind["parent_id"]) == ("[Datasheet](https://example.net)", None)
    assert (kind["x_u_height"], kind["x_is_full_depth"]) == ("2", "false")
    assert (kind["x_number_of_interfaces"], kind["x_number_of_module-bays"]) == ("2", "1")
    part = {"record_id": "zte-c320/1", "parent_id": "zte-c320", "manufacturer": "Cisco"}
    assert part.items() <= item.items()
    assert (item["part_number"], item["description"]) == ("GLC-LH-SMD", "optics")


def test_many_files_are_one_inventory(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        files.append(tmp_path / f"{name}.yml")
        files[-1].write_text(f"manufacturer: ZTE\nmodel: {name}\nslug: zte-{name}\n", encoding="utf-8")
    assert read_inventory(files).equipment["record_id"].to_list() == ["zte-a", "zte-b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("manufacturer: &a ZTE\nmodel: *a\n", "alias"),
        ("manufacturer: ZTE\nmodel: x\nmodel: y\n", "stands twice"),
        ("manufacturer: ZTE\nmodel: [x]\n", "not both there as texts"),
        ("manufacturer: ZTE\nmodel: x\n  y: [\n", "line"),
        ("manufacturer: ZTE\nmodel: x\ncomments: " + "[" * 100 + "]" * 100 + "\n", "nested too deeply"),
        ("manufacturer: ZTE\nmodel: x\n---\nmanufacturer: ZTE\nmodel: y\n", ""),
        ("manufacturer: ZTE\nmodel: x\ncomments: " + "x" * 8_000_001, "larger than"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_inventory([file])
    assert "x.yaml" in caught.value.one_line()
    assert says in caught.value.one_line()


@pytest.mark.parametrize(
    "text",
    [
        "Manufacturer,Model\nZTE,x\n",
        "Make;Model\nmanufacturer: ZTE;model: x\n",
        "Model\nmodel: x\nmodel: y\n",
    ],
)
def test_a_table_is_no_device_type(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(text, encoding="utf-8")
    assert read_inventory([file]).inputs[0].format == "csv"


def test_a_device_type_is_no_list_of_names(tmp_path: Path) -> None:
    file = tmp_path / "c320.yaml"
    file.write_text(TYPE, encoding="utf-8")
    with pytest.raises(InputError, match="not a table of names but device-type"):
        read_asked(str(file), NameOptions())
