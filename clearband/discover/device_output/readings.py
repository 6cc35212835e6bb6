"""From the rows of a template to what they say of the device, its parts and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from clearband.discover.device_output.commands import Output, Shape

Fields = dict[str, Any]
_NOTHING: Final = frozenset({"", "n/a", "na", "none", "-", "--", "builtin", "unspecified", "unknown", "not"})
_PART: Final = re.compile(
    r"(?i)\b(x?sfp\w*|xfp|qsfp\w*|cfp\w*|gbic|transceiver|optics?|fans?|fan ?tray|power|psu?\d*|sensor|"
    r"module|\w*slot|port|interface|card|disk\w*|cpu|supervisor|route processor|subslot|stack ?port|uplink)\b"
)
_CHASSIS: Final = re.compile(r"(?i)\b(chassis|rack \d+)\b")
_MAC: Final = re.compile(
    r"[0-9A-Fa-f]{4}([.-])[0-9A-Fa-f]{4}\1[0-9A-Fa-f]{4}|"
    r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2}"
)
_MOST_PARTS: Final = 20_000


@dataclass
class Reading:
    """What one output says; fields have the names of the equipment table.

    Attributes:
        device: Of the device itself.
        parts: Of its parts, each with a ``name`` that tells it from the others.
        neighbors: Of the devices at its ports.
    """

    device: Fields = field(default_factory=dict)
    parts: list[Fields] = field(default_factory=list)
    neighbors: list[Fields] = field(default_factory=list)


def read_rows(output: Output, rows: list[dict[str, Any]]) -> Reading:
    """What the rows of an output say."""
    return _SHAPES[output.shape](output, rows[:_MOST_PARTS])


def _text(value: Any) -> str | None:
    text = " ".join(str(value if value is not None else "").strip().strip(",").split())
    return None if text.lower() in _NOTHING else text


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for one in values if (text := _text(one))]


def _filled(fields: Mapping[str, Any]) -> Fields:
    return {name: value for name, value in fields.items() if value}


def _fields(output: Output, row: Mapping[str, Any]) -> Fields:
    return _filled({name: _text(row.get(column)) for name, column in output.columns.items()})


def _device(output: Output, rows: list[dict[str, Any]]) -> Reading:
    """The first unit is the device; further ones of a stack are parts of it, each with model and serial."""
    units: list[Fields] = []
    for row in rows:
        lists = {name: _texts(row.get(column)) for name, column in output.columns.items()}
        for number in range(max(1, len(lists.get("model", ())), len(lists.get("serial", ())))):
            own = {name: values[number] for name, values in lists.items() if len(values) > number}
            shared = {} if number else {name: values[0] for name, values in lists.items() if values}
            units.append(shared | own)
    for unit in units:
        if address := unit.pop("macs", None):
            unit["macs"] = [address]
    reading = Reading(device=units[0])
    for number, unit in enumerate(units[1:], start=2):
        if "model" in unit or "serial" in unit:
            unit.pop("sys_name", None)
            reading.parts.append(unit | {"name": f"unit {number}"})
    return reading


def _entities(output: Output, rows: list[dict[str, Any]]) -> Reading:
    """Rows of an entity table: the chassis is the device, all others are its parts."""
    found = [fields for row in rows if (fields := _fields(output, row))]
    told = [f"{one.get('name', '')} {one.get('description', '')}" for one in found]
    chosen = next((number for number, text in enumerate(told) if _CHASSIS.search(text)), None)
    if chosen is None:
        chosen = next((number for number, text in enumerate(told) if not _PART.search(text)), None)
    reading = Reading(parts=[one for number, one in enumerate(found) if number != chosen])
    if chosen is not None:
        reading.device = {name: value for name, value in found[chosen].items() if name != "name"}
    return reading


def _boards(output: Output, rows: list[dict[str, Any]]) -> Reading:
    parts = []
    for row in rows:
        part = _fields(output, row)
        card = part.pop("card", None)
        if part.keys() - {"name"}:
            part["name"] = f"slot {part.get('name', '?')}" + (f" card {card}" if card else "")
            parts.append(part)
    return Reading(parts=parts)


_JUNOS: Final = {
    "mid": "Midplane", "fpm": "FPM", "ps": "Power supply", "re": "Routing Engine", "tfeb": "TFEB",
    "qxm": "QXM", "afeb": "AFEB", "cb": "CB", "fpc": "FPC", "cpu": "CPU", "mic": "MIC", "pic": "PIC",
    "xcvr": "Xcvr", "fan": "Fan",
}  # fmt: skip
_INSIDE: Final = {"cpu": ("fpc",), "mic": ("fpc",), "pic": ("fpc", "mic"), "xcvr": ("fpc", "mic", "pic")}


def _junos(_: Output, rows: list[dict[str, Any]]) -> Reading:
    """Columns of a kind of part each; what holds a transceiver is repeated in its row."""
    reading, parts = Reading(), dict[str, Fields]()
    for row in rows:
        if (chassis := _text(row.get("chassis_description"))) and not reading.device:
            reading.device = _filled({"model": chassis, "serial": _text(row.get("chassis_serial_number"))})
        for kind, called in _JUNOS.items():
            part = _filled({
                "part_number": _text(row.get(f"{kind}_part")),
                "description": _text(row.get(f"{kind}_description")),
                "serial": _text(row.get(f"{kind}_serial_number")),
                "hw_version": _text(row.get(f"{kind}_version")),
            })  # fmt: skip
            if part.keys() & {"part_number", "description", "serial"}:
                path = [(_JUNOS[one], row.get(f"{one}_number")) for one in _INSIDE.get(kind, ())]
                path.append((called, row.get(f"{kind}_number")))
                name = " ".join(f"{one} {number}" for one, number in path if number) or called
                parts.setdefault(name, part | {"name": name})
    reading.parts = list(parts.values())
    return reading


def _eos(_: Output, rows: list[dict[str, Any]]) -> Reading:
    """The chassis comes first; a transceiver's column of the description is its maker."""
    reading = Reading()
    for row in rows:
        port, model, serial = (_text(row.get(one)) for one in ("port", "pid", "sn"))
        said, version = _text(row.get("descr")), _text(row.get("vid"))
        if not model and not serial:
            continue  # Ports of a kind, counted.
        fields = _filled({"model": model, "serial": serial, "hw_version": version})
        if port is None and not reading.device and not reading.parts:
            reading.device = fields | _filled({"description": said})
        elif port and said:
            reading.parts.append(fields | {"manufacturer": said, "name": f"transceiver {port}"})
        else:
            kind = "module" if said else "power supply or fan"
            name = f"{kind} {port or said or ''}".strip()
            reading.parts.append(fields | _filled({"description": said, "name": name}))
    return reading


def _manuinfo(_: Output, rows: list[dict[str, Any]]) -> Reading:
    """Electronic labels: the chassis, or else the first slot, is the device."""
    found = []
    for row in rows:
        kind, number = _text(row.get("slot_type")) or "", _text(row.get("slot_id"))
        address = _text(row.get("mac_address"))
        fields = _filled({
            "model": _text(row.get("device_name")), "serial": _text(row.get("device_serial_number")),
            "manufacturer": _text(row.get("vendor_name")),
            "macs": addresses_in([address]),
        })  # fmt: skip
        if fields:
            unit = _text(row.get("chassis_id"))
            name = " ".join(one for one in (unit and f"chassis {unit}", kind.lower(), number) if one)
            found.append((kind.lower(), fields | {"name": name}))
    order = ("chassis", "slot")
    chosen = next((one for kind in order for held, one in found if held == kind), None)
    reading = Reading(parts=[one for _, one in found if one is not chosen])
    if chosen:
        reading.device = {name: value for name, value in chosen.items() if name != "name"}
    return reading


def _neighbors(output: Output, rows: list[dict[str, Any]]) -> Reading:
    found: list[Fields] = []
    for row in rows:
        seen = {name: " ".join(_texts(row.get(column))) for name, column in output.columns.items()}
        port = _text(row.get("local_interface"))
        if filled := _filled(seen):
            found.append(filled | _filled({"local_port": port}))
    return Reading(neighbors=found)


_SHAPES: Final[Mapping[Shape, Callable[[Output, list[dict[str, Any]]], Reading]]] = {
    "device": _device,
    "entities": _entities,
    "boards": _boards,
    "junos": _junos,
    "eos": _eos,
    "manuinfo": _manuinfo,
    "neighbors": _neighbors,
}


def addresses_in(texts: Iterable[str | None]) -> list[str]:
    """Those of some texts that are MAC addresses, in any notation."""
    return [text for text in texts if text and _MAC.fullmatch(text)]
