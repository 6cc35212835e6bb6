"""Recordings as people have them: snmpsim's form, and what snmpwalk prints in its several ways."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources import Inventory, read_inventory
from clearband.sources.snmp import recording_format

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "walks"
NUMERIC = """.1.3.6.1.2.1.1.1.0 = STRING: "Huawei \\"VRP\\"
second line"
.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.2011.2.23.95
.1.3.6.1.2.1.1.3.0 = Timeticks: (148) 0:00:01.48
.1.3.6.1.2.1.2.2.1.6.1 = ""
.1.3.6.1.2.1.2.2.1.6.2 = Hex-STRING: 48 8E EF 00 00 A0\x20
.1.3.6.1.2.1.47.1.1.1.1.5.1 = INTEGER: 3
.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: "S1"
.1.3.6.1.2.1.47.1.1.1.1.13.1 = No Such Instance currently exists at this OID
.1.3.6.1.6.3.10.2.1.1.0 = Hex-STRING: 80 00 1F 88 80 09 FF B9 20 3D 0A 0A 6B 00 00 00\x20
00\x20
"""


def read(folder: Path, text: str | bytes, name: str = "core-1.txt") -> Inventory:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_inventory([path])


def first(inventory: Inventory) -> dict[str, object]:
    row = inventory.equipment.row(0, named=True)
    return {name: value for name, value in row.items() if value is not None}


def test_a_walk_with_numbers_is_the_device_of_its_files_name(tmp_path: Path) -> None:
    inventory = read(tmp_path, NUMERIC)
    box = first(inventory)
    assert box["record_id"] == "core-1"
    assert box["sys_descr"] == 'Huawei "VRP"\nsecond line'
    assert (box["sys_object_id"], box["serial"]) == ("1.3.6.1.4.1.2011.2.23.95", "S1")
    assert box["macs"] == ["48:8e:ef:00:00:a0"]
    assert box["x_engine_id"] == "80001f888009ffb9203d0a0a6b00000000"
    assert inventory.warnings == ()


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace(".1.3.6", "iso.3.6"),
        lambda text: (
            text.replace(".1.3.6.1.2.1.", "SNMPv2-SMI::mib-2.").replace(".1.3.6.1.4.1", "SMI::enterprises")
        ),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "snmpwalk -v2c -On core-1 .1\n" + text,
        lambda text: text.encode("utf-16"),
        lambda text: text + "End of MIB\n",
    ],
)  # fmt: skip
def test_the_ways_in_which_it_is_printed_say_the_same(tmp_path: Path, changed) -> None:  # type: ignore[no-untyped-def]
    assert first(read(tmp_path, changed(NUMERIC))) == first(read(tmp_path, NUMERIC))


def test_names_of_mibs_are_understood(tmp_path: Path) -> None:
    inventory = read_inventory([EXAMPLES / "core-1.txt"])
    assert inventory.tables[0].format == "snmpwalk"
    box, unit, optic = inventory.equipment.to_dicts()
    assert box["sys_descr"].count("\n") == 2
    assert (box["model"], unit["serial"], optic["manufacturer"]) == (
        "WS-C3750X-24P-L",
        "FDO0000A112",
        "HUAWEI",
    )
    assert optic["parent_id"] == unit["parent_id"] == "core-1"
    assert box["macs"] == ["00:aa:bb:00:12:34", "00:aa:bb:00:12:01"]
    short = (EXAMPLES / "core-1.txt").read_text("utf-8").replace("ENTITY-MIB::", "")
    again = read(tmp_path, short).equipment
    assert again.drop("source").equals(inventory.equipment.drop("source"))


def test_what_only_a_mib_explains_is_told_with_its_line(tmp_path: Path) -> None:
    text = NUMERIC.replace(".1.3.6.1.4.1.2011.2.23.95", "CISCO-PRODUCTS-MIB::catalyst37xxStack")
    inventory = read(tmp_path, text)
    assert "sys_object_id" not in first(inventory)
    (told,) = inventory.warnings
    assert told.startswith("core-1.txt: line 3 names an identifier that only its MIB explains; walk with -On")


def test_a_walk_that_breaks_off_says_where(tmp_path: Path) -> None:
    for said in (
        "Timeout: No Response from 192.0.2.1",
        "Error: OID not increasing: .1.3.6",
        "Error in packet.",
    ):
        assert f'breaks off in line 12 ("{said[:14]}' in read(tmp_path, NUMERIC + said + "\n").warnings[0]


def test_lines_that_are_none_are_counted_with_the_first(tmp_path: Path) -> None:
    recorded = (
        "1.3.6.1.2.1.1.1.0|4|box\nnonsense\n1.3.6.1.2.1.2.2.1.6.1|4x|abc\n1.3.6.1.2.1.47.1.1.1.1.5.1|2|x\n"
    )
    inventory = read(tmp_path, recorded + "more\n1.3.6.1.2.1.1.5.0|4:numeric|x\n", "a.snmprec")
    lines, values, generated = inventory.warnings
    assert lines.endswith('2 lines are no values (OID|TAG|VALUE), the first in line 2: "nonsense"')
    assert "2 lines hold a value that does not fit its tag, the first in line 3" in values
    assert generated.endswith("1 value is made up by the simulator and not read: sysName")


def test_a_quotation_mark_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    box = first(read(tmp_path, NUMERIC.replace('second line"', "second line")))
    assert (box["sys_descr"], box["serial"]) == ('"Huawei \\"VRP\\"\nsecond line', "S1")


def test_values_of_snmprec_in_every_encoding(tmp_path: Path) -> None:
    box = first(
        read(tmp_path, "1.3.6.1.2.1.1.1.0|4e|a\\tb\\x4d\\\\\n1.3.6.1.2.1.1.5.0|4x|6869\n", "b.snmprec")
    )
    assert (box["sys_descr"], box["sys_name"]) == ("a\tbM\\", "hi")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NUMERIC + NUMERIC.replace("VRP", "IOS"), "line 12: a second device begins here"),
        ("1.3.6.1.4.1.9.1|2|3\n", "holds nothing that tells a device"),
    ],
)
def test_what_is_no_walk_of_one_device_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, text)


def test_a_walk_without_the_system_group_says_so(tmp_path: Path) -> None:
    assert (
        "system group is missing" in read(tmp_path, NUMERIC[NUMERIC.index(".1.3.6.1.2.1.2.2") :]).warnings[0]
    )


@pytest.mark.parametrize(
    "text",
    ["a|b|c\n1|2|3\n", "name = STRING\n", "1.2|x\n", "vendor = Huawei\nmodel = X\n", "192.168.1.1|4|x\n"],
)
def test_other_texts_are_no_recordings(text: str) -> None:
    assert recording_format(text.encode()) is None or text.startswith("192")


def test_recordings_of_one_name_stay_apart_with_their_parts(tmp_path: Path) -> None:
    parts = '.1.3.6.1.2.1.47.1.1.1.1.5.7 = INTEGER: 9\n.1.3.6.1.2.1.47.1.1.1.1.11.7 = STRING: "S7"\n'
    paths = [tmp_path / "core-1.txt", tmp_path / "core-1.walk"]
    for path in paths:
        path.write_text(NUMERIC + parts, encoding="utf-8")
    table = read_inventory(paths).equipment
    assert table["record_id"].to_list() == [
        "core-1",
        "core-1/7",
        "core-1.walk!core-1",
        "core-1.walk!core-1/7",
    ]
    assert table["parent_id"].to_list() == [None, "core-1", None, "core-1.walk!core-1"]
    assert table.filter(pl.col("parent_id").is_not_null())["serial"].to_list() == ["S7", "S7"]
