"""``clearband explain``: why one record of a finished run has its answer, step by step."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.enterprise_option import enterprise_option, register_with
from clearband.cli.facts_option import facts_option


@click.command("explain")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("record_id")
@facts_option
@enterprise_option
def command(folder: Path, record_id: str, facts: tuple[Path, ...], enterprise_numbers: Path | None) -> None:
    """Explain the record RECORD_ID of the run in DIR (written by screen --out).

    In a run in parts (--stream) a record is named by its id, or by FILE!ROW; --facts and
    --enterprise-numbers are given as to the run.
    """
    from clearband.register import load_register
    from clearband.reports.folder import read_on_lists, read_record
    from clearband.reports.terminal import print_explanation
    from clearband.runs.explained import is_run_in_parts, record_in_parts

    if is_run_in_parts(folder):
        from clearband.cli.facts_option import law_in_use

        register, numbers = register_with(enterprise_numbers)
        use = law_in_use(facts)
        record, findings, drafts = record_in_parts(
            folder, record_id, register, use.law, own_facts=use.own_facts, enterprise_numbers=numbers
        )
        print_explanation(record, findings, drafts_rows=drafts, sources=register.sources)
        return
    record, findings, drafts = read_record(folder, record_id)
    sources = load_register().sources
    on_lists = read_on_lists(folder, record_id)
    print_explanation(record, findings, drafts_rows=drafts, on_lists=on_lists, sources=sources)
