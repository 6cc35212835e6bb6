"""Marking objects of a NetBox, on what a real NetBox 4.7 answered (``make record-netbox``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.discover.netbox.changes import plan_of
from clearband.discover.netbox.remarks import Remark, remarks_of, same_finding
from clearband.discover.netbox.write_back import write_back
from clearband.errors import InputError
from tests.discover.conftest import SECRET, Command, read, recorded
from tests.netbox.exchanges import Played, Quiet, playing, serving
from tests.netbox.marks import FIRST, SECOND
from tests.netbox.record import RECORDED, web_of


def lines_of(remarks: list[Remark], url: str) -> tuple[list[str], int, int, list[str]]:
    web = web_of(url, SECRET)
    plan = plan_of(web, remarks, 500, lambda count: None)
    failed = write_back(web, plan, lambda count: None)
    web.close()
    return [change.line for change in plan.changes], plan.same, len(plan.gone), [why for _, why in failed]


def test_marks_are_written_once_and_taken_away_when_they_are_not_deserved_any_more() -> None:
    played = Played()
    with playing(RECORDED / "annotate.jsonl", played) as url:
        first, second, third = (lines_of(remarks, url) for remarks in (FIRST, FIRST, SECOND))
    assert played.unknown == []
    assert [line.split("): ")[1].split(",")[0] for line in first[0]] == [
        "+clearband-prohibited", "+clearband-review", "+clearband-prohibited",
        "+clearband-prohibited", "+clearband-review",
    ]  # fmt: skip
    assert first[1:] == (1, 1, [])
    assert second == ([], 6, 1, [])
    assert [line.split("): ")[1] for line in third[0]] == [
        "+clearband-review, -clearband-prohibited, clearband_finding: maker: Somebody",
        "-clearband-prohibited, clearband_finding: emptied",
    ]
    assert third[3] == []
    written = [one for one in recorded("annotate.jsonl") if one["method"] == "PATCH"]
    keys = {key for one in written for body in one["asked"] for key in body}
    assert keys == {"id", "add_tags", "remove_tags", "custom_fields"}
    fields = {name for one in written for body in one["asked"] for name in body.get("custom_fields", {})}
    assert fields == {"clearband_finding"}
    kept = [
        tag["slug"] for one in written for body in one["answer"] if body["id"] == 11 for tag in body["tags"]
    ]
    assert "critical" in kept, "tags of others stay"


class Marking(Quiet):
    """Objects 1 to 3, of which NetBox refuses the second, or adds no tags at all."""

    adds_tags = True

    def respond(self) -> None:
        body = self.body()
        if self.command == "POST":
            self.answer_json({"id": 1}, 201)
        elif self.command == "PATCH":
            asked = json.loads(body)
            if any(one["id"] == 2 for one in asked):
                self.answer_json([{"name": ["too long"]} for _ in asked], 400)
            else:
                self.answer_json([self.changed(one) for one in asked])
        elif "/dcim/devices/" in self.path:
            there = [{"id": number, "tags": [], "custom_fields": {}} for number in (1, 2, 3)]
            self.answer_json({"count": 3, "results": there})
        else:
            self.answer_json({"count": 0, "results": []})

    def changed(self, one: Mapping[str, Any]) -> dict[str, Any]:
        tags = one.get("add_tags", []) if self.adds_tags else []
        return {"id": one["id"], "tags": tags, "custom_fields": one.get("custom_fields", {})}


def test_one_object_that_netbox_refuses_does_not_keep_the_others_back() -> None:
    remarks = [Remark(FIRST[0].listed, number, "prohibited", "x: y\n") for number in (1, 2, 3)]
    with serving(Marking) as url:
        lines, _, _, failed = lines_of(remarks, url)
    assert len(lines) == 3
    assert failed == ['[{"name": ["too long"]}]']


def test_a_netbox_that_does_not_add_single_tags_is_not_believed() -> None:
    class Old(Marking):
        adds_tags = False

    with serving(Old) as url:
        _, _, _, failed = lines_of(FIRST[:1], url)
    assert failed == ["this NetBox does not add and remove single tags (4.7 does)"]


def test_a_run_of_another_netbox_marks_nothing(command: Command) -> None:
    read(command)
    command("screen", "netbox.jsonl", "--as", "federal-contractor", "--on", "2026-11-01", "--out", "run")
    with playing(RECORDED / "read.jsonl", Played()) as url:
        status, _, wrong = command("annotate", "netbox", url, "run", "--write")
    assert (status, wrong.count("\n")) == (3, 1)
    assert "no record of the run was read of" in wrong


def test_remarks_say_the_findings_of_the_answers_that_are_asked_for(command: Command) -> None:
    records = read(command)
    command("screen", "netbox.jsonl", "--as", "federal-contractor", "--on", "2026-11-01", "--out", "run")
    equipment = pl.read_parquet("run/equipment.parquet")
    findings = pl.read_parquet("run/findings.parquet")
    record = json.loads(Path("run/run.json").read_text("utf-8"))
    url = records[0]["x_netbox"].split("/dcim/")[0]
    remarks = remarks_of(equipment, findings, url, ("prohibited",), record)
    assert len(remarks) == len(records)
    wanted = dict(equipment.select("x_netbox", "answer").iter_rows())
    for one in remarks:
        answer = wanted[f"{url}{one.listed.path.removeprefix('/api')}{one.number}/"]
        assert (one.answer == "prohibited") == (answer == "prohibited")
        assert bool(one.text) == (one.answer is not None)
    text = next(one.text for one in remarks if one.text)
    assert text.startswith("maker: ")
    assert "\nprohibited: Section 889 Part A, s. 889(a)(1)(A) [us-ndaa-fy2019-889-a1a " in text
    assert text.split("\n")[-1].endswith(", law of 2026-11-01")
    with pytest.raises(InputError, match="was read of"):
        remarks_of(equipment, findings, url + "0", ("prohibited",), record)
    # A record that a second NetBox told of as well.
    other = pl.format("https://other.example.net/dcim/devices/1/; {}", "x_netbox")
    both = equipment.with_columns(x_netbox=other)
    assert remarks_of(both, findings, url, ("prohibited",), record) == remarks


def test_texts_that_differ_in_the_run_alone_are_the_same() -> None:
    assert same_finding(
        "a\nb\nClearband run 1, law of 2026-11-01", "a\r\nb\r\nClearband run 2, law of 2027-01-01"
    )
    assert not same_finding("a\nb", "a\nc")
    assert not same_finding("", "a")
    assert same_finding("", "")
