"""What devices recorded in the field become: the device, its parts, its addresses, its neighbours."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearband.identify import identify
from clearband.register import load_register
from clearband.snmp.device import device_records
from clearband.snmp.neighbors import neighbors_not_read
from clearband.snmp.objects import ENTITIES, find_object
from clearband.snmp.values import Value, hardware_address, number_of, said, text_of
from clearband.snmp.walk import Walk
from clearband.sources import read_inventory
from clearband.sources.snmp.snmprec import read_snmprec

RECORDED = Path(__file__).parent / "recorded"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "walks"


def walked(name: str) -> Walk:
    return read_snmprec((RECORDED / f"{name}.snmprec").read_bytes(), name).walk


def records(name: str) -> dict[str, dict[str, Any]]:
    return {one["record_id"]: one for one in device_records(walked(name), name)}


def take(walk: Walk, oid: str, value: Value) -> None:
    found = find_object(oid)
    assert found is not None
    walk.put(*found, value)


def entity_walk(*rows: tuple[int, int, int, str, str, str, str]) -> Walk:
    """Rows of index, class, index of what holds it, name, serial, maker, model."""
    walk = Walk()
    take(walk, "1.3.6.1.2.1.1.1.0", b"a box")
    for index, kind, within, *texts in rows:
        take(walk, f"{ENTITIES}.5.{index}", kind)
        take(walk, f"{ENTITIES}.4.{index}", within)
        for column, text in zip((7, 11, 12, 13), texts, strict=True):
            take(walk, f"{ENTITIES}.{column}.{index}", text.encode())
    return walk


def test_a_chassis_is_the_device_and_boards_and_optics_are_parts_under_it() -> None:
    found = records("huawei-s12704")
    box = found["huawei-s12704"]
    assert (box["manufacturer"], box["serial"]) == ("Huawei", "2102114480P0J7000105")
    assert box["sys_object_id"] == "1.3.6.1.4.1.2011.2.279.3"
    assert box["x_engine_id"] == "800007db032c97b1eae900"
    assert "2c:97:b1:ea:e9:00" in box["macs"], "the engine's id holds an address"
    board = found["huawei-s12704/67633161"]
    assert (board["parent_id"], board["x_class"]) == ("huawei-s12704", "module")
    optic = found["huawei-s12704/67748366"]
    assert (optic["parent_id"], optic["manufacturer"]) == (board["record_id"], "HG GENUINE")
    assert len(found) == 26, "slots and empty ports are no records"


def test_a_stack_is_its_first_chassis_with_the_others_under_it() -> None:
    found = records("h3c-stack")
    assert found["h3c-stack"]["serial"] == "210235A0YVX18A00000B"
    second = found["h3c-stack/4"]
    assert (second["parent_id"], second["serial"]) == ("h3c-stack", "210235A0YVX18A00000K")
    optic = found["h3c-stack/85549"]
    assert found[optic["parent_id"]]["x_class"] == "module"
    assert found[found[optic["parent_id"]]["parent_id"]] is second
    assert all("No connector" not in one.get("model", "") for one in found.values())


def test_parts_that_agents_call_containers_are_parts_where_they_have_a_model_of_their_own() -> None:
    arista = records("arista-7150s")
    assert arista["arista-7150s/100302100"]["model"] == "SFP-1G-T"
    assert arista["arista-7150s/100711000"]["manufacturer"] == "ARTESYN"
    assert arista["arista-7150s/100601100"]["model"] == "FAN-7000-F"
    assert records("zte-zxr10")["zte-zxr10/671318016"]["model"] == "9900_ MPU"
    juniper = records("juniper-mx960")
    assert juniper["juniper-mx960/8"]["description"] == "FPC: MPC Type 2 3D @ 0/*/*; MX-MPC2-3D"


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("arista-7150s", "arista"),
        ("cisco-c3750", "cisco"),
        ("h3c-stack", "h3c"),
        ("huawei-s12704", "huawei"),
        ("juniper-mx960", "juniper"),
        ("zte-zxr10", "zte"),
    ],
)
def test_makers_are_found_from_recordings_of_the_field(name: str, maker: str) -> None:
    inventory = read_inventory([RECORDED / f"{name}.snmprec"])
    assert inventory.warnings == ()
    verdict = identify(inventory.equipment, load_register(), on=date(2026, 11, 1)).row(0, named=True)
    assert (verdict["record_id"], verdict["maker"]) == (name, maker)
    assert verdict["category"] not in ("module-card", "transceiver"), "a chassis is no part of itself"


def test_neighbours_stay_apart_and_are_listed_where_they_were_not_read() -> None:
    inventory = read_inventory([EXAMPLES / "edge-1.snmprec", EXAMPLES / "core-1.txt"])
    rows = {one["record_id"]: one for one in inventory.equipment.to_dicts()}
    seen = rows["edge-1"]["neighbors"]
    assert [one["sys_name"] for one in seen] == ["core-1", "cell-7"]
    assert "Cisco" not in json.dumps({**rows["edge-1"], "neighbors": None})
    devices = [
        {"record_id": name, "macs": rows[name]["macs"], "sys_name": name, "neighbors": neighbors}
        for name, neighbors in (("edge-1", seen), ("core-1", []))
    ]
    (missing,) = neighbors_not_read(devices)
    assert missing["record_id"] == "neighbor/cell-7/4c:1f:cc:00:00:77"
    assert (missing["x_seen_by"], missing["macs"]) == ("edge-1", ["4c:1f:cc:00:00:77"])


def test_names_alone_do_not_make_a_neighbour_one_of_the_devices() -> None:
    neighbor = {"chassis_id": "4c:1f:cc:00:00:77", "sys_name": "switch"}
    device = {"record_id": "a", "sys_name": "switch", "macs": ["00:aa:bb:00:00:01"], "neighbors": [neighbor]}
    assert len(neighbors_not_read([device])) == 1
    named = {**device, "neighbors": [{"chassis_id": "x", "sys_name": "Switch"}]}
    assert neighbors_not_read([named]) == []


def test_loops_and_holes_in_the_table_end() -> None:
    walk = entity_walk(
        (1, 9, 2, "a", "S1", "Huawei", "M1"), (2, 9, 1, "b", "S2", "ZTE", "M2"),
        (3, 9, 3, "c", "S3", "", ""), (4, 9, 99, "d", "S4", "", ""), (5, 9, -7, "e", "S5", "", ""),
    )  # fmt: skip
    found = {one["record_id"]: one for one in device_records(walk, "x")}
    assert set(found) == {"x", "x/1", "x/2", "x/3", "x/4", "x/5"}
    assert found["x/2"]["parent_id"] == "x/1"
    assert found["x/1"]["parent_id"] == "x"


def test_empty_slots_are_no_parts_whatever_their_model_is_called() -> None:
    walk = entity_walk(
        (1, 3, 0, "box", "S1", "Cisco", "M"), (2, 5, 1, "Slot-2", "", "Cisco", "ModuleSlot"),
        (3, 5, 1, "FanBay-1", "", "Cisco", "UCS-FB"), (4, 5, 1, "MPU", "", "", "MPU-2"),
    )  # fmt: skip
    assert [one["record_id"] for one in device_records(walk, "x")] == ["x", "x/4"]


def test_a_board_that_repeats_the_number_of_its_box_is_the_box() -> None:
    walk = entity_walk(
        (1, 3, 0, "box", "S1", "H3C", "E528"), (2, 9, 1, "board", "S1", "H3C", "E528"),
        (3, 10, 2, "port", "S1", "", ""), (4, 9, 1, "other", "S1", "H3C", "CARD"),
    )  # fmt: skip
    assert [one["record_id"] for one in device_records(walk, "x")] == ["x", "x/4"]


def test_without_a_chassis_the_one_thing_at_the_top_is_the_device_and_of_several_none() -> None:
    alone = device_records(entity_walk((1, 9, 0, "box", "S1", "ZTE", "Z1")), "x")
    assert [one.get("model") for one in alone] == ["Z1"]
    several = device_records(
        entity_walk((1, 9, 0, "a", "S1", "ZTE", "Z1"), (2, 9, 0, "b", "S2", "ZTE", "Z2")), "x"
    )
    assert [one.get("model") for one in several] == [None, "Z1", "Z2"]


def test_an_engine_tells_its_registrant_where_no_identifier_is_told() -> None:
    walk = Walk()
    take(walk, "1.3.6.1.6.3.10.2.1.1.0", bytes.fromhex("800007db03488eef0000a0"))
    (record,) = device_records(walk, "x")
    assert record["banners"] == [{"protocol": "snmp-enterprise", "text": "2011"}]
    assert record["macs"] == ["48:8e:ef:00:00:a0"]


def test_values_in_any_form() -> None:
    assert hardware_address("0:1b:21:a:b:c") == "00:1b:21:0a:0b:0c"
    assert hardware_address(b"00-1B-21-0A-0B-0C") == "00:1b:21:0a:0b:0c"
    assert hardware_address(b"\0" * 6) is None
    assert hardware_address(b"abcdefgh") is None
    assert (number_of("chassis(3)"), number_of("3"), number_of(b"x"), number_of(None)) == (3, 3, None, None)
    assert text_of(b"a\x1b[31m\0b\xe9\0") == "a [31m bé"
    assert (said(b"N/A"), said("0000"), said(b" A\r\n B ")) == ("", "", "A B")
