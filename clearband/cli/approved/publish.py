"""``clearband approved publish``: a list into a repository that anyone can verify."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.approved.options import key_options, list_option
from clearband.cli.approved.publishing import now, repository_argument, require_tuf, signers
from clearband.cli.dates import Day, today
from clearband.errors import UsageError

if TYPE_CHECKING:
    from clearband.listing.record import ListFolder
    from clearband.listing.replay import Replay
    from clearband.model.listing import Listing


PUBLISHED: Final = (
    "published-list", "published-record", "published-key", "published-proof", "published-head",
)  # fmt: skip
"""Schemas that are published with the list."""


@click.command("publish")
@repository_argument
@list_option
@key_options
@click.option(
    "--online-key", "online", required=True, metavar="FILE|URI", help="Key of snapshot and timestamp."
)
@click.option("--on", type=Day(), help="Day of the list. Default: today.")
@click.option(
    "--assessment",
    "assessments",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An assessment to publish with the list, under its hash.",
)
@click.option(
    "--oscal/--no-oscal",
    default=None,
    help="Whether the list goes out as OSCAL, too. Default: up to 50,000 entries, with the extra `oscal`.",
)
@click.option("--note", help="What readers of the page must know of the list as a whole.")
@click.option(
    "--valid-days", type=click.IntRange(1, 400), default=90, show_default=True, help="Life of the list."
)
@click.option(
    "--fresh-days",
    type=click.IntRange(1, 30),
    default=1,
    show_default=True,
    help="Life of the timestamp: how long a frozen copy is taken for fresh.",
)
@click.option(
    "--refresh", is_flag=True, help="Only sign snapshot and timestamp anew, with the online key alone."
)
def command(
    repository: Path,
    folder: Path,
    keys: tuple[str, ...],
    passphrase_files: tuple[Path, ...],
    online: str,
    on: date | None,
    assessments: tuple[Path, ...],
    oscal: bool | None,
    note: str | None,
    valid_days: int,
    fresh_days: int,
    refresh: bool,
) -> None:
    """Publish the list in REPOSITORY, a folder that any web server can hand out.

    As many deciders as the quorum must sign (--key). The publication is in force at once or not at all.
    """
    require_tuf()
    from clearband.listing import publish as publishing
    from clearband.listing.record import ListFolder
    from clearband.listing.repository_files import RepositoryFiles
    from clearband.listing.repository_roles import Lives, keys_of_authority, root_keys_of

    files, moment = RepositoryFiles(repository), now()
    lives = Lives(authority=valid_days, snapshot=max(7, fresh_days), timestamp=fresh_days)
    if refresh:
        _, key = signers((), online, passphrase_files, [root_keys_of(files).online])
        assert key is not None
        version = publishing.refresh(files, key, lives, moment)
        click.echo(f"{repository}: snapshot {version}, fresh for {fresh_days} more days")
        return
    day = on or today()
    if day > today():
        raise UsageError(f"{day} has not come", remedy="a list is published as of a day until today")
    place = ListFolder(folder)
    found = place.replayed()
    known = [*keys_of_authority(found.authority, moment.date()), root_keys_of(files).online]
    officers, key = signers(keys, online, passphrase_files, known)
    assert key is not None
    with publishing.staging(files) as staged:
        names, extra = _made(staged, found, place, day, assessments, note, oscal)
        done = publishing.publish(
            files, found.authority, staged / "content", names, extra, officers, key, lives, moment
        )
    click.echo(
        f"{repository}: {found.authority.title} on {day}, version {done.version}: {done.targets} files, "
        f"{done.new_bytes:,} bytes of them new"
    )


def _made(
    staged: Path,
    found: Replay,
    place: ListFolder,
    day: date,
    assessments: tuple[Path, ...],
    note: str | None,
    oscal: bool | None,
) -> tuple[tuple[str, ...], dict[str, Path]]:
    from clearband.facts.store import ROOT
    from clearband.listing import standalone_verifier
    from clearband.listing.as_of import as_of
    from clearband.listing.content import AUTHORITY_FILE, BEFORE_DECISION
    from clearband.listing.log import read_log
    from clearband.listing.statistics import statistics
    from clearband.listing.verify import make_content
    from clearband.model.canonical import canonical
    from clearband.reports.published.page import write_page
    from clearband.reports.published.table import write_table
    from clearband.reports.terminal.approved_statistics import statistics_json

    content = staged / "content"
    content.mkdir()
    made = make_content(content, found, day, (line.raw for line in read_log(place.log)))
    listings: list[Listing] = [one for one in as_of(found, day) if one.state not in BEFORE_DECISION]
    table = write_table(listings, staged)
    page = write_page(
        listings, staged, title=found.authority.title, on=day, note=note, log=made.header["log"]
    )
    extra = {name: staged / name for name in (table, page)}
    extra |= _oscal(oscal, content, made.header, staged)
    extra[AUTHORITY_FILE] = place.folder / AUTHORITY_FILE
    (staged / "statistics.json").write_bytes(
        canonical(statistics_json(found.authority, statistics(found, None, day)))
    )
    extra["statistics.json"] = staged / "statistics.json"
    extra["verify_list.py"] = Path(standalone_verifier.__file__)
    for name in ("approved-list", "approved-statistics", "listing-event", *PUBLISHED):
        extra[f"schemas/{name}.schema.json"] = ROOT / "schemas" / f"{name}.schema.json"
    for path in assessments:
        extra |= _assessment(path, staged)
    return made.names, extra


def _oscal(asked: bool | None, content: Path, header: dict[str, Any], staged: Path) -> dict[str, Path]:
    from clearband.errors import MissingExtraError
    from clearband.reports.published.oscal import UNASKED, write_oscal

    if asked is False:
        return {}
    if asked is None and header["entries"]["count"] > UNASKED:
        click.echo(f"not written as OSCAL: more than {UNASKED:,} entries; --oscal writes it", err=True)
        return {}
    try:
        return write_oscal(content, header, staged)
    except MissingExtraError as error:
        if asked:
            raise
        click.echo(f"not written as OSCAL: {error.one_line()}", err=True)
        return {}


def _assessment(path: Path, staged: Path) -> dict[str, Path]:
    from clearband.assess.document import hash_of, read_assessment, written

    held = read_assessment(path)
    name = f"{hash_of(held)}.json"
    (staged / name).write_bytes(written(held)[:-1])  # without the line end: the bytes that decisions name
    return {f"assessments/{name}": staged / name}
