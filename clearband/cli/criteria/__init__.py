"""``clearband criteria``: what makers are judged by. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "list": ("clearband.cli.criteria.list_criteria", "List the criteria, or the profiles."),
    "show": ("clearband.cli.criteria.show", "Show one criterion, or a profile: scale, gates, sources."),
    "check": ("clearband.cli.criteria.check", "Check an authority's own profile."),
    "export": ("clearband.cli.criteria.export", "Write the catalogue and a profile as OSCAL."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("criteria", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """The criteria that makers, products and services are assessed by, and profiles of them."""
