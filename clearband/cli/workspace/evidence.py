"""``clearband workspace evidence``: a run with what the team said of it, for an auditor."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.workspace.options import Place, workspace_options


@click.command("evidence")
@click.argument("run_id", metavar="RUN")
@workspace_options
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Archive to write (.zip)."
)
def command(run_id: str, folder: Path, database: str | None, out: Path) -> None:
    """Write an evidence pack of RUN: its files, clauses, sources, the team's decisions, and the audit trail.

    RUN is the key that stands in the address of its page. The pack holds the whole trail, so that an auditor
    can check it without the workspace.
    """
    from clearband.errors import UsageError

    if out.suffix.lower() != ".zip":
        raise UsageError(f'"{out.name}" does not end with .zip', where="--out", remedy="name a .zip file")
    with Place(folder, database).opened() as workspace:
        from clearband.reports.filings.evidence import write_pack
        from clearband.reports.filings.screened import read_screened
        from clearband.reports.plain_text import count
        from clearband.workspace.evidence import team_files

        extra = team_files(workspace, run_id)
        pack = write_pack(read_screened(workspace.run_folder(run_id)), out, extra)
    click.echo(f"{out}: {count(len(pack.manifest.files) + 2, 'file')}")
    click.echo(f"  SHA-256 of the archive:   {pack.sha256}")
    click.echo(f"  SHA-256 of SHA256SUMS:    {pack.sums_sha256}")
