"""``clearband approved keys show``: who signs what."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.approved.publishing import repository_argument, require_tuf


@click.command("show")
@repository_argument
def command(repository: Path) -> None:
    """Show the roles of REPOSITORY: version, end of life, how many of which keys sign."""
    require_tuf()
    from clearband.listing.repository_files import RepositoryFiles
    from clearband.listing.repository_show import roles_of

    for role in roles_of(RepositoryFiles(repository)):
        keys = ", ".join(one[:12] for one in role.keyids)
        click.echo(
            f"{role.name:<24} version {role.version}, until {role.expires:%Y-%m-%d %H:%M} UTC, "
            f"{role.threshold} of {len(role.keyids)}: {keys}"
        )
