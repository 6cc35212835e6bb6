"""What the commands that publish and verify share: keys, moments, the state of a consumer."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearband.errors import InputError, MissingExtraError, UsageError, install_extra

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer

    from clearband.listing.repository_client import RepositoryClient
    from clearband.listing.verify import Verified


def require_tuf() -> None:
    """Refuse to go on without python-tuf.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import cryptography  # noqa: F401
        import tuf  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "publishing and verifying need tuf and cryptography, which are not installed",
            where="clearband approved",
            remedy=install_extra("list"),
        ) from None


def now() -> datetime:
    """This moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def signers(
    keys: Sequence[str], online: str | None, files: tuple[Path, ...], known: Sequence[Key]
) -> tuple[list[Signer], Signer | None]:
    """The signers of ``--key`` and of ``--online-key``.

    Raises:
        InputError: A key cannot be used.
        UsageError: The passphrase files do not fit.
    """
    from clearband.cli.approved.options import passphrases
    from clearband.listing.keys import signer_of

    every = (*keys, *([online] if online else []))
    ask = passphrases(every, files)
    by_id = {one.keyid: one for one in known}
    made = [signer_of(key, by_id, ask) for key in every]
    return (made[:-1], made[-1]) if online else (made, None)


def repository_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument REPOSITORY, a folder."""
    return click.argument("repository", metavar="REPOSITORY", type=click.Path(path_type=Path))(command)


def consumer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of those who verify."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option(
            "--quick", is_flag=True, help="Do not make the list anew from its log; all else is checked."
        ),
        click.option(
            "--allow-stale",
            is_flag=True,
            help="Use what is expired or was seen before where nothing fresh is there; it is marked.",
        ),
        click.option(
            "--state",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Where to keep what was seen, against rollback. Default: the user's state folder.",
        ),
        click.option("--authority", "only", metavar="ID", help="Only the list of this authority."),
        click.option(
            "--root",
            required=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The first trusted root, from the authority by a way that you trust.",
        ),
    ):
        command = option(command)
    return command


def verified(
    source: str,
    root: Path,
    only: str | None,
    state: Path | None,
    allow_stale: bool,
    quick: bool,
    moment: datetime | None = None,
) -> tuple[RepositoryClient, list[Verified], Path]:
    """The verified lists of a repository, its client and the folder of what was seen.

    Args:
        moment: The moment by which freshness is judged; None for this one.

    Raises:
        PublicationRefusedError: They are not to be trusted.
        InputError: The root cannot be read.
        UsageError: There is no place for what is seen.
    """
    require_tuf()
    from clearband.listing.verify import verify
    from clearband.reports.published.oscal import made_anew

    try:
        trusted = root.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(root)) from None
    place = state or state_home() / "lists" / hashlib.sha256(trusted).hexdigest()[:32]
    client, found = verify(
        source,
        trusted,
        place,
        moment or now(),
        only=only,
        allow_stale=allow_stale,
        recompute=not quick,
        beside=made_anew,
    )
    return client, found, place


def state_home() -> Path:
    """The folder for what must not be lost (XDG Base Directory specification).

    Raises:
        UsageError: This user has none.
    """
    base = os.environ.get("XDG_STATE_HOME")
    try:
        return Path(base) / "clearband" if base else Path.home() / ".local" / "state" / "clearband"
    except RuntimeError:
        raise UsageError(
            "there is no folder to keep what was seen, against rollback", remedy="name one with --state"
        ) from None


def said(one: Verified) -> list[str]:
    """What was verified, in lines."""
    header = one.header
    log = header["log"]
    again = "made anew from its log" if one.recomputed else "not made anew from its log"
    counts = f"{header['entries']['count']} entries, {header['keys']['count']} keys, {log['size']} events"
    lines = [
        f"{header['title']} ({one.authority}) on {header['on']}: {counts}; {again}",
        f"  version {one.version}, fresh until {one.fresh_until:%Y-%m-%d %H:%M} UTC",
        f"  root of the log {log['root']}",
    ]
    if not one.recomputed:
        lines.append(
            "  NOT RECOMPUTED: that its events make this list was not checked (--quick, or other rules)"
        )
    if one.beside is False:
        lines.append("  the list as OSCAL was made by another version: signed, not made anew")
    return [*lines, f"  STALE: {one.stale}"] if one.stale else lines


def said_json(one: Verified) -> dict[str, Any]:
    """What was verified, as plain JSON values."""
    header = one.header
    return {
        "authority": one.authority,
        "title": header["title"],
        "on": header["on"],
        "entries": header["entries"]["count"],
        "keys": header["keys"]["count"],
        "log": {key: header["log"][key] for key in ("size", "root", "last")},
        "version": one.version,
        "fresh_until": one.fresh_until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "stale": one.stale,
        "recomputed": one.recomputed,
        "oscal_recomputed": one.beside,
    }
