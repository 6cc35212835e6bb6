"""``clearband approved key``: a decider's key."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.approved.options import passphrase_of
from clearband.errors import OutputError


@click.command("key")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File with the passphrase. Default: the variable CLEARBAND_PASSPHRASE, or a question.",
)
def command(file: Path, passphrase_file: Path | None) -> None:
    """Make an ed25519 key: FILE, encrypted, stays with the decider; FILE.pub goes to the authority."""
    import os

    from clearband.listing.keys import new_key
    from clearband.listing.signatures import require_extra
    from clearband.reports.whole_file import whole_file

    require_extra()
    public = file.with_name(f"{file.name}.pub")
    if public.exists():
        raise OutputError("it exists already", where=str(public), remedy="name another file")
    if passphrase_file is not None:
        passphrase = passphrase_of(passphrase_file)
    else:
        passphrase = os.environ.get("CLEARBAND_PASSPHRASE") or click.prompt(
            "Passphrase", hide_input=True, confirmation_prompt=True, err=True
        )
    made = new_key(file, passphrase)
    with whole_file(public) as staged:
        staged.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{file}: key {made['keyid'][:12]}, encrypted; {public} goes to the authority")
