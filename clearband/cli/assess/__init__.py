"""``clearband assess``: makers and products against criteria. One file a sub-verb."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "new": ("clearband.cli.assess.new", "Begin an assessment, with what the register answers by itself."),
    "answer": ("clearband.cli.assess.answer", "Answer one criterion, with evidence."),
    "questionnaire": ("clearband.cli.assess.questionnaire", "Write the questions for a vendor to answer."),
    "import": ("clearband.cli.assess.import_answers", "Take in an answered questionnaire, or an assessment."),
    "score": ("clearband.cli.assess.score", "Show gates, score and the outcomes still possible."),
    "explain": ("clearband.cli.assess.explain", "Show every criterion with its evidence, level and source."),
    "export": ("clearband.cli.assess.export", "Write an assessment and its result as OSCAL."),
    "diff": ("clearband.cli.assess.diff", "Show what changed between two assessments."),
    "chain": ("clearband.cli.assess.chain", "Examine a supply chain, and what a ban would take of it."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""


@click.group("assess", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """Assess makers, products and their supply chains, by criteria and evidence."""
