"""ENTITY-MIB (RFC 6933): which entity is the device, which are parts of their own, and in what each sits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clearband.snmp.objects import ENTITY_COLUMNS
from clearband.snmp.values import Value, number_of, said
from clearband.snmp.walk import Walk

_OTHER, _UNKNOWN, _CHASSIS, _CONTAINER, _SENSOR, _MODULE, _STACK = 1, 2, 3, 5, 8, 9, 11
_CLASSES: Final = {
    1: "other", 2: "unknown", 3: "chassis", 4: "backplane", 5: "container", 6: "power supply", 7: "fan",
    8: "sensor", 9: "module", 10: "port", 11: "stack", 12: "cpu", 13: "energy object", 14: "battery",
    15: "storage drive",
}  # fmt: skip
_OWN_BY_MODEL: Final = frozenset({0, 2, 3, 4, 6, 7, 9, 14, 15})
"""Classes that a model, or a maker, alone makes a part; the others need a serial number or another maker.
What an agent calls unknown, or by no class (0), may be a board."""
_EMPTY: Final = re.compile(r"(?i)slot|bay|cage|container|socket")
"""What a container is called that is no more than a place for something."""
_IDENTITY: Final = ("SerialNum", "ModelName", "MfgName")
_DEEPEST: Final = 64


@dataclass
class Entity:
    """One row of the table.

    Attributes:
        within: Index of what it sits in, as the agent says; may be none, or a loop.
    """

    index: str
    kind: int
    within: str
    descr: str
    name: str
    serial: str
    mfg: str
    model: str
    hw_version: str
    firmware: str

    def fields(self) -> dict[str, str]:
        """Fields of the equipment table, without those that are empty."""
        told = self.descr if self.name in self.descr else self.name if self.descr in self.name else None
        fields = {
            "manufacturer": self.mfg,
            "model": self.model,
            "serial": self.serial,
            "description": f"{self.descr}; {self.name}" if told is None else told,
            "hw_version": self.hw_version,
            "firmware": self.firmware,
            "x_class": _CLASSES.get(self.kind, ""),
            "x_name": self.name,
        }
        return {name: text for name, text in fields.items() if text}


@dataclass(frozen=True)
class Entities:
    """The table, understood.

    Attributes:
        device: What the device itself is; None where no entity says it.
        parts: Each with the index of the part that it sits in, None for the device; a part comes after that.
        count: Rows of the table.
    """

    device: Entity | None
    parts: tuple[tuple[Entity, str | None], ...]
    count: int


def entities_to_describe(walk: Walk) -> list[str]:
    """Indexes of the entities that may be the device or a part of it, and so are worth describing.

    Args:
        walk: With the classes, serial numbers, models and makers of the table.
    """
    rows = walk.rows(ENTITY_COLUMNS)
    return [
        index
        for index, row in rows.items()
        if (kind := number_of(row.get("entPhysicalClass"))) in (_CHASSIS, _STACK)
        or (kind != _SENSOR and any(said(row.get(f"entPhysical{one}")) for one in _IDENTITY))
    ]


def read_entities(walk: Walk) -> Entities:
    """Tell the device from its parts; slots, sensors and what has no identity of its own are no parts."""
    table = {index: _entity(index, row) for index, row in walk.rows(ENTITY_COLUMNS).items()}
    device = _device(table)
    kept: dict[str, Entity] = {}
    parts: list[tuple[Entity, str | None]] = []
    # What holds others is looked at before them, so that it can be their parent.
    for entity in sorted(table.values(), key=lambda one: len(_above(one, table))):
        if entity is device:
            continue
        above = [one for one in _above(entity, table) if one.index in kept or one is device]
        if _is_part(entity, above or ([device] if device else [])):
            kept[entity.index] = entity
            parts.append((entity, next((one.index for one in above if one is not device), None)))
    return Entities(device, tuple(parts), len(table))


def _entity(index: str, row: dict[str, Value]) -> Entity:
    kind = number_of(row.get("entPhysicalClass"))
    within = number_of(row.get("entPhysicalContainedIn"))
    texts = {name: said(row.get(name)) for name in ENTITY_COLUMNS}
    return Entity(
        index=index,
        kind=_UNKNOWN if kind is None else kind,
        within=str(within or ""),
        descr=texts["entPhysicalDescr"],
        name=texts["entPhysicalName"],
        serial=texts["entPhysicalSerialNum"],
        mfg=texts["entPhysicalMfgName"],
        model=texts["entPhysicalModelName"],
        hw_version=texts["entPhysicalHardwareRev"],
        firmware=texts["entPhysicalSoftwareRev"] or texts["entPhysicalFirmwareRev"],
    )


def _above(entity: Entity, table: dict[str, Entity]) -> list[Entity]:
    """What an entity sits in, from the nearest outwards; a loop ends where it begins."""
    found: list[Entity] = []
    met = {entity.index}
    while (within := entity.within) in table and within not in met and len(found) < _DEEPEST:
        met.add(within)
        entity = table[within]
        found.append(entity)
    return found


def _device(table: dict[str, Entity]) -> Entity | None:
    """The first chassis that sits in no other; else the one thing at the top that says who or what it is."""
    chassis = [one for one in table.values() if one.kind == _CHASSIS]
    outer = [one for one in chassis if all(above.kind != _CHASSIS for above in _above(one, table))]
    if outer or chassis:
        return (outer or chassis)[0]
    top = [
        one
        for one in table.values()
        if one.within not in table
        and one.kind in (_OTHER, _UNKNOWN, _MODULE, _STACK)
        and (one.serial or one.model or one.mfg)
    ]
    called = [one for one in top if "chassis" in f"{one.descr} {one.name}".lower()]
    if len(top) == 1 or called:
        return (called or top)[0]
    return None


def _is_part(entity: Entity, above: list[Entity]) -> bool:
    """Whether an entity is a thing of its own.

    Args:
        above: What it sits in and is a record, from the nearest outwards.
    """
    if entity.kind in (_SENSOR, _STACK) or not (entity.serial or entity.model or entity.mfg):
        return False
    for one in above:
        # A board that repeats the number of its box is the box.
        if entity.serial and entity.serial == one.serial and entity.model in ("", one.model):
            return False
    own_serial = bool(entity.serial) and all(entity.serial != one.serial for one in above)
    if entity.kind == _CONTAINER:
        told = f"{entity.model} {entity.descr} {entity.name}"
        return bool(entity.model) and (own_serial or not _EMPTY.search(told))
    if own_serial or entity.kind in _OWN_BY_MODEL:
        return True
    return bool(entity.mfg) and all(entity.mfg.lower() != one.mfg.lower() for one in above)
