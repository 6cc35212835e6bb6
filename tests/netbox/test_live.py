"""A whole round with a real NetBox: read, screen, mark, read back. ``make test-live`` runs it.

It is not part of ``make test``: NetBox needs Python 3.12, which a plain Debian 12 has not, 456 MB, and five
minutes of processor time for its empty database. What it answers is recorded for the tests that always run
(``make record-netbox``).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

import polars as pl
import pytest

from tests.netbox.live import Live, live_netbox
from tests.netbox.real_server import CannotStartError
from tests.netbox.seed import COVERED, DEVICES

pytestmark = [
    pytest.mark.unwatched,
    pytest.mark.skipif(
        not os.environ.get("CLEARBAND_LIVE"), reason="a real NetBox is started by make test-live only"
    ),
]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    try:
        with live_netbox(tmp_path_factory.mktemp("live")) as started:
            yield started
    except CannotStartError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def records(live: Live) -> list[dict[str, object]]:
    begun = time.monotonic()
    status, said = live.clearband("discover", "netbox", live.url, "--out", "netbox.jsonl")
    print(f"\n{said.strip()}  [{time.monotonic() - begun:.1f} s with start-up]")
    assert status == 0, said
    return [json.loads(line) for line in (live.folder / "netbox.jsonl").read_text("utf-8").splitlines()]


def test_every_object_is_read_once(live: Live, records: list[dict[str, object]]) -> None:
    wanted = [
        f"{kind}/{one['id']}"
        for kind, path in (
            ("device", "dcim/devices"),
            ("module", "dcim/modules"),
            ("item", "dcim/inventory-items"),
        )
        for one in live.api.all(path)
    ]
    assert [one["record_id"] for one in records] == wanted
    assert len(wanted) > DEVICES + 100


def test_what_the_interface_says_stands_in_the_records(live: Live, records: list[dict[str, object]]) -> None:
    by_id = {one["record_id"]: one for one in records}
    parts = {one["id"]: one["part_number"] for one in live.api.all("dcim/device-types")}
    for device in live.api.all("dcim/devices"):
        record = by_id[f"device/{device['id']}"]
        assert record.get("sys_name") == (device["name"] or None)
        assert record["manufacturer"] == device["device_type"]["manufacturer"]["name"]
        assert record["model"] == device["device_type"]["model"]
        assert record.get("part_number", "") == parts[device["device_type"]["id"]]
        assert record.get("serial", "") == device["serial"]
        assert record.get("x_asset_tag") == device["asset_tag"]
        assert record["site"] == device["site"]["name"]
        assert record.get("x_virtual_chassis") == (device["virtual_chassis"] or {}).get("name")
        assert record.get("x_cf_contract") == device["custom_fields"]["contract"]


def test_addresses_are_at_the_device_or_at_the_module_that_has_the_interface(
    live: Live, records: list[dict[str, object]]
) -> None:
    wanted: dict[str, set[str]] = {}
    for port in live.api.all("dcim/interfaces"):
        owner = f"module/{port['module']['id']}" if port["module"] else f"device/{port['device']['id']}"
        for one in port["mac_addresses"]:
            wanted.setdefault(owner, set()).add(one["mac_address"].lower())
    assert {one["record_id"]: set(one["macs"]) for one in records if "macs" in one} == wanted  # type: ignore[call-overload]
    assert any(name.startswith("module/") for name in wanted)


def test_a_filter_reads_the_devices_of_a_site_with_their_parts(
    live: Live, records: list[dict[str, object]]
) -> None:
    status, said = live.clearband(
        "discover", "netbox", live.url, "--out", "site.jsonl", "--site", "harbour", "--page-size", "50"
    )
    assert status == 0, said
    part = [json.loads(line) for line in (live.folder / "site.jsonl").read_text("utf-8").splitlines()]
    assert part == [one for one in records if one["site"] == "Harbour"]
    status, said = live.clearband("discover", "netbox", live.url, "--out", "x.jsonl", "--site", "nowhere")
    assert (status, said.count("\n")) == (3, 1)
    assert "nowhere" in said


def test_both_kinds_of_token_are_taken_and_a_strangers_is_refused(live: Live) -> None:
    status, said = live.clearband("discover", "netbox", live.url, "--out", "one.jsonl", token="keeper 1")
    assert status == 0, said
    assert (live.folder / "one.jsonl").read_bytes() == (live.folder / "netbox.jsonl").read_bytes()
    for token in ("stranger 2", "wrong"):
        status, said = live.clearband("discover", "netbox", live.url, "--out", "none.jsonl", token=token)
        assert (status, said.count("\n")) == (3, 1)
        assert "status 40" in said
        assert not (live.folder / "none.jsonl").exists()


def test_seeded_makers_get_the_right_answers_and_stand_in_netbox_afterwards(
    live: Live, records: list[dict[str, object]]
) -> None:
    status, said = live.clearband(
        "screen", "netbox.jsonl", "--as", "federal-contractor", "--on", "2026-11-01", "--out", "run"
    )
    assert status == 0, said
    run = pl.read_parquet(live.folder / "run" / "equipment.parquet")
    covered = pl.col("manufacturer").is_in(list(COVERED))
    answers = run.filter(covered)["answer"].value_counts().sort("answer")
    print(f"\ncovered makers: {dict(answers.iter_rows())}")
    assert set(run.filter(covered)["answer"]) <= {"prohibited", "review"}
    assert "prohibited" not in set(run.filter(~covered)["answer"])
    huawei = run.filter(pl.col("manufacturer").is_in(["Huawei", "ZTE Corporation"]))
    assert set(huawei["maker"]) == {"huawei", "zte"}

    before = {one["id"]: one for one in live.api.all("dcim/devices")}
    status, said = live.clearband("annotate", "netbox", live.url, "run")
    print(said.strip().splitlines()[-1])
    assert status == 0, said
    assert "nothing was written" in said
    assert {one["id"]: one for one in live.api.all("dcim/devices")} == before

    begun = time.monotonic()
    status, said = live.clearband("annotate", "netbox", live.url, "run", "--write")
    print(f"{said.strip().splitlines()[-1]} [{time.monotonic() - begun:.1f} s]")
    assert status == 0, said
    told = {"prohibited", "not-yet", "review"}
    for kind, path in (
        ("device", "dcim/devices"),
        ("module", "dcim/modules"),
        ("item", "dcim/inventory-items"),
    ):
        wanted = dict(
            run.filter(pl.col("record_id").str.starts_with(kind)).select("record_id", "answer").iter_rows()
        )
        for one in live.api.all(path):
            answer = wanted[f"{kind}/{one['id']}"]
            ours = {tag["slug"] for tag in one["tags"] if tag["slug"].startswith("clearband-")}
            assert ours == ({f"clearband-{answer}"} if answer in told else set())
            text = one["custom_fields"]["clearband_finding"] or ""
            assert (answer in told) == bool(text)
            assert answer != "prohibited" or "prohibited: " in text
    for one in live.api.all("dcim/devices"):
        others = [tag["slug"] for tag in one["tags"] if not tag["slug"].startswith("clearband-")]
        assert others == [tag["slug"] for tag in before[one["id"]]["tags"]]
        fields = {name: value for name, value in one["custom_fields"].items() if name != "clearband_finding"}
        assert fields == before[one["id"]]["custom_fields"]

    status, said = live.clearband("annotate", "netbox", live.url, "run", "--write")
    print(said.strip().splitlines()[-1])
    assert said.strip().splitlines()[-1].startswith("0 written, 0 failed")


def test_a_mark_that_is_not_deserved_any_more_is_taken_away(live: Live) -> None:
    """The last test: it needs what the one before wrote."""
    status, said = live.clearband("annotate", "netbox", live.url, "run", "--answer", "review", "--write")
    assert status == 0, said
    slugs = {tag["slug"] for one in live.api.all("dcim/devices") for tag in one["tags"]}
    assert "clearband-prohibited" not in slugs
    assert "critical" in slugs
