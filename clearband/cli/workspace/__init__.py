"""``clearband workspace``: make, check and keep what a team works on. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "init": ("clearband.cli.workspace.init", "Make a workspace, or bring one to this version."),
    "person": ("clearband.cli.workspace.person", "Let people in, give roles, keep people out."),
    "token": ("clearband.cli.workspace.token", "Issue and revoke tokens for programs."),
    "setting": ("clearband.cli.workspace.setting", "Show or change what holds for everybody."),
    "verify": ("clearband.cli.workspace.verify", "Check the audit trail, every row and every file."),
    "trail": ("clearband.cli.workspace.trail", "Show who did what, and when."),
    "evidence": (
        "clearband.cli.workspace.evidence",
        "Write a run with the team's decisions, for an auditor.",
    ),
    "backup": ("clearband.cli.workspace.backup", "Write everything into one file."),
    "restore": ("clearband.cli.workspace.restore", "Make a workspace from a backup, and check it."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("workspace", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """Make, check and keep a workspace: what a team works on together."""
