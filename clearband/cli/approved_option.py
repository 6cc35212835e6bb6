"""Approved lists for a screening, as they stand on the day of the questions: folders and published ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearband.errors import InputError, UsageError

if TYPE_CHECKING:
    from clearband.directives.question import Questions
    from clearband.listing.verify import Verified
    from clearband.screening.approved_list import ApprovedList

_ROOT = "name the first trusted root with --approved-root"


def approved_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of approved lists."""
    for option in (
        click.option(
            "--approved-state",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Where to keep what was seen of published lists, against rollback. Default: the user's "
            "state folder, as for approved verify.",
        ),
        click.option(
            "--approved-root",
            "approved_roots",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The first trusted root of a published list; one for each that is published, in turn, or "
            "one for all.",
        ),
        click.option(
            "--approved",
            "approved",
            multiple=True,
            metavar="LIST",
            help="An approved list: what it lets us buy, expand, keep, or asks us to replace. The address or "
            "folder of a published one, which is verified first, or an authority's own folder; several "
            "allowed.",
        ),
    ):
        command = option(command)
    return command


def approved_lists(
    sources: tuple[str, ...], roots: tuple[Path, ...], state: Path | None, questions: Questions
) -> tuple[ApprovedList, ...]:
    """The lists as of the day asked about, with the knowledge asked for.

    Raises:
        UsageError: Roots are missing, or too many.
        InputError: There is no list, its log is broken, or what is published is not to be trusted.
    """
    published = [_repository(one) for one in sources]
    wanted = [one for one in published if one is not None]
    if not wanted and (roots or state):
        raise UsageError(
            "a root is for a published list, and none was named" if sources else "there is no --approved",
            remedy="name its address, or the folder that approved publish or approved fetch wrote",
        )
    if wanted and not roots:
        raise UsageError("it is published, and must be verified first", where=wanted[0], remedy=_ROOT)
    if len(roots) not in (0, 1, len(wanted)):
        raise UsageError(f"{len(roots)} roots for {len(wanted)} published lists", remedy="one each, or one")
    if state and len(set(roots)) > 1:
        raise UsageError("--approved-state keeps what was seen under one root", remedy="leave it out")
    root_of = iter(roots if len(roots) == len(wanted) else roots * len(wanted))
    found: list[ApprovedList] = []
    for source, address in zip(sources, published, strict=True):
        if address is None:
            found.append(_of_folder(Path(source), questions, None))
        else:
            found += _of_repository(address, next(root_of), state, questions)
    return tuple(found)


def _repository(source: str) -> str | None:
    """Address or folder of the repository that is meant; None for an authority's own folder.

    Raises:
        InputError: There is no such folder.
    """
    if source.startswith(("http://", "https://")):
        return source
    if not Path(source).is_dir():
        raise InputError("there is no approved list: no such folder", where=source)
    for folder in (Path(source), Path(source) / "repository"):
        if (folder / "metadata").is_dir():
            return str(folder)
    return None


def _of_repository(source: str, root: Path, state: Path | None, questions: Questions) -> list[ApprovedList]:
    from clearband.cli.approved.publishing import now, verified

    moment = now()
    if questions.known_on is not None:
        # What was known on a day is asked of what was fresh at its end.
        moment = min(moment, datetime.combine(questions.known_on, time(23, 59, 59), UTC))
    _, lists, _ = verified(source, root, None, state, allow_stale=False, quick=False, moment=moment)
    trusted = hashlib.sha256(root.read_bytes()).hexdigest()
    return [_of_folder(one.folder, questions, _published(one, trusted)) for one in lists]


def _of_folder(folder: Path, questions: Questions, published: dict[str, Any] | None) -> ApprovedList:
    from clearband.listing.as_of import as_of
    from clearband.listing.record import ListFolder
    from clearband.screening.approved_list import ApprovedList

    found = ListFolder(folder).replayed(questions.known_on)
    authority = found.authority
    return ApprovedList(
        authority.id,
        authority.title,
        questions.on,
        tuple(as_of(found, questions.on)),
        found.count,
        found.head,
        authority.grants,
        published,
    )


def _published(one: Verified, root: str) -> dict[str, Any]:
    log = one.header["log"]
    return {
        "version": one.version,
        "on": one.header["on"],
        "fresh_until": one.fresh_until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "log": {"size": log["size"], "root": log["root"]},
        "recomputed": one.recomputed,
        "root_sha256": root,
    }
