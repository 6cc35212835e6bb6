"""``clearband discover``: inventories from the systems that hold them, and from the devices themselves."""

from __future__ import annotations

import click

from clearband.cli.lazy import LazyGroup


@click.group(
    "discover",
    cls=LazyGroup,
    verbs={
        "netbox": ("clearband.cli.discover.netbox", "Read the devices and parts that a NetBox knows."),
        "snmp": ("clearband.cli.discover.snmp", "Ask devices over SNMP (v2c, v3) what they are."),
        "device-output": (
            "clearband.cli.discover.device_output",
            "Read what devices printed: show inventory, display version ...",
        ),
    },
)
def command() -> None:
    """Read inventories from the systems that hold them, and from the devices themselves."""
