"""A run made with own directive files, screened again: with them, without them, and with other ones."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband
from tests.directives.conftest import POLICY

ASKED = ("--as", "any-us-person", "--action", "procure")
LIST = """\
asset,manufacturer,model,category
r1,Hytera,PD785,handheld radio
r2,Hytera,RD985,repeater
s1,Cisco,C9300,switch
"""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "policy-7.yaml").write_text(POLICY, encoding="utf-8")
    return folder


@pytest.fixture
def run(clearband: Clearband, tmp_path: Path, policies: Path) -> Path:
    """Two records that nothing but the policy prohibits."""
    inventory = tmp_path / "list.csv"
    inventory.write_text(LIST, encoding="utf-8")
    out = tmp_path / "run"
    ended = clearband("screen", inventory, *ASKED, "--on", "2026-11-01", "--facts", policies, "--out", out)
    assert ended.status == 0, ended.err
    return out


def test_a_policy_that_is_not_named_again_is_missed_in_the_first_line(
    clearband: Clearband, tmp_path: Path, run: Path
) -> None:
    ended = clearband("screen", "--again", run, "--out", tmp_path / "new")
    first, second = ended.out.splitlines()[:2]
    assert first == (
        "Not asked this time: your own directive file policy-7.yaml, which the earlier run used. What "
        "only it prohibits is shown as not covered. "
        "To ask it again, add --facts with the folder that holds it."
    )
    assert second.endswith("screened again: without your own directive file policy-7.yaml.")
    assert "prohibited → not-covered: 2 records" in ended.out
    record = json.loads((tmp_path / "new" / "run.json").read_text("utf-8"))
    assert [one["file"] for one in record["again"]["own_facts"]] == ["policy-7.yaml"]
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(record)


def test_a_program_is_told_of_the_missing_policy_too(clearband: Clearband, run: Path) -> None:
    ended = clearband("screen", "--again", run, "--json")
    found = json.loads(ended.out)
    schema = json.loads((ROOT / "schemas" / "screen-changes.schema.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(found)
    assert (found["own_facts"], found["own_facts_left_out"]) == ([], ["policy-7.yaml"])
    assert [one["file"] for one in found["again"]["own_facts"]] == ["policy-7.yaml"]
    assert "policy-7.yaml" in ended.one_line


def test_the_same_policy_in_another_folder_is_the_same(
    clearband: Clearband, tmp_path: Path, run: Path, policies: Path
) -> None:
    moved = policies.rename(tmp_path / "elsewhere")
    (moved / "policy-7.yaml").rename(moved / "renamed.yaml")
    ended = clearband("screen", "--again", run, "--facts", moved)
    assert ended.out.splitlines()[0].endswith("screened again: the same facts, day and settings.")


def test_a_policy_with_another_text_or_a_new_one_is_named(
    clearband: Clearband, run: Path, policies: Path
) -> None:
    file = policies / "policy-7.yaml"
    file.write_text(POLICY.replace("policy 7", "policy seven"), encoding="utf-8")
    (policies / "policy-8.yaml").write_text(POLICY.replace("policy-7", "policy-8"), encoding="utf-8")
    ended = clearband("screen", "--again", run, "--facts", policies)
    assert ended.out.splitlines()[0].endswith(
        "screened again: other text of your own directive file policy-7.yaml; "
        "with your own directive file policy-8.yaml."
    )
