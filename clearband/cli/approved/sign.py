"""``clearband approved sign``: a decider's signature on a drafted step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from clearband.cli.approved.options import key_options, list_option, passphrases
from clearband.errors import UsageError

_SHOWN: Final = ("subject", "until", "evidence_until", "remove_by", "reply_until", "conditions", "depends")
"""Parts of what is signed that one line of words does not hold."""


@click.command("sign")
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@list_option
@key_options
def command(draft: Path, folder: Path, keys: tuple[str, ...], passphrase_files: tuple[Path, ...]) -> None:
    """Add a decider's signature to DRAFT, after showing what is signed."""
    from clearband.listing.as_of import in_words
    from clearband.listing.keys import sign
    from clearband.listing.record import ListFolder, draft_text, read_draft
    from clearband.listing.signatures import body_of, require_extra
    from clearband.reports.plain_text import visible
    from clearband.reports.whole_file import whole_file

    if not keys:
        raise UsageError("nobody signs", remedy="name a key with --key")
    require_extra()
    event, authority = read_draft(draft), ListFolder(folder).authority()
    ask = passphrases(keys, passphrase_files)
    click.echo(visible(f"{event.entry}: {in_words(event).rpartition(' (event')[0]}", 2000))
    for name, value in body_of(event).items():
        if name in _SHOWN and value:
            click.echo(visible(f"  {name:<14} {value}", 2000))
    for key in keys:
        event = sign(event, key, authority, ask)
    with whole_file(draft) as staged:
        staged.write_text(
            json.dumps(draft_text(event), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    click.echo(f"{len(event.signatures)} of {authority.quorum} signatures are on {draft}")
