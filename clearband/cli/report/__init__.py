"""``clearband report``: briefs and filings as drafts."""

from __future__ import annotations

from typing import Final

import click

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "board": ("clearband.cli.report.board", "One page for a board, from a run."),
    "country": ("clearband.cli.report.country", "Brief about a country, from the facts."),
    "section-889": (
        "clearband.cli.report.section_889",
        "Worksheet for the representations of FAR 52.204-24, from a run.",
    ),
    "section-889-report": (
        "clearband.cli.report.section_889_report",
        "Drafts of the reports of FAR 52.204-25(d), from a run.",
    ),
    "evidence": ("clearband.cli.report.evidence", "Evidence pack for an auditor, from a run."),
    "fcc-annual": (
        "clearband.cli.report.fcc_annual",
        "Worksheet for the yearly report to the FCC on covered equipment, from a run.",
    ),
    "reimbursement": (
        "clearband.cli.report.reimbursement",
        "Worksheet for a request to the reimbursement programme, from a run or a plan.",
    ),
}


@click.group("report", cls=LazyGroup, verbs=VERBS)
def command() -> None:
    """Write briefs and filings as drafts: what the data says, and visibly empty what it does not say."""
