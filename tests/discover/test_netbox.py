"""Reading a NetBox, on what a real NetBox 4.7 answered (``make record-netbox``)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, cast

import polars as pl
import pytest

from clearband.discover.address import address_of
from clearband.discover.netbox.filters import Filters
from clearband.discover.netbox.read import Reading
from clearband.discover.netbox.records import all_records, records_of
from clearband.discover.netbox.work_file import WorkFile
from clearband.discover.web import Web
from tests.discover.conftest import SECRET, Command, objects, read, recorded
from tests.netbox.exchanges import Played, Quiet, playing, serving
from tests.netbox.record import RECORDED, SITE, SOME, web_of


def test_each_device_module_and_item_is_one_record(command: Command, tmp_path: Path) -> None:
    records = read(command)
    assert [one["record_id"] for one in records] == [
        *(f"device/{one['id']}" for one in objects("devices")),
        *(f"module/{one['id']}" for one in objects("modules")),
        *(f"item/{one['id']}" for one in objects("inventory-items")),
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["netbox.jsonl"], "no work file is left"
    assert {one["site"] for one in records} == {"Harbour"}
    assert {one["region"] for one in records} == {"east"}


def test_a_device_has_what_netbox_says_of_it(command: Command) -> None:
    by_id = {one["record_id"]: one for one in read(command)}
    parts = {one["id"]: one["part_number"] for one in objects("device-types")}
    for device in objects("devices"):
        record = by_id[f"device/{device['id']}"]
        assert record["x_netbox"].endswith(f"/dcim/devices/{device['id']}/")
        assert record["manufacturer"] == device["device_type"]["manufacturer"]["name"]
        assert record["model"] == device["device_type"]["model"]
        assert record.get("part_number", "") == parts[device["device_type"]["id"]]
        assert record["category"] == device["role"]["name"]
        assert record["status"] == device["status"]["label"]
        assert record.get("serial", "") == device["serial"]
        assert record.get("sys_name") == device["name"]
        assert record.get("owner") == (device["tenant"] or {}).get("name")
        assert record.get("x_asset_tag") == device["asset_tag"]
        assert record.get("x_platform") == (device["platform"] or {}).get("name")
        assert record.get("x_tags", "") == "; ".join(tag["name"] for tag in device["tags"])
    assert any("sys_name" not in one for one in by_id.values()), "some have no name"
    assert any(one.get("serial", "").startswith("0") for one in by_id.values()), "zeros in front stay"


def test_parts_know_what_they_are_part_of(command: Command) -> None:
    by_id = {one["record_id"]: one for one in read(command)}
    for one in objects("modules"):
        record = by_id[f"module/{one['id']}"]
        assert record["parent_id"] == f"device/{one['device']['id']}"
        assert record["manufacturer"] == one["module_type"]["manufacturer"]["name"]
        assert record["x_module_bay"] == one["module_bay"]["name"]
    parents = {f"item/{one['id']}": one["parent"] for one in objects("inventory-items")}
    for name, parent in parents.items():
        of = by_id[name]["parent_id"]
        assert of == f"item/{parent}" if parent else of.startswith("device/")
    assert {of for of in parents.values() if of} <= {int(name.removeprefix("item/")) for name in parents}


@pytest.mark.parametrize("device", [{"name": "without id"}, {"id": []}, [], 7])
def test_a_module_of_no_device_that_can_be_told_is_a_part_of_none(device: Any) -> None:
    module = {"id": 7, "device": device, "module_type": {"model": "MPX"}}
    mac = {"id": 7, "assigned_object_type": "dcim.interface", "assigned_object": {"id": 1, "device": device}}
    lists = {"devices": {"id": 7, "name": "sw-1"}, "modules": module, "mac-addresses": mac}

    class Lying:
        address = address_of("http://127.0.0.1")

        def get(self, path: str, query: Any = ()) -> Any:
            found = lists.get(path.split("/")[-2])
            return {"count": 1, "results": [found]} if found else {"count": 0, "results": []}

    with TemporaryDirectory() as folder:
        work = WorkFile(Path(folder) / "reading", {}, resume=False)
        records = all_records(Reading(cast("Web", Lying()), (4, 7), Filters(), 100, work).snapshot())
        work.close()
    assert [(one["record_id"], one.get("parent_id")) for one in records] == [
        ("device/7", None),
        ("module/7", None),
    ]


def test_addresses_of_a_modules_interfaces_are_the_modules(command: Command) -> None:
    by_id = {one["record_id"]: one for one in read(command)}
    owner = {port["id"]: f"module/{port['module']['id']}" for port in objects("interfaces") if port["module"]}
    assert owner
    for one in objects("mac-addresses"):
        port = one["assigned_object"]
        record = by_id[owner.get(port["id"], f"device/{port['device']['id']}")]
        assert one["mac_address"].lower() in record["macs"]
    assert sum(len(one.get("macs", [])) for one in by_id.values()) == len(objects("mac-addresses"))


def test_before_4_2_addresses_are_read_from_the_interfaces(command: Command, tmp_path: Path) -> None:
    played, work = Played(), WorkFile(tmp_path / "work", {}, resume=False)
    with playing(RECORDED / "before-4.2.jsonl", played) as url:
        web = web_of(url, SECRET)
        old = list(records_of(Reading(web, (4, 1), SOME, 500, work).snapshot()))
        web.close()
    work.remove()
    assert played.unknown == []
    now = {one["record_id"]: one.get("macs") for one in read(command)}
    # Of an interface's addresses an older NetBox has one, the primary.
    assert any("macs" in one for one in old)
    assert all(set(one.get("macs", ())) <= set(now[one["record_id"]] or ()) for one in old)


def test_the_file_is_an_inventory_with_its_columns(command: Command) -> None:
    records = read(command)
    status, said, _ = command(
        "screen", "netbox.jsonl", "--as", "federal-contractor", "--on", "2026-11-01", "--out", "run"
    )
    assert status == 0, said
    equipment = pl.read_parquet("run/equipment.parquet")
    assert equipment["record_id"].to_list() == [one["record_id"] for one in records]
    assert equipment["parent_id"].to_list() == [one.get("parent_id") for one in records]
    assert equipment["serial"].to_list() == [one.get("serial") for one in records]
    assert equipment["macs"].to_list() == [one.get("macs") for one in records]
    assert equipment["invalid"].list.len().fill_null(0).sum() == 0
    stated = {"Huawei": "huawei", "ZTE Corporation": "zte", "Cisco": "cisco", "Juniper": "juniper"}
    for one, maker in zip(records, equipment["maker"], strict=True):
        assert one.get("manufacturer") not in stated or maker == stated[one["manufacturer"]]
    by_record = dict(equipment.select("record_id", "answer").iter_rows())
    huawei = [one for one in records if one.get("manufacturer") == "Huawei"]
    routers = {by_record[one["record_id"]] for one in huawei if one["record_id"].startswith("device/")}
    parts = {by_record[one["record_id"]] for one in huawei if not one["record_id"].startswith("device/")}
    assert routers == {"prohibited"}
    assert parts == {"review"}, "whether cards and optics are telecommunications equipment is asked"


def test_a_reading_goes_on_where_it_broke_off(command: Command, tmp_path: Path) -> None:
    whole = read(command)
    lines = (RECORDED / "read.jsonl").read_text("utf-8").splitlines()
    for kept in (1, 2, 5, len(lines) - 2):
        (tmp_path / "part.jsonl").write_text("\n".join(lines[:kept]), encoding="utf-8")
        with playing(tmp_path / "part.jsonl", Played()) as url:
            port = url
            status, _, wrong = command("discover", "netbox", url, "--out", "b.jsonl", *SITE)
        assert status == 3
        assert ("--resume" in wrong) == (kept > 1)
        assert not Path("b.jsonl").exists()
        # What was kept is of that address; the server is another one now.
        work = Path("b.jsonl.reading")
        rest = [lines[0], *lines[kept:]] if kept > 1 else lines
        (tmp_path / "rest.jsonl").write_text("\n".join(rest), encoding="utf-8")
        played = Played()
        with playing(tmp_path / "rest.jsonl", played) as url:
            if work.exists():
                work.write_text(work.read_text("utf-8").replace(port, url), encoding="utf-8")
            status, _, wrong = command("discover", "netbox", url, "--out", "b.jsonl", "--resume", *SITE)
        assert (status, played.unknown) == (0, [])
        assert len(played.asked) == len(rest), "what was kept is not asked for again"
        again = [json.loads(line) for line in Path("b.jsonl").read_text("utf-8").splitlines()]
        assert [{**one, "x_netbox": ""} for one in again] == [{**one, "x_netbox": ""} for one in whole]
        assert not work.exists()
        Path("b.jsonl").unlink()


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(tmp_path: Path) -> None:
    first = recorded("read.jsonl")[:2]

    class Slow(Quiet):
        def respond(self) -> None:
            if "id__gt" in self.path:
                time.sleep(5)
                self.close_connection = True
            else:
                self.answer_json(first["/dcim/" in self.path]["answer"])

    with serving(Slow) as url:
        process = subprocess.Popen(
            [sys.executable, "-m", "clearband", "discover", "netbox", url, "--out", "x.jsonl", *SITE],
            cwd=tmp_path,
            env={"CLEARBAND_NETBOX_TOKEN": SECRET, "PATH": ""},
            stderr=subprocess.PIPE,
            text=True,
        )
        work = tmp_path / "x.jsonl.reading"
        while not work.exists() or work.read_bytes().count(b"\n") < 2:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "--resume" in said
    assert "Traceback" not in said
    assert work.exists()
    assert not (tmp_path / "x.jsonl").exists()


class Odd(Quiet):
    """A NetBox with one device, and nothing else."""

    device: ClassVar[dict[str, Any]]

    def respond(self) -> None:
        if "/status/" in self.path:
            self.answer_json({"netbox-version": "4.7.3"})
        elif "/dcim/devices/" in self.path:
            self.answer_json({"count": 1, "results": [{"id": 1, **self.device}]})
        else:
            self.answer_json({"count": 0, "results": []})


def test_a_device_of_another_form_is_told_and_half_a_letter_is_replaced(command: Command) -> None:
    class Letters(Odd):
        device: ClassVar[dict[str, Any]] = {"name": "a\ud800\x1b[2Jb", "device_type": "none", "tags": None}

    class Tags(Odd):
        device: ClassVar[dict[str, Any]] = {"tags": 5}

    with serving(Letters) as url:
        assert command("discover", "netbox", url, "--out", "a.jsonl")[0] == 0
    assert json.loads(Path("a.jsonl").read_text("utf-8"))["sys_name"] == "a?\x1b[2Jb"
    with serving(Tags) as url:
        status, _, wrong = command("discover", "netbox", url, "--out", "b.jsonl")
    assert (status, wrong.count("\n")) == (3, 1)
    assert "another form than NetBox's" in wrong
    assert not Path("b.jsonl").exists()


@pytest.mark.parametrize("name", ["stranger", "wrong"])
def test_a_token_that_may_not_read_is_one_line_and_no_file(name: str, command: Command) -> None:
    with playing(RECORDED / f"{name}.jsonl", Played()) as url:
        status, said, wrong = command("discover", "netbox", url, "--out", "x.jsonl")
    assert (status, said, wrong.count("\n")) == (3, "", 1)
    assert "status 403" in wrong
    assert list(Path().iterdir()) == []


def test_filters_that_netbox_refuses_or_that_fit_nothing_are_told(command: Command) -> None:
    with playing(RECORDED / "refused.jsonl", Played()) as url:
        status, _, wrong = command("discover", "netbox", url, "--out", "x.jsonl", "--site", "nowhere")
        assert (status, wrong.count("\n")) == (3, 1)
        assert "nowhere" in wrong
        filters = ("--tag", "critical", "--status", "offline")
        status, _, wrong = command("discover", "netbox", url, "--out", "x.jsonl", *filters)
    assert (status, wrong.count("\n")) == (3, 1)
    assert "no device is there that the filters let through" in wrong
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("http://netbox.example.net", "--out", "x"), "would send the token unencrypted"),
        (("https://netbox.example.net", "--out", "none/x"), "no file can be written here"),
        (("https://netbox.example.net", "--out", "x", "--token-file", "none"), "No such file"),
        (("https://netbox.example.net", "--out", "x", "--ca-file", "none"), "no certificates"),
        (("https://netbox.example.net",), "Missing option '--out'"),
    ],
)
def test_a_wrong_call_is_one_line(words: tuple[str, ...], says: str, command: Command) -> None:
    status, said, wrong = command("discover", "netbox", *words)
    assert status in (2, 3)
    assert (said, wrong.count("\n")) == ("", 1)
    assert says in wrong


def test_a_token_is_asked_for(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEARBAND_NETBOX_TOKEN")
    status, _, wrong = command("discover", "netbox", "https://netbox.example.net", "--out", "x")
    assert status == 2
    assert "CLEARBAND_NETBOX_TOKEN" in wrong
