"""Outputs gathered by device, and the records of equipment that come of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from clearband.discover.device_output.readings import Fields, Reading, addresses_in

Record = dict[str, Any]
_SEEN: Final = ("chassis_id", "port_descr", "sys_name", "sys_descr")


@dataclass
class Device:
    """What the outputs of one device say together.

    Attributes:
        record_id: Name of the device: its file's or folder's, behind that the prompt's where a file has
            several.
        own: Fields of the device itself; what was said first stays.
        banners: Outputs that are kept as they are.
    """

    record_id: str
    own: Fields = field(default_factory=dict)
    parts: list[Fields] = field(default_factory=list)
    neighbors: list[Fields] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)
    files: dict[str, None] = field(default_factory=dict)
    platforms: dict[str, None] = field(default_factory=dict)
    commands: dict[str, None] = field(default_factory=dict)

    def take(self, reading: Reading, *, is_chassis: bool) -> None:
        """Add what one output says.

        Args:
            is_chassis: It describes the hardware, which counts before what software says of it.
        """
        self.own = reading.device | self.own if not is_chassis else self.own | reading.device
        known = {(one.get("model"), one["serial"]) for one in [*self.parts, self.own] if "serial" in one}
        self.parts += [
            one
            for one in reading.parts
            if "serial" not in one or (one.get("model"), one["serial"]) not in known
        ]
        self.neighbors += reading.neighbors

    def records(self) -> Iterator[Record]:
        """The device, then its parts."""
        where = {"x_file": "\n".join(self.files), "x_platform": "\n".join(self.platforms)}
        device = {"record_id": self.record_id, **self.own, "banners": self._banners(), **where}
        device["neighbors"] = [{name: one.get(name) for name in _SEEN} for one in self.neighbors]
        device["x_commands"] = "\n".join(self.commands)
        yield _filled(device)
        met: dict[str, int] = {}
        for part in self.parts:
            fields = dict(part)
            name = str(fields.pop("name", "part"))
            met[name] = met.get(name, 0) + 1
            again = f" #{met[name]}" if met[name] > 1 else ""
            ids = {"record_id": f"{self.record_id}/{name}{again}", "parent_id": self.record_id}
            yield _filled(ids | fields | {"x_name": name} | where)

    def _banners(self) -> list[dict[str, str]]:
        return [{"protocol": "cli", "text": text} for text in dict.fromkeys(self.banners)]


def neighbor_records(devices: list[Device]) -> Iterator[Record]:
    """One record a neighbour, by its chassis and name, with all who see it."""
    seen: dict[tuple[str, str], Record] = {}
    for device in devices:
        for one in device.neighbors:
            chassis, name = one.get("chassis_id", ""), one.get("sys_name", "")
            if not chassis and not name:
                continue
            record = seen.setdefault((chassis.lower(), name), {
                "record_id": f"neighbor/{name or chassis}" + (f"/{chassis}" if name and chassis else ""),
                "sys_name": name, "sys_descr": one.get("sys_descr"), "macs": addresses_in([chassis]),
                "x_seen_by": [],
            })  # fmt: skip
            by = " ".join(text for text in (device.record_id, one.get("local_port")) if text)
            record["x_seen_by"].append(by)
    for record in seen.values():
        yield _filled(record | {"x_seen_by": "\n".join(record["x_seen_by"])})


def _filled(record: Record) -> Record:
    return {name: value for name, value in record.items() if value}
