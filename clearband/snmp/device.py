"""From what a device answered to its records: itself, and the parts in it."""

from __future__ import annotations

from typing import Any, Final

from clearband.snmp.entities import Entity, read_entities
from clearband.snmp.neighbors import read_neighbors
from clearband.snmp.values import Value, chassis_id, hardware_address, number_of, text_of
from clearband.snmp.walk import Walk

Record = dict[str, Any]
MOST_ADDRESSES: Final = 1_024
"""Hardware addresses of a device that are kept."""
_OF_CHASSIS: Final = ("manufacturer", "model", "serial", "hw_version", "firmware")
_MAC_ENGINE: Final = 3
"""Form of an engine's id that is a hardware address (RFC 3411, SnmpEngineID)."""


def device_records(walk: Walk, record_id: str) -> list[Record]:
    """The device, then its parts, each after the part that it sits in.

    Args:
        walk: What it answered.
        record_id: Its name; a part is called by that, a slash and its index.

    Returns:
        Records with the names of the equipment table; what is not known is left out.
    """
    entities = read_entities(walk)
    chassis = entities.device
    own = chassis.fields() if chassis else {}
    device: Record = {
        "record_id": record_id,
        **{name: own.get(name) for name in _OF_CHASSIS},
        # Its words are no description of the device: "chassis" would make a switch a part of one.
        "ent_physical": _described(chassis),
        "sys_descr": text_of(walk.one("sysDescr")),
        "sys_object_id": _object_id(walk),
        "sys_name": text_of(walk.one("sysName")),
        "macs": _addresses(walk),
        "neighbors": read_neighbors(walk),
        "x_location": text_of(walk.one("sysLocation")),
        "x_entities": entities.count,
        "x_missing": "\n".join(walk.missing),
        **_engine(walk),
    }
    records = [device]
    for entity, within in entities.parts:
        parent = record_id if within is None else f"{record_id}/{within}"
        ids = {"record_id": f"{record_id}/{entity.index}", "parent_id": parent}
        records.append(ids | entity.fields())
    return [{name: value for name, value in record.items() if value} for record in records]


def _described(chassis: Entity | None) -> list[dict[str, str]]:
    if chassis is None or not (chassis.descr or chassis.name):
        return []
    return [{name: text for name, text in (("descr", chassis.descr), ("name", chassis.name)) if text}]


def _object_id(walk: Walk) -> str:
    """The registrant's number of the product; 0.0 and the like say nothing."""
    oid = text_of(walk.one("sysObjectID")).removeprefix(".")
    return oid if oid.startswith("1.3.6.1.4.1.") else ""


def _addresses(walk: Walk) -> list[str]:
    values: list[Value | None] = [walk.one("dot1dBaseBridgeAddress"), _local_chassis(walk)]
    engine = walk.one("snmpEngineID")
    if isinstance(engine, bytes) and len(engine) == 11 and engine[0] & 0x80 and engine[4] == _MAC_ENGINE:
        values.append(engine[5:])
    values += walk.column("ifPhysAddress").values()
    found = dict.fromkeys(address for value in values if (address := hardware_address(value)))
    return list(found)[:MOST_ADDRESSES]


def _local_chassis(walk: Walk) -> Value | None:
    kind = walk.one("lldpLocChassisIdSubtype")
    value = walk.one("lldpLocChassisId")
    if number_of(kind) not in (4, None):
        return None
    return chassis_id(kind, value)


def _engine(walk: Walk) -> Record:
    """The engine's id; its registrant is evidence where no sysObjectID is told."""
    engine = walk.one("snmpEngineID")
    if not isinstance(engine, bytes) or not 5 <= len(engine) <= 32:
        return {}
    told: Record = {"x_engine_id": engine.hex()}
    number = int.from_bytes(engine[:4], "big") & 0x7FFF_FFFF
    if number and not _object_id(walk):
        told["banners"] = [{"protocol": "snmp-enterprise", "text": str(number)}]
    return told
