"""``clearband data``: what the packaged facts are and hold. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "status": ("clearband.cli.data.status", "Show version, date, counts and known gaps."),
    "costs": ("clearband.cli.data.costs", "Show unit costs of a replacement, with grade and source."),
    "programme": ("clearband.cli.data.programme", "Show what pays for a replacement, replayed."),
    "market": ("clearband.cli.data.market", "Show shares of makers, price gaps and what bans cost."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("data", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """Show the packaged facts: version and gaps, unit costs, programmes, markets."""
