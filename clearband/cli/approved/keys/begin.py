"""``clearband approved keys begin``: a repository with its first root."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.approved.keys.options import root_options
from clearband.cli.approved.options import key_options
from clearband.cli.approved.publishing import now, repository_argument, require_tuf, signers
from clearband.errors import UsageError


@click.command("begin")
@repository_argument
@root_options
@key_options
@click.option(
    "--online-key",
    "online",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.pub",
    help="Public key that signs snapshot and timestamp.",
)
@click.option(
    "--copy-root",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a copy of the first root here, for those who will verify.",
)
def command(
    repository: Path,
    lists: tuple[Path, ...],
    root_keys: tuple[Path, ...],
    threshold: int | None,
    valid_days: int,
    keys: tuple[str, ...],
    passphrase_files: tuple[Path, ...],
    online: Path,
    copy_root: Path | None,
) -> None:
    """Begin a repository in the folder REPOSITORY.

    As many of the root's keys as the threshold must sign (--key). Consumers must get the first root by a way
    that they trust; all else follows from it.
    """
    require_tuf()
    from clearband.listing.keys import read_public_key
    from clearband.listing.publish import begin
    from clearband.listing.record import ListFolder
    from clearband.listing.repository_files import RepositoryFiles
    from clearband.listing.repository_roles import Lives, RootKeys
    from clearband.reports.whole_file import whole_file

    if not root_keys or not lists:
        raise UsageError("a root needs keys and a list", remedy="give --root-key and --list")
    made = RootKeys([read_public_key(one) for one in root_keys], threshold or 2, read_public_key(online))
    authorities = [ListFolder(one).replayed().authority for one in lists]
    officers, _ = signers(keys, None, passphrase_files, made.officers)
    files = RepositoryFiles(repository)
    root = begin(files, made, authorities, officers, Lives(root=valid_days), now())
    if copy_root is not None:
        with whole_file(copy_root) as staged:
            staged.write_bytes(root.read_bytes())
    named = ", ".join(one.title for one in authorities)
    click.echo(
        f"{repository}: root of {len(made.officers)} keys, {made.threshold} must sign; {named} may publish; "
        f"the first root is {copy_root or root}"
    )
