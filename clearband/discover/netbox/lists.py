"""Which lists of NetBox are read, and which fields of their objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Listed:
    """One list.

    Args:
        name: Its name here, and in messages.
        path: Below the address.
        fields: What is asked for; the whole objects are many times larger.
        of_devices: It can be narrowed by the filter ``device_id``.
    """

    name: str
    path: str
    fields: tuple[str, ...]
    of_devices: bool = False


_COMMON = ("id", "description", "serial", "asset_tag", "tags", "custom_fields")

DEVICES: Final = Listed(
    "devices",
    "/api/dcim/devices/",
    (
        *_COMMON, "name", "device_type", "role", "tenant", "platform", "site", "location", "rack",
        "parent_device", "status", "virtual_chassis", "vc_position", "comments",
    ),
)  # fmt: skip
MODULES: Final = Listed(
    "modules",
    "/api/dcim/modules/",
    (*_COMMON, "device", "module_bay", "module_type", "status", "comments"),
    of_devices=True,
)
ITEMS: Final = Listed(
    "inventory items",
    "/api/dcim/inventory-items/",
    (*_COMMON, "device", "parent", "name", "label", "role", "manufacturer", "part_id", "status"),
    of_devices=True,
)
MACS: Final = Listed(
    "MAC addresses",
    "/api/dcim/mac-addresses/",
    ("id", "mac_address", "assigned_object_type", "assigned_object"),
    of_devices=True,
)
INTERFACES: Final = Listed(
    "interfaces", "/api/dcim/interfaces/", ("id", "device", "module", "mac_address"), of_devices=True
)
DEVICE_TYPES: Final = Listed(
    "device types", "/api/dcim/device-types/", ("id", "manufacturer", "model", "part_number")
)
MODULE_TYPES: Final = Listed(
    "module types", "/api/dcim/module-types/", ("id", "manufacturer", "model", "part_number")
)
SITES: Final = Listed("sites", "/api/dcim/sites/", ("id", "name", "region"))
