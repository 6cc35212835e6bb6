"""ENTITY-MIB: the device, and the parts inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from clearband.identify.entity_rows import read_entity_rows
from clearband.model.equipment import ENT_PHYSICAL


def entry(mfg: str | None, descr: str, model: str | None = None, name: str | None = None) -> dict[str, Any]:
    return {"mfg": mfg, "model": model, "descr": descr, "name": name, "serial": None}


Verdict = Callable[..., dict[str, Any]]
OPTIC = entry("HUAWEI", "SFP+ 10GBASE-LR transceiver", "OMXD30000", "Ethernet1/1")


def test_the_first_row_with_a_maker_is_the_device_unless_it_is_a_part() -> None:
    rows = [
        [entry(None, "stack"), entry("Cisco Systems, Inc.", "chassis", "WS-C3750"), OPTIC],
        [OPTIC, entry("Edge-Core", "24-port switch with SFP+ ports", "AS5812")],
        [entry(None, "chassis"), OPTIC],
        None,
        [],
    ]
    read = read_entity_rows(pl.Series(rows, dtype=ENT_PHYSICAL))
    assert read.mfg.to_list() == ["Cisco Systems, Inc.", "Edge-Core", None, None, None]
    assert read.model.to_list() == ["WS-C3750", "AS5812", None, None, None]
    told = "HUAWEI OMXD30000 SFP+ 10GBASE-LR transceiver Ethernet1/1"
    assert read.parts.to_list() == [[told], [told], [told], None, None]


def test_an_optical_module_of_huawei_does_not_make_the_switch_theirs(verdict: Verdict) -> None:
    row = verdict(ent_physical=[entry("Cisco Systems, Inc.", "chassis", "WS-C3750X"), OPTIC])
    assert row["maker"] == "cisco"
    assert [(one["maker"], one["signal"]) for one in row["mentions"]] == [("huawei", "ent_physical")]
    assert "a part inside the device" in row["mentions"][0]["why"]


@pytest.mark.parametrize(
    "descr", ["SFP-10G-LR optical module", "FAN-FWD", "Power supply 1", "QSFP28 port", "NVMe SSD 480G"]
)
def test_a_part_alone_is_no_maker(descr: str, verdict: Verdict) -> None:
    row = verdict(ent_physical=[entry(None, "chassis"), entry("HUAWEI", descr)])
    assert (row["maker"], row["runner_up"]) == (None, None)
    assert [one["maker"] for one in row["mentions"]] == ["huawei"]


def test_the_parts_of_its_own_make_are_not_told(verdict: Verdict) -> None:
    row = verdict(ent_physical=[entry("Huawei", "S5731 chassis", "S5731-H24T4XC"), OPTIC])
    assert row["maker"] == "huawei"
    assert not row["mentions"]


def test_the_chip_or_module_in_somebody_s_box_is_beside_its_maker(verdict: Verdict) -> None:
    row = verdict(manufacturer="Teltonika", model="RUT240", fcc_id="Contains FCC ID: XMR201606EC21A")
    assert row["maker"] == "teltonika"
    assert [(one["maker"], one["why"]) for one in row["mentions"]] == [
        ("quectel", "a module inside the device")
    ]
    alone = verdict(model="X1", fcc_id="Contains FCC ID: XMR201606EC21A")
    assert alone["maker"] is None
