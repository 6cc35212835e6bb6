"""What devices print as an inventory: the device, its parts, its neighbours, and what was not read."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.discover.device_output.commands import OUTPUTS, Output, find_command
from clearband.discover.device_output.file_names import read_file_name
from clearband.discover.device_output.limits import Limits
from clearband.discover.device_output.outputs import FileReader, Notes
from clearband.discover.device_output.read import DeviceOutputs, read_device_outputs
from clearband.discover.device_output.readings import read_rows
from clearband.discover.device_output.recording import read_recording
from clearband.discover.device_output.sections import cut_at_prompts
from clearband.discover.device_output.templates import UnreadableOutputError, _bounded, rows_of
from clearband.errors import InputError, MissingExtraError
from tests.discover.conftest import Command

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "device-output"
VERSION = """Huawei Versatile Routing Platform Software
VRP (R) software, Version 8.180 (NE40E V800R011C00SPC200)
Copyright (C) 2012-2018 Huawei Technologies Co., Ltd.
HUAWEI NE40E-X8 uptime is 1 day, 0 hour, 20 minutes"""


def reading(folder: Path, **texts: str | bytes) -> DeviceOutputs:
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_device_outputs([str(folder)])


def records(read: DeviceOutputs) -> dict[str, dict[str, Any]]:
    return {one["record_id"]: one for device in read.devices for one in device.records()}


def test_files_of_a_device_are_one_record_with_its_parts() -> None:
    found = records(read_device_outputs([str(EXAMPLES)]))
    core = found["core-1"]
    assert (core["model"], core["serial"], core["firmware"]) == (
        "WS-C3750X-24P-L", "FDO0000A111", "15.2(4)E10",
    )  # fmt: skip
    optic = found["core-1/TenGigabitEthernet1/1/1"]
    assert (optic["parent_id"], optic["model"]) == ("core-1", "OMXD30000")
    assert "HUAWEI" not in json.dumps(core), "an optic's maker is no word of the switch"


def test_neighbours_are_no_evidence_of_the_device() -> None:
    edge = records(read_device_outputs([str(EXAMPLES)]))["edge-1"]
    assert [one["sys_name"] for one in edge["neighbors"]] == ["core-1"]
    assert "Cisco" not in json.dumps({**edge, "neighbors": None})


def test_makers_are_found_and_an_optic_covers_no_switch(command: Command) -> None:
    status, said, _ = command(
        "discover", "device-output", str(EXAMPLES), "--out", "devices.jsonl", "--neighbors"
    )
    assert (status, said.split(" from ")[0]) == (0, "3 devices, 2 parts, 1 neighbours")
    assert command("identify", "devices.jsonl", "--out", "makers.jsonl")[0] == 0
    lines = Path("makers.jsonl").read_text("utf-8").splitlines()
    makers = {one["record_id"]: one["maker"] for one in map(json.loads, lines)}
    assert makers["core-1"] == "cisco"
    assert makers["edge-1"] == "huawei"
    assert makers["core-1/TenGigabitEthernet1/1/1"] == "huawei"
    assert makers["pe-1"] == "nokia", "a text without a template is evidence"
    assert makers["neighbor/core-1/00aa-bb00-1234"] == "cisco"


def test_what_no_template_reads_is_told_and_kept(tmp_path: Path) -> None:
    read = reading(tmp_path, a="<a>display elabel\n[Rack_1]\nManufactured=Huawei\n<a>", b="hello\nworld")
    assert len(read.warnings) == 2
    assert all("not read" in line for line in read.warnings)
    assert [device.banners for device in read.devices] == [
        ["[Rack_1]\nManufactured=Huawei"],
        ["hello\nworld"],
    ]


def test_neighbours_that_no_template_reads_are_left_out_and_told(tmp_path: Path) -> None:
    read = reading(tmp_path, a="a#show lldp neighbors detail\nSystem Description: Huawei S5700\na#")
    assert read.devices[0].banners == []
    assert "left out" in read.warnings[0]


def test_pagers_colours_and_line_ends_leave_no_trace(tmp_path: Path) -> None:
    lines = VERSION.split("\n")
    pager = "  ---- More ----\x1b[16D                \x1b[16D"
    back = " --More-- " + "\b" * 10 + " " * 10 + "\b" * 10
    shown = [lines[0], pager + lines[1], back + lines[2], f"\x1b[1m{lines[3]}\x1b[0m"]
    raw = "\r\n".join(["<r>display version", *shown, "<r>"])
    plain = reading(tmp_path, r=f"<r>display version\n{VERSION}\n<r>\n")
    assert not plain.warnings
    wanted = records(plain)
    assert wanted["r"]["model"] == "NE40E-X8"
    for data in (raw.encode(), raw.encode("utf-16"), raw.replace("\r\n", "\r").encode()):
        assert records(reading(tmp_path, r=data)) == wanted


def test_a_session_over_several_hosts_is_several_devices(tmp_path: Path) -> None:
    first = f"<a>dis ver\n{VERSION}\n<a>quit\n"
    text = f"{first}<b>display version | no-more\n{VERSION}\n[b-vlan1]display arp\nx\n<b>"
    read = reading(tmp_path, log=text)
    assert list(records(read)) == ["log/a", "log/b"]
    assert dict(read.passed_over) == {"display arp": 1}


@pytest.mark.parametrize(
    ("name", "device", "command"),
    [
        ("core-1.txt", "core-1", None),
        ("core-1_show_version.txt", "core-1", "show version"),
        ("core-1.example.net", "core-1.example.net", None),
        ("sw_display_device_manufacture-info.log", "sw", "display device manufacture-info"),
        ("sw/show version.txt", "sw", "show version"),
        ("east/sw.txt", "east/sw", None),
        ("show_inventory.txt", "given", "show inventory"),
        ("sw_show_cdp_neighbors.txt", "sw", "show cdp neighbors"),
    ],
)
def test_the_name_of_a_file_names_the_device(name: str, device: str, command: str | None) -> None:
    named = read_file_name(Path(name), "given")
    assert (named.device, named.command) == (device, command)


def test_commands_may_be_shortened() -> None:
    assert find_command("sh inv") == "show inventory"
    assert find_command("dis ver") == "display version"
    assert find_command("show lldp nei det") == "show lldp neighbors detail"
    assert find_command("show inventory all") == "show inventory"
    assert find_command("show ip route") is None


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TimeoutError), _bounded(0.1):
        re.match(r"(a+)+b", "a" * 60)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda one: one.template)
def test_templates_are_there_and_end_on_a_hostile_text(output: Output) -> None:
    for line in ("HUAWEI " + "a " * 1_900, 'NAME: "' + "," * 3_900, "Chassis" + " 1" * 1_900):
        with suppress(UnreadableOutputError):
            assert read_rows(output, rows_of(output.template, "\n".join([line] * 20), 1.0))


def test_limits_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 5_000 + "\ny", encoding="utf-8")
    assert "the rest is cut off" in read_device_outputs([str(tmp_path)]).warnings[0]
    for limits in (Limits(max_files=0), Limits(max_bytes=10), Limits(max_lines=1)):
        with pytest.raises(InputError):
            read_device_outputs([str(tmp_path)], limits=limits)


def test_bad_inputs_end_in_one_line(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    for inputs in ("missing", str(folder)):
        status, _, wrong = command("discover", "device-output", inputs, "--out", "o.jsonl")
        assert (status, wrong.count("\n")) == (3, 1)
    (folder / "bad.txt").write_bytes(b"\x7fELF\0\0")
    assert command("discover", "device-output", str(folder), "--out", "o.jsonl")[0] == 3
    (folder / "good.txt").write_text(VERSION, encoding="utf-8")
    status, said, wrong = command("discover", "device-output", str(folder), "--out", "o.jsonl")
    assert (status, said.split(",")[0]) == (4, "1 devices")
    assert "bad.txt: no text" in wrong
    within = str(folder / "o.jsonl")
    assert command("discover", "device-output", str(folder), "--out", within)[0] != 0
    assert command("discover", "device-output", str(folder), "--out", "o.jsonl", "--platform", "x")[0] == 2


def test_without_the_extra_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from clearband.discover.device_output.templates import require_templates

    monkeypatch.setitem(__import__("sys").modules, "textfsm", None)
    with pytest.raises(MissingExtraError, match=r"\.\[devices\]"):
        require_templates()


PIECES = st.sampled_from([
    VERSION, "<a>display version", "a#show inventory", "a#", 'NAME: "x", DESCR: "y"', "PID: A , VID: B",
    "Hardware inventory:", "Chassis   JN1  MX960", "GigabitEthernet0/0/1 has 1 neighbors:", "Slot 0:",
    "\x1b[16D", "--More--", "\r", "\b\b", "a>show chassis hardware", "DEVICE_NAME : x", "{master:0}",
])  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=400), st.lists(PIECES, max_size=12).map(lambda said: "\n".join(said).encode())
    )
)
def test_any_bytes_end_in_an_input_error_or_in_records(data: bytes) -> None:
    try:
        recording = read_recording(data, "a.txt", Limits())
    except InputError:
        return
    told = DeviceOutputs()
    notes = Notes(told.warnings, told.parsed, told.unparsed, told.passed_over)
    devices: dict[str, Any] = {}
    FileReader("a.txt", read_file_name(Path("a.txt"), None), None, Limits(), notes).read(
        recording.lines, devices
    )
    assert devices
    for device in devices.values():
        assert json.dumps(list(device.records()))


@given(st.lists(st.text(max_size=30), max_size=10))
def test_text_without_prompts_is_one_section(lines: list[str]) -> None:
    kept = [line.replace("\n", "") for line in lines]
    sections = cut_at_prompts(["x y z", *kept, "x y z"])
    assert sections[0].text.startswith("x y z")
