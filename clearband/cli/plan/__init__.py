"""``clearband plan``: the way out of equipment that must go. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "new": ("clearband.cli.plan.new", "Begin a network from a screened run."),
    "check": ("clearband.cli.plan.check", "Check a network: what keeps it from being planned."),
    "generate": ("clearband.cli.plan.generate", "Make up a realistic network of any size."),
    "solve": ("clearband.cli.plan.solve", "Plan the replacement as cheap as it can be, with a bound."),
    "report": ("clearband.cli.plan.report", "Write a plan as a page, charts, and work orders."),
    "explain": ("clearband.cli.plan.explain", "What binds in a plan, or what would make one possible."),
    "relax": ("clearband.cli.plan.relax", "Write a network with a relaxation applied."),
    "compare": ("clearband.cli.plan.compare", "Plan a network as it is and under other rules."),
    "frontier": ("clearband.cli.plan.frontier", "Cost against the quarter in which all is done."),
    "check-solution": ("clearband.cli.plan.check_solution", "Hold a plan against its network by every rule."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("plan", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """Plan the replacement of what must go, site by site and quarter by quarter."""
