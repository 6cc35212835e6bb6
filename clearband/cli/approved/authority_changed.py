"""``clearband approved authority-changed``: who decides, and by which rules, from now on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from clearband.cli.approved.options import key_options, list_option
from clearband.cli.dates import today
from clearband.errors import UsageError

CAUSES: Final = ("deciders-changed", "keys-changed", "rules-changed")


@click.command("authority-changed")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--cause", type=click.Choice(CAUSES), help="Code of the cause.")
@click.option("--text", help="Reasons in words.")
@list_option
@key_options
@click.option(
    "--draft",
    "draft_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the step to FILE for deciders to sign, and record nothing.",
)
@click.option(
    "--as-recorded", is_flag=True, help="Write authority.yaml as the log has it, and record nothing."
)
def command(
    file: Path | None,
    cause: str | None,
    text: str | None,
    folder: Path,
    keys: tuple[str, ...],
    passphrase_files: tuple[Path, ...],
    draft_file: Path | None,
    as_recorded: bool,
) -> None:
    """Record that the authority becomes what FILE says. Default: the list's own authority.yaml, edited.

    The quorum signs as it was before, with the keys from before. The change holds from its recording: what
    was decided before is judged by what held then, and no new key decides from an earlier day.
    """
    from clearband.cli.approved.step import finished
    from clearband.listing.authority import read_authority
    from clearband.listing.record import ListFolder, draft, fitting, write_authority
    from clearband.listing.refused import StepRefusedError
    from clearband.listing.replay import CHANGE
    from clearband.listing.signatures import require_extra
    from clearband.model.listing import Ground

    require_extra()
    place = ListFolder(folder)
    found = place.replayed(changing=True)
    if as_recorded:
        write_authority(place, found.authority)
        click.echo(f"{place.authority_file} is as the log has it")
        return
    if cause is None or not text:
        raise UsageError("a change needs --cause and --text", remedy=f"causes are {', '.join(CAUSES)}")
    terms = read_authority(file or place.authority_file)
    parts = {"effective": today(), "cause": cause, "terms": terms, "ground": Ground(text=text)}
    event = fitting(draft(found, CHANGE, found.authority.id, **parts))
    try:
        found.require_change(event)
    except StepRefusedError as error:
        from clearband.errors import InputError

        raise InputError(error.what, where=str(file or place.authority_file), remedy=error.remedy) from None
    finished(place, found, event, keys, passphrase_files, draft_file)
