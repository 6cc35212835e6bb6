"""The outputs that are understood: by command and platform, with the columns of their templates.

The templates are those of ntc-templates; only their column names stand here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Shape = Literal["device", "entities", "boards", "junos", "eos", "manuinfo", "neighbors"]

OWN_NAMES: Final = frozenset({"device", "boards", "manuinfo"})
"""Shapes whose text speaks of the device and its maker's own boards alone: it is kept as a banner."""


@dataclass(frozen=True)
class Output:
    """One output of one platform.

    Attributes:
        platform: In the words of ntc-templates.
        command: In full.
        shape: How its rows become records (:mod:`.readings`).
        columns: Field of a record to column of the template.
    """

    platform: str
    command: str
    shape: Shape
    columns: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    @property
    def template(self) -> str:
        """Name of the template's file."""
        return self.file or f"{self.platform}_{self.command.replace(' ', '_')}.textfsm"


_ENTITY: Final = {"name": "name", "description": "descr", "model": "pid", "hw_version": "vid", "serial": "sn"}
_SEEN: Final = {
    "chassis_id": "chassis_id", "port_descr": "neighbor_interface", "sys_name": "neighbor_name",
    "sys_descr": "neighbor_description",
}  # fmt: skip
_LLDP: Final = "show lldp neighbors detail"

OUTPUTS: Final[tuple[Output, ...]] = (
    Output("cisco_ios", "show inventory", "entities", _ENTITY),
    Output("cisco_ios", "show version", "device", {
        "model": "hardware", "serial": "serial", "firmware": "version", "sys_name": "hostname",
        "macs": "mac_address"}),
    Output("cisco_ios", _LLDP, "neighbors", _SEEN),
    Output("cisco_nxos", "show inventory", "entities", _ENTITY),
    Output("cisco_nxos", "show version", "device", {
        "model": "platform", "serial": "serial", "firmware": "os", "sys_name": "hostname"}),
    Output("cisco_nxos", "show module", "boards", {
        "name": "module", "description": "type", "model": "model"}),
    Output("cisco_nxos", _LLDP, "neighbors", _SEEN),
    Output("cisco_xr", "show inventory", "entities", _ENTITY, "cisco_xr_admin_show_inventory.textfsm"),
    Output("cisco_xr", "admin show inventory", "entities", _ENTITY),
    Output("cisco_xr", "show version", "device", {"description": "hardware", "firmware": "version"}),
    Output("cisco_xr", _LLDP, "neighbors", {
        "chassis_id": "chassis_id", "port_descr": "neighbor_port_description", "sys_name": "neighbor",
        "sys_descr": "system_description"}),
    Output("cisco_asa", "show inventory", "entities", _ENTITY),
    Output("cisco_asa", "show version", "device", {
        "model": "model", "description": "hardware", "serial": "serial", "firmware": "version",
        "sys_name": "hostname"}),
    Output("cisco_wlc_ssh", "show inventory", "entities", {**_ENTITY, "description": "description"}),
    Output("huawei_vrp", "display version", "device", {
        "model": "model", "firmware": "product_version"}),
    Output("huawei_vrp", "display device", "boards", {"name": "slot", "card": "card", "model": "pid"}),
    Output("huawei_vrp", "display lldp neighbor", "neighbors", _SEEN),
    Output("huawei_smartax", "display version", "device", {"model": "product", "firmware": "olt_version"}),
    Output("zte_zxros", "show version", "device", {"model": "hardware", "firmware": "version"}),
    Output("juniper_junos", "show version", "device", {
        "model": "model", "serial": "serial_number", "firmware": "junos_version", "sys_name": "hostname"}),
    Output("juniper_junos", "show chassis hardware", "junos"),
    Output("juniper_junos", "show lldp neighbors", "neighbors", _SEEN),
    Output("arista_eos", "show version", "device", {
        "model": "model", "hw_version": "hw_version", "serial": "serial_number", "firmware": "image",
        "macs": "sys_mac"}),
    Output("arista_eos", "show inventory", "eos"),
    Output("arista_eos", "show module", "boards", {
        "name": "module", "description": "card", "model": "model", "serial": "serial_num"}),
    Output("arista_eos", _LLDP, "neighbors", _SEEN),
    Output("hp_comware", "display device manuinfo", "manuinfo"),
    Output("hp_comware", "display lldp neighbor-information verbose", "neighbors", _SEEN),
    Output("hp_comware", "display lldp neighbor-information list", "neighbors", _SEEN),
    Output("hp_procurve", "show system", "device", {
        "serial": "serial", "firmware": "software_version", "sys_name": "name", "macs": "mac_address"}),
    Output("aruba_aoscx", "show system", "device", {
        "manufacturer": "vendor", "model": "product", "serial": "serial", "firmware": "version",
        "sys_name": "hostname", "macs": "base_mac"}),
    Output("alcatel_aos", "show chassis", "device", {
        "model": "model_name", "part_number": "part_number", "serial": "serial_number",
        "description": "description", "macs": "mac_address"}),
    Output("fortinet", "get system status", "device", {
        "firmware": "version", "serial": "serial_number", "part_number": "system_part_number",
        "sys_name": "hostname"}),
    Output("paloalto_panos", "show system info", "device", {
        "model": "model", "serial": "serial", "firmware": "os", "sys_name": "hostname",
        "macs": "mac_address"}),
    Output("ericsson_ipos", "show version", "device", {"firmware": "version"}),
)  # fmt: skip

WITHOUT_TEMPLATE: Final = (
    "display device manufacture-info", "display elabel", "display elabel brief", "display inventory",
    "display esn", "show hardware", "show chassis", "show platform", "show module", "show system",
    "show card", "show card detail", "show system information", "show version brief", "display version all",
    "display device", "display board", "admin show platform", "show system id", "show idprom",
)  # fmt: skip
"""Commands that speak of the device itself: where no template fits, their text is evidence all the same."""

PLATFORMS: Final = tuple(sorted({output.platform for output in OUTPUTS}))
_COMMANDS: Final = tuple(dict.fromkeys([*(output.command for output in OUTPUTS), *WITHOUT_TEMPLATE]))


def find_command(typed: str) -> str | None:
    """The command in full that was typed in short (``sh inv``); None for one of no use here.

    Words may be shortened to two letters, as devices allow; what follows a command in full is an argument
    (``show inventory all``).
    """
    words = typed.lower().split()
    if words[:1] == ["do"]:
        words = words[1:]
    found = [one for one in _COMMANDS if _is_short(words, one.split())]
    if not found:
        found = [one for one in _COMMANDS if typed.lower().startswith(f"{one} ") and _ARGUMENT.search(typed)]
    return max(found, key=lambda one: (typed.lower() == one, -len(one))) if found else None


_ARGUMENT: Final = re.compile(
    r" (?:all|raw|oid|entity|chassis|extensive|detail|models|\d[\d/]*)$", re.IGNORECASE
)


def _is_short(words: list[str], full: list[str]) -> bool:
    return len(words) == len(full) and all(
        len(word) >= 2 and whole.startswith(word) for word, whole in zip(words, full, strict=True)
    )


def outputs_of(command: str) -> list[Output]:
    """What is understood of a command, on any platform."""
    return [output for output in OUTPUTS if output.command == command]


def is_about_neighbors(command: str) -> bool:
    """Whether a command prints what the device says of others."""
    return "lldp" in command
