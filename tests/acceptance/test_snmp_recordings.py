"""Recordings of real devices, beside what others took from the same recordings: is all of it there?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearband.identify import identify
from clearband.register import load_register
from clearband.sources import read_inventory

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "snmpsim-data.jsonl"
RECORDED = ROOT / "tests" / "snmp" / "recorded"
NAMES = {
    "juniper-mx960": "snmpsim-data:network/router/juniper-mx960-16-1r6-7-a",
    "zte-zxr10": "snmpsim-data:network/switch/zte-zrx10",
}

pytestmark = pytest.mark.skipif(not CORPUS.is_file(), reason="the corpora are not beside the repository")


@pytest.fixture(scope="module")
def corpus() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in map(json.loads, CORPUS.read_text("utf-8").splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_signals_and_parts_are_those_that_others_found(name: str, corpus: dict[str, dict[str, Any]]) -> None:
    wanted = corpus[NAMES[name]]
    inventory = read_inventory([RECORDED / f"{name}.snmprec"])
    device, *parts = inventory.equipment.to_dicts()
    signals = wanted["signals"]
    assert device["sys_object_id"] == signals["sysObjectID"]
    assert device["sys_name"] == signals["sysName"]
    assert device["sys_descr"].split() == signals["sysDescr"].split()
    assert set(signals["mac"]) <= set(device["macs"])
    seen = [(one["chassis_id"], one["sys_name"]) for one in device["neighbors"] or ()]
    assert all((one["chassis_id"], one["sys_name"]) in seen for one in signals.get("lldpNeighbors", ()))
    known = {(one["manufacturer"], one["model"]) for one in (device, *parts)}
    assert all((one.get("mfg"), one.get("model")) in known for one in signals["entPhysical"])
    verdict = identify(inventory.equipment, load_register(), on=date(2026, 11, 1)).row(0, named=True)
    assert verdict["maker"] == wanted["truth"]["manufacturer"]
