"""A scan as nmap writes it, with makers that an independent list states: is what matters found?"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearband.identify import identify
from clearband.register import Register, load_register
from clearband.sources import Inventory, read_inventory

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "inventories"
ON = date(2026, 11, 1)
HEADS = {"huawei", "zte", "hikvision", "dahua", "hytera"}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not beside the repository")


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory([FOLDER / "nmap.xml"])


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with (FOLDER / "nmap.truth.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def verdicts(inventory: Inventory) -> dict[str, dict[str, Any]]:
    rows = identify(inventory.equipment, load_register(), on=ON).to_dicts()
    return {row["record_id"]: row for row in rows}


def covered_head(maker: str | None, register: Register) -> str | None:
    """The covered maker that a maker is, or belongs to by ownership."""
    if maker is None or maker in HEADS:
        return maker
    for path in register.relations(maker, ON):
        if path.relation in ("controlled", "affiliate", "parent") and path.target in HEADS:
            return path.target
    return None


def test_every_host_is_a_record_named_by_its_address(
    inventory: Inventory, truth: list[dict[str, str]]
) -> None:
    assert inventory.equipment["record_id"].to_list() == [row["row_id"] for row in truth]
    assert inventory.warnings == ()


def test_covered_makers_are_found(verdicts: dict[str, dict[str, Any]], truth: list[dict[str, str]]) -> None:
    register = load_register()
    wanted = [row for row in truth if row["covered"] == "yes"]
    missed = [
        row for row in wanted if covered_head(verdicts[row["row_id"]]["maker"], register) != row["maker"]
    ]
    assert len(wanted) >= 26
    assert 1 - len(missed) / len(wanted) >= 0.97, missed


def test_other_makers_are_not_called_covered(
    verdicts: dict[str, dict[str, Any]], truth: list[dict[str, str]]
) -> None:
    register = load_register()
    called = [row for row in truth if covered_head(verdicts[row["row_id"]]["maker"], register) in HEADS]
    wrong = [row for row in called if row["covered"] != "yes"]
    assert 1 - len(wrong) / len(called) >= 0.98, wrong
