"""``clearband approved sign``: a decider's signature on a drafted step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearband.cli.approved.options import key_options, list_option, passphrases
from clearband.errors import UsageError

if TYPE_CHECKING:
    from clearband.model.authority import Authority
    from clearband.model.listing import ListEvent


@click.command("sign")
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@list_option
@key_options
def command(draft: Path, folder: Path, keys: tuple[str, ...], passphrase_files: tuple[Path, ...]) -> None:
    """Add a decider's signature to DRAFT, after showing what is signed."""
    from clearband.listing.as_of import in_words
    from clearband.listing.keys import sign
    from clearband.listing.record import ListFolder, draft_text, read_draft
    from clearband.listing.signatures import require_extra
    from clearband.reports.plain_text import visible
    from clearband.reports.whole_file import whole_file

    if not keys:
        raise UsageError("nobody signs", remedy="name a key with --key")
    require_extra()
    event = read_draft(draft)
    authority = ListFolder(folder).replayed(changing=event.terms is not None).authority
    ask = passphrases(keys, passphrase_files)
    click.echo(visible(f"{event.entry}: {in_words(event).rpartition(' (event')[0]}", 2000))
    for line in _closer(event, authority):
        click.echo(f"  {visible(line, 2000)}")
    for key in keys:
        event = sign(event, key, authority, ask)
    with whole_file(draft) as staged:
        staged.write_text(
            json.dumps(draft_text(event), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    click.echo(f"{len(event.signatures)} of {authority.quorum} signatures are on {draft}")


def _closer(event: ListEvent, authority: Authority) -> Iterator[str]:
    """What of a step is signed beside its line of words."""
    for name in ("until", "evidence_until", "remove_by", "reply_until"):
        if day := getattr(event, name):
            yield f"{name.replace('_', ' ')} {day}"
    for one in event.conditions:
        late = f", then {one.if_late}" if one.if_late else ""
        yield f"condition {one.id}: {one.text}, by {one.owner}, due {one.due}{late}; proof: {one.proof}"
    for key in event.depends:
        yield f"hangs on {key}"
    if event.subject is not None:
        yield f"subject {event.subject}"
    if event.terms is not None:
        from clearband.listing.authority import differences

        yield from differences(authority, event.terms)
