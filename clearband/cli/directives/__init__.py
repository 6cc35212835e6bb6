"""``clearband directives``: the measures, and the words questions are asked in. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "list": (
        "clearband.cli.directives.list_measures",
        "List every measure, or the vocabulary.",
    ),
    "show": (
        "clearband.cli.directives.show",
        "Show one measure: its life, clauses, sources and what is not verified.",
    ),
    "diff": (
        "clearband.cli.directives.diff",
        "Show which answers change between two days or two versions.",
    ),
    "timeline": (
        "clearband.cli.directives.timeline",
        "Draw the life of the measures, on the terminal or as SVG or HTML.",
    ),
    "check": (
        "clearband.cli.directives.check",
        "Check directive files, and ask the examples that they carry.",
    ),
    "schema": (
        "clearband.cli.directives.schema",
        "Print the JSON Schema of a directive file, for an editor.",
    ),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("directives", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """The measures: statutes, orders, rules, designations, directions and guidance."""
