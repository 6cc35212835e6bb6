"""What a device says of others (LLDP, IEEE 802.1AB): never evidence of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from clearband.snmp.objects import REMOTE_COLUMNS
from clearband.snmp.values import chassis_id, hardware_address, text_of
from clearband.snmp.walk import Walk

Record = dict[str, Any]
MOST: Final = 4_096
"""Neighbours of a device."""


def read_neighbors(walk: Walk) -> list[dict[str, str]]:
    """The devices at its ports, with the fields of the equipment table's ``neighbors``."""
    found: list[dict[str, str]] = []
    for row in list(walk.rows(REMOTE_COLUMNS).values())[:MOST]:
        told = {
            "chassis_id": chassis_id(row.get("lldpRemChassisIdSubtype"), row.get("lldpRemChassisId")),
            "port_descr": text_of(row.get("lldpRemPortDesc")) or text_of(row.get("lldpRemPortId")),
            "sys_name": text_of(row.get("lldpRemSysName")),
            "sys_descr": text_of(row.get("lldpRemSysDesc")),
        }
        if any(told.values()):
            found.append({name: text for name, text in told.items() if text})
    return found


def neighbors_not_read(devices: Iterable[Mapping[str, Any]]) -> list[Record]:
    """One record for each neighbour that is none of the devices, with all who see it.

    A neighbour is one of the devices where its chassis id is an address of theirs, or, where it is no
    address, its name is theirs.

    Args:
        devices: Records of devices.
    """
    known = list(devices)
    addresses = {address for device in known for address in device.get("macs", ())}
    names = {name.lower() for device in known if (name := device.get("sys_name"))}
    met: dict[tuple[str, str], Record] = {}
    for device in known:
        for one in device.get("neighbors", ()):
            chassis, name = one.get("chassis_id", ""), one.get("sys_name", "")
            address = hardware_address(chassis)
            if address in addresses if address else not name or name.lower() in names:
                continue
            record = met.setdefault((chassis.lower(), name.lower()), _record(chassis, address, one))
            record["x_seen_by"].setdefault(device["record_id"])
    return [record | {"x_seen_by": "\n".join(record["x_seen_by"])} for record in met.values()]


def _record(chassis: str, address: str | None, told: Mapping[str, str]) -> Record:
    name = told.get("sys_name", "")
    record: Record = {
        "record_id": "neighbor/" + "/".join(one for one in (name, chassis) if one),
        "x_snmp": "seen by a neighbour, not read",
        "x_seen_by": {},
    }
    if address:
        record["macs"] = [address]
    return record | {field: told[field] for field in ("sys_name", "sys_descr") if told.get(field)}
