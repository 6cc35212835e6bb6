"""Fills an empty NetBox through its own REST interface: 320 devices of covered and other makers, with parts.

The makers say what the right answers are: what is of :data:`COVERED` must not come out as clear.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

DEVICES = 320
COVERED = {"Huawei", "ZTE Corporation", "Hikvision", "Dahua Technology", "Hytera"}
TYPES = [
    # maker, model, part number, role, first half of the MAC addresses
    ("Huawei", "NetEngine 8000 M8", "02353GKM", "Core Router", "00:E0:FC"),
    ("Cisco", "ASR 9006", "ASR-9006-SYS", "Core Router", "00:1B:54"),
    ("Juniper", "MX204", "MX204-HW-BASE", "Core Router", "00:05:85"),
    ("ZTE Corporation", "ZXA10 C320", "ZXA10C320", "OLT", "00:19:C6"),
    ("Nokia", "7360 ISAM FX-8", "3FE67030AA", "OLT", "00:02:78"),
    ("Ericsson", "Router 6672", "KDV 127 621", "Cell Site Router", "00:01:EC"),
    ("Hikvision", "DS-2CD2143G2-I", "", "Camera", "28:57:BE"),
    ("Axis", "P3265-LV", "02327-001", "Camera", "00:40:8C"),
    ("Dahua Technology", "IPC-HFW2431S-S-S2", "", "Camera", "3C:EF:8C"),
    ("Arista", "DCS-7050SX3-48YC8", "DCS-7050SX3-48YC8-F", "Switch", "00:1C:73"),
    ("Hytera", "RD985S", "", "Repeater", None),
    ("MikroTik", "CCR2004-1G-12S+2XS", "", "Router", "4C:5E:0C"),
]
MODULES = [
    ("Huawei", "LPUF-480", "03057GUL", "Huawei"),
    ("Cisco", "A9K-24X10GE-SE", "A9K-24X10GE-SE", "Cisco"),
    ("Huawei", "OMXD30000", "34060494", "Cisco"),  # optics of a covered maker in another's router
    ("Finisar", "FTLX1471D3BCL", "FTLX1471D3BCL", "Huawei"),
]
ODD = [
    "Zürich „Kern“ 01", "华为-核心-02", "=HYPERLINK(\"http://x\";\"y\")", "مركز-03", "a,b;c|d \"e\"", "🦆",
    "  spaced  ", "x" * 64, "O'Neil & <b>Sons</b>", "né\u0301e",
]  # fmt: skip
SITES = [
    ("Gander Ridge", "north"), ("Saint-Étienne", "north"), ("Old Mill", "east"), ("Harbour", "east"),
    ("Depot", None),
]  # fmt: skip


class Seeder:
    """A client for the tests alone: whatever fails, stops them."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self._url}/api/{path}/",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read()[:2000]!r}") from None

    def all(self, path: str) -> list[dict[str, Any]]:
        """A list whole, page after page by number: another way than the one that is tested."""
        found: list[dict[str, Any]] = []
        while True:
            address = f"{self._url}/api/{path}/?limit=1000&offset={len(found)}&ordering=id"
            request = urllib.request.Request(address, headers={"Authorization": f"Bearer {self._token}"})
            with urllib.request.urlopen(request, timeout=300) as answer:
                page = json.loads(answer.read())
            found += page["results"]
            if len(found) >= page["count"]:
                return found

    def add(self, path: str, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for begin in range(0, len(bodies), 50):
            made += self.call("POST", path, bodies[begin : begin + 50])
        return made

    def named(self, path: str, names: list[str], **more: Any) -> dict[str, int]:
        """Objects that need a name and a slug; their ids."""
        bodies = [{"name": name, "slug": _slug(name), **more} for name in names]
        return {one["name"]: one["id"] for one in self.add(path, bodies)}


def _slug(text: str) -> str:
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.casefold())
    return kept.strip("-")[:50] or "x"


def seed(url: str, token: str) -> Seeder:
    """Fill the NetBox; gives the client that did it."""
    api = Seeder(url, token)
    makers = sorted({one[0] for one in TYPES} | {one[0] for one in MODULES} | {"Delta Electronics"})
    maker = api.named("dcim/manufacturers", makers)
    role = api.named("dcim/device-roles", sorted({one[3] for one in TYPES}), color="9e9e9e")
    region = api.named("dcim/regions", ["north", "east"])
    tenant = api.named("tenancy/tenants", ["County Phone", "Rural Co-op"])
    platform = api.named("dcim/platforms", ["VRP 8", "IOS XR 7.9"])
    tag = api.named("extras/tags", ["critical", "leased"])
    sites = api.add(
        "dcim/sites",
        [
            {"name": name, "slug": _slug(name), **({"region": region[where]} if where else {})}
            for name, where in SITES
        ],
    )
    _custom_fields(api)
    kinds = _device_types(api, maker)
    devices = api.add(
        "dcim/devices",
        [_device(number, kinds, role, sites, tenant, platform, tag) for number in range(DEVICES)],
    )
    _virtual_chassis(api, devices)
    _parent_and_child(api, maker, role, sites)
    _modules(api, maker, devices)
    _inventory_items(api, maker, devices)
    _macs(api, devices)
    return api


def _custom_fields(api: Seeder) -> None:
    choices = [["own", "Own use"], ["gov", "Government"]]
    which = api.call("POST", "extras/custom-field-choice-sets", {"name": "uses", "extra_choices": choices})
    on = {"object_types": ["dcim.device", "dcim.module"]}
    api.add(
        "extras/custom-fields",
        [
            {"name": "contract", "type": "text", **on},
            {"name": "floor", "type": "integer", **on},
            {"name": "used_for", "type": "select", "choice_set": which["id"], **on},
            {"name": "backup_site", "type": "object", "related_object_type": "dcim.site", **on},
            {"name": "extra", "type": "json", **on},
        ],
    )


def _device_types(api: Seeder, maker: dict[str, int]) -> list[int]:
    bodies = [
        {"manufacturer": maker[one[0]], "model": one[1], "slug": _slug(one[1]), "part_number": one[2]}
        for one in TYPES
    ]
    kinds = [one["id"] for one in api.add("dcim/device-types", bodies)]
    on = [{"device_type": kind, "name": "mgmt0", "type": "1000base-t"} for kind in kinds]
    api.add("dcim/interface-templates", on)
    bays = [
        {"device_type": kind, "name": f"slot {n}", "position": str(n)} for kind in kinds[:2] for n in (1, 2)
    ]
    api.add("dcim/module-bay-templates", bays)
    return kinds


def _device(
    number: int,
    kinds: list[int],
    role: dict[str, int],
    sites: list[dict[str, Any]],
    tenant: dict[str, int],
    platform: dict[str, int],
    tag: dict[str, int],
) -> dict[str, Any]:
    which, site = number % len(TYPES), sites[number % len(sites)]
    body: dict[str, Any] = {
        "device_type": kinds[which],
        "role": role[TYPES[which][3]],
        "site": site["id"],
        "status": ("active", "planned", "decommissioning")[number % 3],
        "serial": f"{number:08d}" if number % 4 else "",
        "asset_tag": f"CB-{number:05d}" if number % 2 else None,
        "description": "replaces a Huawei router" if TYPES[which][0] == "Juniper" and number % 5 == 0 else "",
        "comments": "line one\n\nline *two*" if number % 7 == 0 else "",
        "tags": [tag["critical"]] if number % 10 == 0 else [],
        "custom_fields": {"contract": f"K-{number}"} if number % 6 == 0 else {},
    }
    if number % 11 != 10:  # the others have no name
        body["name"] = ODD[number] if number < len(ODD) else f"{_slug(TYPES[which][3])}-{number:03d}"
    if number % 5 == 0:
        body["tenant"] = tenant["County Phone"]
    if which < 2:
        body["platform"] = platform["VRP 8" if which == 0 else "IOS XR 7.9"]
    if number == 12:
        body["custom_fields"] = {
            "contract": "a; b", "floor": 3, "used_for": "gov", "backup_site": sites[1]["id"],
            "extra": {"a": [1]},
        }  # fmt: skip
    return body


def _virtual_chassis(api: Seeder, devices: list[dict[str, Any]]) -> None:
    switches = [one for at, one in enumerate(devices) if at % len(TYPES) == 9][:4]
    made = api.add("dcim/virtual-chassis", [{"name": "stack A"}, {"name": "stack B"}])
    api.call(
        "PATCH",
        "dcim/devices",
        [
            {"id": one["id"], "virtual_chassis": made[at // 2]["id"], "vc_position": at % 2 + 1}
            for at, one in enumerate(switches)
        ],
    )


def _parent_and_child(
    api: Seeder, maker: dict[str, int], role: dict[str, int], sites: list[dict[str, Any]]
) -> None:
    """A chassis of one maker with a blade of a covered one: blades are devices in device bays."""
    kinds = api.add(
        "dcim/device-types",
        [
            {
                "manufacturer": maker[name],
                "model": model,
                "slug": _slug(model),
                "subdevice_role": kind,
                "u_height": height,
            }
            for name, model, kind, height in (
                ("Nokia", "AirFrame Chassis", "parent", 4),
                ("Huawei", "CH121 V5", "child", 0),
            )
        ],
    )
    api.call("POST", "dcim/device-bay-templates", {"device_type": kinds[0]["id"], "name": "bay 1"})
    made = api.add(
        "dcim/devices",
        [
            {"name": name, "device_type": kind["id"], "role": role["Switch"], "site": sites[0]["id"]}
            for name, kind in zip(("chassis", "blade"), kinds, strict=True)
        ],
    )
    bays = [one for one in api.all("dcim/device-bays") if one["device"]["id"] == made[0]["id"]]
    api.call("PATCH", f"dcim/device-bays/{bays[0]['id']}", {"installed_device": made[1]["id"]})


def _modules(api: Seeder, maker: dict[str, int], devices: list[dict[str, Any]]) -> None:
    kinds = api.add(
        "dcim/module-types",
        [{"manufacturer": maker[one[0]], "model": one[1], "part_number": one[2]} for one in MODULES],
    )
    ports = [{"module_type": one["id"], "name": "port {module}/1", "type": "10gbase-x-sfpp"} for one in kinds]
    api.add("dcim/interface-templates", ports)
    makers = {one["id"]: TYPES[at % len(TYPES)][0] for at, one in enumerate(devices)}
    bodies = []
    for at, bay in enumerate(api.all("dcim/module-bays")):
        fits = [
            kind for kind, one in zip(kinds, MODULES, strict=True) if one[3] == makers[bay["device"]["id"]]
        ]
        bodies.append(
            {
                "device": bay["device"]["id"],
                "module_bay": bay["id"],
                "module_type": fits[at % len(fits)]["id"],
                "status": "active",
                "serial": f"M{at:06d}",
            }
        )
    api.add("dcim/modules", bodies)


def _inventory_items(api: Seeder, maker: dict[str, int], devices: list[dict[str, Any]]) -> None:
    roles = api.named("dcim/inventory-item-roles", ["Power supply", "Radio unit"], color="9e9e9e")
    shelf = api.add(
        "dcim/inventory-items",
        [
            {"device": one["id"], "name": "power shelf", "role": roles["Power supply"], "serial": f"P{at}"}
            for at, one in enumerate(devices[::8])
        ],
    )
    api.add(
        "dcim/inventory-items",
        [
            {
                "device": one["device"]["id"],
                "parent": one["id"],
                "name": "rectifier" if at % 2 else "RRU3908",
                "role": roles["Power supply" if at % 2 else "Radio unit"],
                "manufacturer": maker["Delta Electronics" if at % 2 else "Huawei"],
                "part_id": f"DPR-{at}" if at % 2 else "02311ABC",
            }
            for at, one in enumerate(shelf)
        ],
    )


def _macs(api: Seeder, devices: list[dict[str, Any]]) -> None:
    heads = {one["id"]: TYPES[at % len(TYPES)][4] for at, one in enumerate(devices)}
    bodies = []
    for port in api.all("dcim/interfaces"):
        if port["module"]:
            head = "00:90:FA"  # of a maker of cards (Emulex), not of the device's
        else:
            head = heads.get(port["device"]["id"])
        if head:
            tail = f"{port['id'] >> 16 & 255:02X}:{port['id'] >> 8 & 255:02X}:{port['id'] & 255:02X}"
            on = {"assigned_object_type": "dcim.interface", "assigned_object_id": port["id"]}
            bodies.append({"mac_address": f"{head}:{tail}", **on})
    made = api.add("dcim/mac-addresses", bodies)
    primary = [{"id": one["assigned_object_id"], "primary_mac_address": one["id"]} for one in made[::2]]
    for begin in range(0, len(primary), 50):
        api.call("PATCH", "dcim/interfaces", primary[begin : begin + 50])
