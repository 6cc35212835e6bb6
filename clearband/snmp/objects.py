"""The objects that are asked for and read, by their identifiers and the names of their MIBs."""

from __future__ import annotations

from typing import Final

ENTITIES: Final = "1.3.6.1.2.1.47.1.1.1.1"
"""``entPhysicalTable`` (ENTITY-MIB, RFC 6933)."""
REMOTES: Final = "1.0.8802.1.1.2.1.4.1.1"
"""``lldpRemTable`` (LLDP-MIB, IEEE 802.1AB)."""

SCALARS: Final = {
    "sysDescr": "1.3.6.1.2.1.1.1",
    "sysObjectID": "1.3.6.1.2.1.1.2",
    "sysName": "1.3.6.1.2.1.1.5",
    "sysLocation": "1.3.6.1.2.1.1.6",
    "dot1dBaseBridgeAddress": "1.3.6.1.2.1.17.1.1",
    "lldpLocChassisIdSubtype": "1.0.8802.1.1.2.1.3.1",
    "lldpLocChassisId": "1.0.8802.1.1.2.1.3.2",
    "snmpEngineID": "1.3.6.1.6.3.10.2.1.1",
}
"""Objects of one value, with the index 0. ``sysContact`` is not read: it names people."""

ENTITY_COLUMNS: Final = {
    "entPhysicalDescr": f"{ENTITIES}.2",
    "entPhysicalContainedIn": f"{ENTITIES}.4",
    "entPhysicalClass": f"{ENTITIES}.5",
    "entPhysicalName": f"{ENTITIES}.7",
    "entPhysicalHardwareRev": f"{ENTITIES}.8",
    "entPhysicalFirmwareRev": f"{ENTITIES}.9",
    "entPhysicalSoftwareRev": f"{ENTITIES}.10",
    "entPhysicalSerialNum": f"{ENTITIES}.11",
    "entPhysicalMfgName": f"{ENTITIES}.12",
    "entPhysicalModelName": f"{ENTITIES}.13",
}

INTERFACE_COLUMNS: Final = {"ifPhysAddress": "1.3.6.1.2.1.2.2.1.6"}

REMOTE_COLUMNS: Final = {
    "lldpRemChassisIdSubtype": f"{REMOTES}.4",
    "lldpRemChassisId": f"{REMOTES}.5",
    "lldpRemPortId": f"{REMOTES}.7",
    "lldpRemPortDesc": f"{REMOTES}.8",
    "lldpRemSysName": f"{REMOTES}.9",
    "lldpRemSysDesc": f"{REMOTES}.10",
}

COLUMNS: Final = {**ENTITY_COLUMNS, **INTERFACE_COLUMNS, **REMOTE_COLUMNS}
"""Columns of tables, by name."""

OBJECTS: Final = {**SCALARS, **COLUMNS}
"""All objects that are read: name to identifier."""

BY_IDENTIFIER: Final = {identifier: name for name, identifier in OBJECTS.items()}

_TREES: Final = tuple(f"{one}." for one in ("1.3.6.1.2.1", "1.0.8802.1.1.2.1", "1.3.6.1.6.3.10.2.1.1"))


def find_object(oid: str) -> tuple[str, str] | None:
    """Name and index of the object that an identifier belongs to.

    Args:
        oid: Dotted, without a leading dot: ``1.3.6.1.2.1.1.1.0`` is (``sysDescr``, ``0``).

    Returns:
        None where it is none of those that are read.
    """
    if not oid.startswith(_TREES):
        return None
    head, _, index = oid.rpartition(".")
    name = BY_IDENTIFIER.get(head)
    if name is None and oid.startswith(f"{REMOTES}."):
        column, _, index = oid[len(REMOTES) + 1 :].partition(".")
        name = BY_IDENTIFIER.get(f"{REMOTES}.{column}")
    if name is None or not index:
        return None
    return name, index
