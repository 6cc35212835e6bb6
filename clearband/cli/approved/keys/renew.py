"""``clearband approved keys renew``: a new root."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from clearband.cli.approved.keys.options import root_options
from clearband.cli.approved.options import key_options
from clearband.cli.approved.publishing import now, repository_argument, require_tuf, signers


@click.command("renew")
@repository_argument
@root_options
@key_options
@click.option(
    "--online-key", "online", required=True, metavar="FILE|URI", help="Key of snapshot and timestamp."
)
@click.option(
    "--new-online-key",
    "new_online",
    type=click.Path(path_type=Path),
    metavar="FILE.pub",
    help="Public key that takes the place of the online key; --online-key is then the new one.",
)
def command(
    repository: Path,
    lists: tuple[Path, ...],
    root_keys: tuple[Path, ...],
    threshold: int | None,
    valid_days: int,
    keys: tuple[str, ...],
    passphrase_files: tuple[Path, ...],
    online: str,
    new_online: Path | None,
) -> None:
    """Sign a new root of REPOSITORY: for longer, with other keys, or for other deciders of a list.

    A threshold of the keys before must sign, and one of the new keys. With --list, all authorities that may
    publish are named anew.
    """
    require_tuf()
    from clearband.listing.keys import read_public_key
    from clearband.listing.publish import renew
    from clearband.listing.record import ListFolder
    from clearband.listing.repository_files import RepositoryFiles
    from clearband.listing.repository_roles import Lives, root_keys_of

    files = RepositoryFiles(repository)
    before = made = root_keys_of(files)
    if root_keys:
        made = replace(made, officers=[read_public_key(one) for one in root_keys])
    made = replace(made, threshold=threshold or made.threshold)
    if new_online:
        made = replace(made, online=read_public_key(new_online))
    authorities = [ListFolder(one).replayed().authority for one in lists] or None
    known = [*before.officers, *made.officers, made.online]
    officers, key = signers(keys, online, passphrase_files, known)
    assert key is not None
    lives = Lives(root=valid_days)
    version = renew(files, officers, key, lives, now(), keys=made, authorities=authorities)
    click.echo(f"{repository}: root {version}, {len(made.officers)} keys, {made.threshold} must sign")
