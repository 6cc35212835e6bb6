"""``clearband report evidence``: a run with what it rests on, for an auditor."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.report.options import run_option


@click.command("evidence")
@run_option
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Archive to write (.zip)."
)
def command(run: Path, out: Path) -> None:
    """Write an evidence pack for an auditor: the files of a run, clauses and sources, and a list of hashes.

    Open index.html in it first. The same run and facts give the same bytes.
    """
    from clearband.errors import UsageError
    from clearband.reports.filings.evidence import write_pack
    from clearband.reports.filings.form import DRAFT
    from clearband.reports.filings.screened import read_screened
    from clearband.reports.plain_text import count

    if out.suffix.lower() != ".zip":
        raise UsageError(f'"{out.name}" does not end with .zip', where="--out", remedy="name a .zip file")
    pack = write_pack(read_screened(run), out)
    click.echo(f"{out}: {count(len(pack.manifest.files) + 2, 'file')}")
    click.echo(f"  SHA-256 of the archive:   {pack.sha256}")
    click.echo(f"  SHA-256 of SHA256SUMS:    {pack.sums_sha256}")
    for name in pack.manifest.left_out:
        click.echo(f"  not packed, because the run did not write it: {name}")
    click.echo(
        f"  {DRAFT}. Keep one of the hashes elsewhere: who can change the archive can change them in it."
    )
