"""``clearband criteria``: read, check and hand over what makers are judged by."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband

EXAMPLE = ROOT / "criteria" / "profiles" / "example-us.yaml"


def test_the_list_has_a_line_for_each_criterion_and_the_hash(clearband: Clearband) -> None:
    shown = clearband("criteria", "list")
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert sum(line.startswith("  ") for line in lines) == 140
    assert lines[-1].startswith("140 criteria; catalogue ")


def test_a_list_is_narrowed_by_subject_and_effect(clearband: Clearband) -> None:
    shown = clearband("criteria", "list", "--for", "service", "--effect", "suspend", "--json")
    content = json.loads(shown.out)
    assert content["schema"] == "clearband/criteria/1"
    assert [one["id"] for one in content["criteria"]] == ["OPS-04"]


def test_a_pointer_keeps_how_well_it_was_seen(clearband: Clearband) -> None:
    shown = clearband("criteria", "show", "OWN-09").out
    assert "[through a secondary source]" in shown
    assert "[from general knowledge: read it before quoting]" in shown


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("OWN-99", "is no criterion; nearest: OWN-09"),
        ("example", "is no profile; nearest: example-us"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(clearband: Clearband, word: str, said: str) -> None:
    shown = clearband("criteria", "show", word)
    assert (shown.status, shown.out) == (2, "")
    assert said in shown.err


def test_a_profile_with_a_fault_is_refused_with_its_place(clearband: Clearband, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(EXAMPLE.read_text().replace("list_at: '0.80'", "list_at: '0.40'"))
    shown = clearband("criteria", "check", str(own))
    assert shown.status == 3
    assert "own.yaml line 1" in shown.out
    assert "refuse_below is above list_at" in shown.out
    assert clearband("criteria", "check", str(EXAMPLE)).status == 0


def test_exports_keep_to_the_published_schema_of_oscal(clearband: Clearband, tmp_path: Path) -> None:
    assert clearband("criteria", "export", "--out", str(tmp_path / "oscal")).status == 0
    schema = json.loads((ROOT.parent / "reports" / "oscal" / "oscal_complete_schema.json").read_text())
    for name in ("catalog", "profile"):
        content = json.loads((tmp_path / "oscal" / f"{name}.json").read_text())
        jsonschema_rs.validator_for(schema).validate(content)
    catalog = json.loads((tmp_path / "oscal" / "catalog.json").read_text())["catalog"]
    controls = [control for group in catalog["groups"] for control in group["controls"]]
    assert len(controls) == 140
    bases = [one for control in controls for one in control["props"] if one["name"] == "pointer-basis"]
    assert len(bases) == sum(len(control["links"]) for control in controls)


def test_the_same_content_is_the_same_bytes(clearband: Clearband, tmp_path: Path) -> None:
    for name in ("one", "two"):
        clearband("criteria", "export", "--out", str(tmp_path / name))
    for name in ("catalog.json", "profile.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
