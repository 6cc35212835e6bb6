"""From the outcomes of a sweep to records: each device once, whatever number of addresses it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from clearband.discover.snmp.sweep import CLOSED, SILENT, Outcome
from clearband.snmp.device import device_records

Record = dict[str, Any]


def records_of(outcomes: Sequence[Outcome]) -> Iterator[list[Record]]:
    """Records of each device, itself first.

    Devices are one where their engine, name, description, serial number and all their hardware addresses are
    the same: a router answers at each of its addresses. It is named by the first, ``x_addresses`` has all.
    """
    met: dict[tuple[Any, ...], list[Record]] = {}
    for number, outcome in enumerate(outcomes):
        if outcome.state in (SILENT, CLOSED):
            continue
        records = device_records(outcome.walk, outcome.target.shown)
        device = records[0]
        device["x_snmp"] = outcome.state
        if outcome.why and "x_missing" not in device:
            device["x_missing"] = outcome.why
        device["x_addresses"] = [outcome.target.address]
        same = _same(device, number)
        if same in met:
            first = met[same][0]
            first["x_addresses"].append(outcome.target.address)
            if len(records) <= len(met[same]):
                continue
            # A partial answer at one address must not hide the parts that another tells.
            records = device_records(outcome.walk, first["record_id"])
            records[0] |= {"x_snmp": outcome.state, "x_addresses": first["x_addresses"]}
        met[same] = records
    for records in met.values():
        records[0]["x_addresses"] = "\n".join(records[0]["x_addresses"])
        yield records


def _same(device: Record, number: int) -> tuple[Any, ...]:
    """What two answers of one device have in common; of its own where nothing tells."""
    if not device.get("macs"):
        return (number,)
    told = (device.get(name) for name in ("x_engine_id", "sys_name", "sys_descr", "serial"))
    return (*told, tuple(sorted(device["macs"])))
