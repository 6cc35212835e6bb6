"""``clearband discover``: inventories from the systems that hold them."""

from __future__ import annotations

import click

from clearband.cli.lazy import LazyGroup


@click.group(
    "discover",
    cls=LazyGroup,
    verbs={
        "netbox": ("clearband.cli.discover.netbox", "Read the devices and parts that a NetBox knows."),
    },
)
def command() -> None:
    """Read inventories from the systems that hold them, over the network."""
