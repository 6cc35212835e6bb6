"""From the objects of NetBox to records of equipment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from clearband.discover.failures import ServiceError
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
from clearband.discover.netbox.snapshot import Snapshot

Record = dict[str, Any]
NETBOX_PAGE: Final = "x_netbox"
"""The column with an object's page in NetBox."""
_PLACE: Final = ("site", "region", "owner")


def records_of(snapshot: Snapshot) -> Iterator[Record]:
    """One record a device, module and inventory item, in this order and by their ids.

    A record's id is its kind and number (``device/17``): names may be absent or stand twice, and numbers stay
    when a device is renamed. Modules and inventory items are parts (``parent_id``) and stand where their
    device stands.
    """
    macs = _macs(snapshot)
    regions = {one["id"]: _name(one.get("region")) for one in snapshot.lists.get(SITES.name, [])}
    types, module_types = (_by_id(snapshot, which) for which in (DEVICE_TYPES, MODULE_TYPES))
    places: dict[int, Record] = {}
    for device in snapshot.lists[DEVICES.name]:
        record = _device(device, types, regions) | {"macs": macs.get(("device", device["id"]))}
        places[device["id"]] = {name: record[name] for name in _PLACE}
        yield _filled(_origin(snapshot, DEVICES, "device", device) | record)
    for module in snapshot.lists.get(MODULES.name, []):
        number = id_of(module.get("device"))
        record = _module(module, module_types) | places.get(number or 0, {})
        record["macs"] = macs.get(("module", module["id"]))
        yield _filled(_origin(snapshot, MODULES, "module", module) | record)
    for item in snapshot.lists.get(ITEMS.name, []):
        record = _item(item) | places.get(id_of(item.get("device")) or 0, {})
        yield _filled(_origin(snapshot, ITEMS, "item", item) | record)


def all_records(snapshot: Snapshot) -> list[Record]:
    """`records_of`, all of them.

    Raises:
        ServiceError: Objects are not what NetBox gives: what they mean cannot be told.
    """
    try:
        return list(records_of(snapshot))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ServiceError(
            "its objects have another form than NetBox's",
            where=snapshot.url,
            remedy="check the address, and look for a proxy that changes answers",
        ) from None


def _by_id(snapshot: Snapshot, listed: Listed) -> dict[int, Record]:
    return {one["id"]: one for one in snapshot.lists.get(listed.name, [])}


def _origin(snapshot: Snapshot, listed: Listed, kind: str, one: Record) -> Record:
    """The columns that come first: which record this is, and its page in NetBox."""
    page = listed.path.removeprefix("/api")
    return {"record_id": f"{kind}/{one['id']}", NETBOX_PAGE: f"{snapshot.url}{page}{one['id']}/"}


def _device(device: Record, types: Mapping[int, Record], regions: Mapping[int, str | None]) -> Record:
    kind, site = device.get("device_type"), device.get("site")
    parent, chassis = id_of(device.get("parent_device")), device.get("virtual_chassis")
    return {
        "parent_id": _numbered("device", parent),
        "manufacturer": _name(_get(kind, "manufacturer")),
        "model": _get(kind, "model"),
        "part_number": _get(types.get(id_of(kind) or 0), "part_number"),
        "description": device.get("description"),
        "serial": device.get("serial"),
        "sys_name": device.get("name"),
        "category": _name(device.get("role")),
        "site": _name(site),
        "region": regions.get(id_of(site) or 0),
        "owner": _name(device.get("tenant")),
        "status": _get(device.get("status"), "label"),
        "notes": device.get("comments"),
        "x_platform": _name(device.get("platform")),
        "x_location": _name(device.get("location")),
        "x_rack": _name(device.get("rack")),
        "x_virtual_chassis": _name(chassis),
        "x_vc_position": device.get("vc_position"),
    } | _kept(device)


def _module(module: Record, types: Mapping[int, Record]) -> Record:
    kind = module.get("module_type")
    return {
        "parent_id": _numbered("device", id_of(module.get("device"))),
        "manufacturer": _name(_get(kind, "manufacturer")),
        "model": _get(kind, "model"),
        "part_number": _get(types.get(id_of(kind) or 0), "part_number"),
        "description": module.get("description"),
        "serial": module.get("serial"),
        "status": _get(module.get("status"), "label"),
        "notes": module.get("comments"),
        "x_module_bay": _name(module.get("module_bay")),
    } | _kept(module)


def _item(item: Record) -> Record:
    parent = item.get("parent")
    parent = id_of(parent) if isinstance(parent, dict) else parent
    said = [text for text in (item.get("name"), item.get("description")) if text]
    return {
        "parent_id": _numbered("item", parent) or _numbered("device", id_of(item.get("device"))),
        "manufacturer": _name(item.get("manufacturer")),
        "part_number": item.get("part_id"),
        "description": "; ".join(said),
        "serial": item.get("serial"),
        "category": _name(item.get("role")),
        "status": _get(item.get("status"), "label"),
        "x_label": item.get("label"),
    } | _kept(item)


def _kept(one: Record) -> Record:
    """What has no column of its own."""
    kept: Record = {
        "x_asset_tag": one.get("asset_tag"),
        "x_tags": "; ".join(sorted(name for tag in one.get("tags") or () if (name := _name(tag)))),
    }
    for name, value in sorted((one.get("custom_fields") or {}).items()):
        kept[f"x_cf_{name}"] = _text(value)
    return kept


def _macs(snapshot: Snapshot) -> dict[tuple[str, int], list[str]]:
    """MAC addresses of devices, and of modules those of the interfaces on them.

    A module may be of another maker than its device: its addresses say nothing of the device's.
    """
    interfaces = {one["id"]: one for one in snapshot.lists.get(INTERFACES.name, [])}
    found: dict[tuple[str, int], dict[str, None]] = {}
    pairs: Iterator[tuple[Record, str | None]]
    if MACS.name in snapshot.lists:
        pairs = (
            (one["assigned_object"], one.get("mac_address"))
            for one in snapshot.lists[MACS.name]
            if one.get("assigned_object_type") == "dcim.interface"
            and isinstance(one.get("assigned_object"), dict)
        )
    else:
        pairs = ((one, one.get("mac_address")) for one in interfaces.values())
    for interface, mac in pairs:
        module = id_of(interfaces.get(interface.get("id", 0), {}).get("module"))
        device = id_of(interface.get("device"))
        key = ("device", device) if module is None else ("module", module)
        if mac and key[1] is not None:
            found.setdefault((key[0], key[1]), {})[mac.lower()] = None
    return {key: list(macs) for key, macs in found.items()}


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _numbered(kind: str, number: int | None) -> str | None:
    return None if number is None else f"{kind}/{number}"


def id_of(value: Any) -> int | None:
    """The number of an object; None where what a server gave is no object or has none."""
    number = _get(value, "id")
    return number if isinstance(number, int) else None


def _name(value: Any) -> str | None:
    """What people call an object."""
    name = _get(value, "name") or _get(value, "display")
    return name if isinstance(name, str) else None


def _text(value: Any) -> str | None:
    """A custom field's value: choices and objects by their names, several joined by semicolons."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(one, list) for one in value):
        return "; ".join(text for one in value if (text := _text(one)))
    if name := _name(value):
        return name
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _filled(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None and value not in ("", [])}
