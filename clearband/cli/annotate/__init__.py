"""``clearband annotate``: findings into the systems that hold inventories."""

from __future__ import annotations

import click

from clearband.cli.lazy import LazyGroup


@click.group(
    "annotate",
    cls=LazyGroup,
    verbs={
        "netbox": (
            "clearband.cli.annotate.netbox",
            "Mark what a NetBox knows with its findings.",
        ),
    },
)
def command() -> None:
    """Write findings back into the systems that hold inventories, over the network."""
