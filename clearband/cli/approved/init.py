"""``clearband approved init``: begin a list."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import click

from clearband.cli.dates import Day, today
from clearband.errors import FactsError, InputError, OutputError, UsageError


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--id", "name", required=True, help="Id of the authority, in small letters.")
@click.option("--title", required=True, help="Its name.")
@click.option(
    "--decider",
    "deciders",
    multiple=True,
    required=True,
    metavar="OFFICE=FILE",
    help="An office or organisation that decides, never a person, and its public key (FILE.pub of "
    "clearband approved key).",
)
@click.option("--quorum", type=click.IntRange(2), default=2, show_default=True, help="Least signatures.")
@click.option(
    "--reply-days", type=click.IntRange(0, 365), default=30, show_default=True, help="Days for a reply."
)
@click.option("--profile", help="Id of the profile of criteria that it assesses with.")
@click.option("--since", type=Day(), help="First day on which the keys decide. Default: today.")
def command(
    folder: Path,
    name: str,
    title: str,
    deciders: tuple[str, ...],
    quorum: int,
    reply_days: int,
    profile: str | None,
    since: date | None,
) -> None:
    """Begin a list in DIR: authority.yaml with the deciders' public keys, and the log, begun by them.

    Nobody signs that event: tell its hash (approved check) or publish it, so that it cannot be made anew.
    """
    import yaml

    from clearband.listing.authority import read_authority
    from clearband.listing.record import ListFolder, begin

    keys = [_decider(text, since or today()) for text in deciders]
    if len({key["id"] for key in keys}) < quorum:
        raise UsageError(f"fewer deciders than the quorum of {quorum}", remedy="name more with --decider")
    content = {"id": name, "title": title, "quorum": str(quorum), "reply_days": str(reply_days)}
    if profile:
        content["profile"] = profile
    if (folder / "authority.yaml").exists() or (folder / "log.jsonl").exists():
        raise OutputError("a list is there already", where=str(folder), remedy="name another folder")
    with tempfile.TemporaryDirectory() as name_of_folder:
        staged = Path(name_of_folder) / "authority.yaml"
        text = yaml.safe_dump({**content, "deciders": keys}, sort_keys=False, allow_unicode=True)
        staged.write_text(text, encoding="utf-8")
        try:
            authority = read_authority(staged)
        except FactsError as error:
            raise InputError(error.what, where=str(folder / "authority.yaml"), remedy=error.remedy) from None
    begin(ListFolder(folder), authority)
    click.echo(f"{title}: {len(keys)} deciders, {quorum} must sign; the list is in {folder}")


def _decider(text: str, since: date) -> dict[str, str]:
    office, separator, file = text.partition("=")
    if not separator:
        raise InputError(f'"{text}" is no decider', remedy="write OFFICE=FILE.pub")
    try:
        raw = json.loads(Path(file).read_text(encoding="utf-8"))
        key = {part: str(raw[part]) for part in ("keyid", "scheme", "public")}
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=file) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(
            "it is no public key", where=file, remedy="clearband approved key writes one"
        ) from None
    return {"id": office, **key, "since": since.isoformat()}
