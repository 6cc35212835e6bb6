"""Reads a NetBox: its devices, their parts, and what is needed to describe them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from clearband.discover.netbox.api import MACS_APART, pages
from clearband.discover.netbox.filters import Filters
from clearband.discover.netbox.lists import (
    DEVICE_TYPES,
    DEVICES,
    INTERFACES,
    ITEMS,
    MACS,
    MODULE_TYPES,
    MODULES,
    SITES,
    Listed,
)
from clearband.discover.netbox.records import id_of
from clearband.discover.netbox.snapshot import Objects, Snapshot
from clearband.discover.netbox.work_file import WorkFile
from clearband.discover.web import Web
from clearband.errors import InputError

_PORTION: Final = 100
"""Devices that one request names: with more, its first line may become too long for a proxy."""
MOST_OBJECTS: Final = 5_000_000
"""Objects of all lists together: beyond that, memory is short."""


class Reading:
    """One reading of a NetBox.

    Args:
        web: The NetBox.
        version: Its version.
        filters: Which devices are read, with their parts.
        size: Most objects a page.
        work: Keeps the pages.
        told: Is told how many objects were read so far.
    """

    def __init__(
        self,
        web: Web,
        version: tuple[int, int],
        filters: Filters,
        size: int,
        work: WorkFile,
        told: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._web = web
        self._version = version
        self._filters = filters
        self._size = size
        self._work = work
        self._told = told
        self._objects = 0

    def snapshot(self) -> Snapshot:
        """Read everything.

        Raises:
            ServiceError: NetBox does not answer as it should, or the token may not see a list.
            InputError: No device fits, or there are too many objects.
        """
        found = Snapshot(self._web.address.shown, self._version)
        devices = found.lists[DEVICES.name] = self._stream(DEVICES, DEVICES.name, self._filters.query)
        if not devices:
            raise InputError(
                "no device is there" + (" that the filters let through" if self._filters.query else ""),
                where=self._web.address.shown,
                remedy="check the filters, and which objects the token may see",
            )
        chosen = [one["id"] for one in devices] if self._filters.query else None
        for listed in (MODULES, ITEMS):
            found.lists[listed.name] = self._of_devices(listed, chosen)
        if self._version >= MACS_APART:
            macs = found.lists[MACS.name] = self._of_devices(MACS, chosen)
            found.lists[INTERFACES.name] = self._of_devices(
                INTERFACES, _with_modules(found.lists[MODULES.name], macs)
            )
        else:
            found.lists[INTERFACES.name] = self._of_devices(INTERFACES, chosen)
        for listed in (DEVICE_TYPES, MODULE_TYPES, SITES):
            found.lists[listed.name] = self._stream(listed, listed.name, ())
        return found

    def _of_devices(self, listed: Listed, devices: Sequence[int] | None) -> Objects:
        """A list, or what of it belongs to some devices."""
        if devices is None:
            return self._stream(listed, listed.name, ())
        found: dict[int, dict[str, Any]] = {}
        for begin in range(0, len(devices), _PORTION):
            portion = [("device_id", str(number)) for number in devices[begin : begin + _PORTION]]
            name = f"{listed.name} {begin // _PORTION}"
            # Twice where an address belongs to devices of two portions.
            found |= {one["id"]: one for one in self._stream(listed, name, portion)}
        return [found[number] for number in sorted(found)]

    def _stream(self, listed: Listed, name: str, query: Sequence[tuple[str, str]]) -> Objects:
        kept = self._work.streams.get(name)
        if kept is None or not kept.last:
            after = kept.results[-1]["id"] if kept and kept.results else 0
            asked = [("fields", ",".join(listed.fields)), *query]
            for page in pages(self._web, listed.path, asked, self._size, after):
                self._work.add(name, list(page.results), last=page.last)
                self._count(len(page.results))
        return self._work.streams[name].results

    def _count(self, more: int) -> None:
        self._objects += more
        if self._objects > MOST_OBJECTS:
            raise InputError(
                f"more than {MOST_OBJECTS} objects",
                where=self._web.address.shown,
                remedy="read a part at a time: --region, --site, --role",
            )
        self._told(self._objects)


def _with_modules(modules: Objects, macs: Objects) -> list[int]:
    """Devices with modules and addresses: only there an interface may belong to a module."""
    with_modules = {id_of(one.get("device")) for one in modules}
    with_macs = {
        id_of(owner.get("device")) for one in macs if isinstance(owner := one.get("assigned_object"), dict)
    }
    return sorted(number for number in with_modules & with_macs if number is not None)
