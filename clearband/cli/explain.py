"""``clearband explain``: why one record of a finished run has its answer, step by step."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("explain")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("record_id")
def command(folder: Path, record_id: str) -> None:
    """Explain the record RECORD_ID of the run in DIR (written by screen --out)."""
    from clearband.register import load_register
    from clearband.reports.folder import read_on_lists, read_record
    from clearband.reports.terminal import print_explanation

    record, findings, drafts = read_record(folder, record_id)
    sources = load_register().sources
    on_lists = read_on_lists(folder, record_id)
    print_explanation(record, findings, drafts_rows=drafts, on_lists=on_lists, sources=sources)
