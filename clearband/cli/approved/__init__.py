"""``clearband approved``: keep an approved list, and ask it. One file a sub-verb; steps share one."""

from __future__ import annotations

from typing import Any, Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "init": ("clearband.cli.approved.init", "Begin a list: its authority and an empty log."),
    "key": ("clearband.cli.approved.key", "Make a decider's key in an encrypted file."),
    "show": ("clearband.cli.approved.show", "Show the list, or one entry with its history and reasons."),
    "asof": ("clearband.cli.approved.asof", "Show the list as of a day, as known on another."),
    "diff": ("clearband.cli.approved.diff", "Show what changed between two days."),
    "due": ("clearband.cli.approved.due", "Show what ends or is due next, and what hangs on what."),
    "statistics": (
        "clearband.cli.approved.statistics",
        "Show what waits, what steps took, outcomes, appeals, what was overturned.",
    ),
    "check": ("clearband.cli.approved.check", "Check the whole log: hashes, forms, steps, signatures."),
    "federated": ("clearband.cli.approved.federated", "Show several authorities side by side."),
    "authority": ("clearband.cli.approved.authority", "Show who decided, from when, as the log has it."),
    "authority-changed": (
        "clearband.cli.approved.authority_changed",
        "Record that deciders, keys, quorum or other rules of the authority change.",
    ),
    "sign": ("clearband.cli.approved.sign", "Add a decider's signature to a drafted step."),
    "record": ("clearband.cli.approved.record", "Record a drafted step that enough deciders have signed."),
    "keys": ("clearband.cli.approved.keys", "Say who signs what in a repository."),
    "publish": ("clearband.cli.approved.publish", "Publish the list in a repository that anyone can verify."),
    "fetch": ("clearband.cli.approved.fetch", "Fetch a published list, verified, into a folder."),
    "verify": (
        "clearband.cli.approved.verify",
        "Verify a published list, and prove what is on it or is not.",
    ),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""

STEPS: Final[dict[str, str]] = {
    "draft": "Begin an application.",
    "submit": "Hand an application in.",
    "return": "Give an application back as incomplete.",
    "accept": "Accept an application as complete.",
    "assess": "Begin the assessment.",
    "propose": "Propose a decision, or a revocation, and open the time for a reply.",
    "reply": "Record the maker's reply.",
    "decide": "Decide as proposed, or more mildly.",
    "suspend": "Stop a listing at once.",
    "revoke": "Take a listing away, as was proposed.",
    "drop-revocation": "Give a proposed revocation up.",
    "reinstate": "End a suspension.",
    "withdraw": "Record that the maker takes its listing or first application back.",
    "withdraw-application": "Record that the maker takes a new application back.",
    "supersede": "Put another entry in the place of this one.",
    "condition-met": "Record that a condition is met.",
    "review-opened": "Open a review; the state stays.",
    "review-closed": "Close a review.",
    "appeal": "Record an appeal.",
    "stay": "Stay a decision that is appealed.",
    "appeal-decided": "Decide an appeal.",
    "correct": "Correct or void an event.",
    "dependency-noted": "Record a certificate, part or list that entries hang on.",
    "dependency-ended": "Record that a certificate, part or list ended.",
    "dependency-restored": "Record that it is in force again.",
}
"""Step to the line shown in the help; a test holds the names against the table of the facts."""


class StepsAndVerbs(LazyGroup):
    """The verbs, and a command for each step, made of the table of the facts when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names: steps in the order of an entry's life, then the others."""
        return [*STEPS, *VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name in STEPS:
            from clearband.cli.approved.step import step_command

            return step_command(cmd_name, STEPS[cmd_name])
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help without loading a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, line) for verb, (_, line) in VERBS.items()])
        with formatter.section("Steps of an entry"):
            formatter.write_dl(list(STEPS.items()))


def _group(**options: Any) -> StepsAndVerbs:
    return StepsAndVerbs(verbs=VERBS, **options)


command = _group(name="approved", help="Keep an approved list, and ask what was approved, when, and why.")
