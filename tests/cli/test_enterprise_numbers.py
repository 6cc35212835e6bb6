"""``--enterprise-numbers``: a user's copy of IANA's list."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband

NUMBERS = "".join(
    f"{at}\n  Maker {at} Ltd\n    Jane Doe\n      jane&example.org\n" for at in range(99_000, 99_020)
)


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    path = tmp_path / "enterprise-numbers.txt"
    path.write_text(NUMBERS)
    return path


def test_who_names_the_registrant(clearband: Clearband, numbers: Path) -> None:
    oid = "1.3.6.1.4.1.99001.5"
    assert "Maker 99001 Ltd" in clearband("who", oid, "--enterprise-numbers", numbers).out
    assert "not in the register" in clearband("who", oid).out


def test_a_run_records_the_list_by_hash(clearband: Clearband, numbers: Path, tmp_path: Path) -> None:
    inventory, out = tmp_path / "inventory.csv", tmp_path / "run"
    inventory.write_text("Asset,sysObjectID\nA1,1.3.6.1.4.1.99001.5\n")
    ended = clearband("screen", inventory, "--enterprise-numbers", numbers, "--out", out)
    run = json.loads((out / "run.json").read_text())
    assert ended.status == 0, ended.err
    assert run["enterprise_numbers"] == {
        "file": "enterprise-numbers.txt",
        "sha256": sha256(NUMBERS.encode()).hexdigest(),
    }
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text())
    assert jsonschema_rs.is_valid(schema, run)
    again = clearband("screen", "--again", out)
    assert "without list of enterprise numbers" in again.out


def test_another_file_is_refused_in_one_line(clearband: Clearband, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("hello\n")
    for command in (("who", "ZTE"), ("identify", other), ("screen", other)):
        ended = clearband(*command, "--enterprise-numbers", other)
        assert ended.status == 3
        assert "no list of enterprise numbers" in ended.one_line
