"""Verifying a published list: fresh, signed by enough, whole, grown, and what its log makes of it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from clearband.errors import ClearbandError
from clearband.listing.absence import keys_of_record, place_of
from clearband.listing.as_of import as_of
from clearband.listing.authority import read_authority
from clearband.listing.content import (
    AUTHORITY_FILE,
    HEADER,
    Content,
    grouped_leaves,
    rules_hash,
    write_content,
)
from clearband.listing.content_read import key_leaves, log_of, part_lines, parts_of, read_header
from clearband.listing.durable import write_durably
from clearband.listing.heads import HEAD
from clearband.listing.log import read_log
from clearband.listing.next_date import NextDates
from clearband.listing.record import check_forms
from clearband.listing.replay import Replay, replay
from clearband.listing.repository_client import (
    ExpiredError,
    PublicationRefusedError,
    RepositoryClient,
    UnreachableError,
)
from clearband.listing.repository_roles import AUTHORITIES
from clearband.listing.spill import Spill
from clearband.model.canonical import canonical
from clearband.model.days import day_of

LOG: Final = "log.jsonl"
_CLOCKS: Final = timedelta(hours=14)
"""How far ahead of UTC a day may be that has begun somewhere."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A list that was verified.

    Attributes:
        folder: Where its files are: ``list.json``, the parts, ``log.jsonl``, ``authority.yaml``.
        header: Its header.
        version: Of the authority's metadata.
        fresh_until: When the first of the metadata expires.
        stale: Why it is not fresh, where stale use was asked for; None: it is fresh.
        recomputed: Whether the list was made anew from its log and came out the same.
        beside: Whether what is generated beside the list was made anew from it; None: there is no such thing,
            or nobody looked.
    """

    authority: str
    folder: Path
    header: dict[str, Any]
    version: int
    fresh_until: datetime
    stale: str | None
    recomputed: bool
    beside: bool | None = None


Beside = Callable[[Path, dict[str, Any], Iterable[str]], bool | None]
"""Holds what is generated beside a list against it: its folder, its header, the names of its files."""


def verify(
    source: str,
    root: bytes,
    state: Path,
    now: datetime,
    *,
    only: str | None = None,
    allow_stale: bool = False,
    recompute: bool = True,
    beside: Beside = lambda *_: None,
) -> tuple[RepositoryClient, list[Verified]]:
    """Fetch what is new of a repository and verify all of it.

    Args:
        source: Address or folder.
        root: The first trusted root.
        state: Folder of what was seen before, against rollback.
        now: The moment.
        only: Id of the one authority whose list is wanted.
        allow_stale: Use what is expired or was seen before, marked as such, where nothing fresh is there.
        recompute: Make the list anew from its log.
        beside: What looks at what is generated beside the list.

    Returns:
        The client, and the lists by authority.

    Raises:
        PublicationRefusedError: It is not to be trusted; says why.
    """
    client, stale = _refreshed(source, root, state, now, allow_stale)
    named = _json(client.get(AUTHORITIES))
    try:
        ids = [str(one["id"]) for one in named["authorities"]]
    except (KeyError, TypeError):
        raise PublicationRefusedError(f"{AUTHORITIES} names no authorities", where=source) from None
    if only is not None and only not in ids:
        raise PublicationRefusedError(
            f"{only} publishes nothing here", where=source, remedy=f"there are {', '.join(ids)}"
        )
    look = (
        _verified(client, one, state, stale, recompute, now, beside) for one in ids if only in (None, one)
    )
    found = list(look)
    if stale is None and client.fresh_until() <= now:  # loaded, and over while this ran
        raise ExpiredError("it expired meanwhile", where=source, remedy="fetch again")
    for one in found:
        head = {key: one.header["log"][key] for key in ("size", "root")}
        head["published"] = _json(one.folder / HEAD).get("published", "")
        write_durably(state / "heads" / f"{one.authority}.json", canonical(head))
    return client, found


def _refreshed(
    source: str, root: bytes, state: Path, now: datetime, allow_stale: bool
) -> tuple[RepositoryClient, str | None]:
    try:
        client = RepositoryClient(source, root, state, now)
        client.refresh()
        return client, None
    except (ExpiredError, UnreachableError) as error:
        if not allow_stale:
            raise
        away = isinstance(error, UnreachableError)
    client = RepositoryClient(None if away else source, root, state, None)
    client.refresh()
    until = client.fresh_until()
    why = "the repository cannot be reached; this was seen before" if away else "expired"
    return client, f"{why}; fresh until {until:%Y-%m-%d %H:%M} UTC"


def _verified(
    client: RepositoryClient,
    authority: str,
    state: Path,
    stale: str | None,
    recompute: bool,
    now: datetime,
    beside: Beside,
) -> Verified:
    header = read_header(client.get(f"{authority}/{HEADER}"), authority)
    folder = state / "targets" / authority
    for name in (HEAD, AUTHORITY_FILE, *(one["name"] for one in parts_of(header))):
        client.get(f"{authority}/{name}")
    # The table, the page and the rest too: people open them because the list was verified.
    targets = sorted(client.targets(authority))
    for target in targets:
        client.get(target)
    _check_head(_json(folder / HEAD), header, folder, now)
    _check_log(folder, header, _seen(state, authority), now)
    again = recompute and header["rules"] == rules_hash()
    if again:
        _recompute(folder, header)
    else:
        _check_parts(folder, header)
    held = beside(folder, header, (one.removeprefix(f"{authority}/") for one in targets))
    return Verified(
        authority, folder, header, client.version(authority), client.fresh_until(), stale, again, held
    )


def _check_head(head: dict[str, Any], header: dict[str, Any], folder: Path, now: datetime) -> None:
    log, published = header["log"], head.get("published")
    try:
        _require_come(day_of(published).isoformat(), now, folder)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise PublicationRefusedError("head.json has no day of publication", where=str(folder)) from None
    if any(head.get(key) != log[key] for key in ("size", "root", "last")):
        raise PublicationRefusedError("head.json is not the head of this list", where=str(folder))


def _require_come(day: str, now: datetime, folder: Path) -> None:
    if day > (now + _CLOCKS).date().isoformat():
        raise PublicationRefusedError(f"it speaks of {day}, a day that has not come", where=str(folder))


def _check_log(folder: Path, header: dict[str, Any], seen: dict[str, Any] | None, now: datetime) -> None:
    staged, line = folder / f".{LOG}.{os.getpid()}", b"{}"
    try:
        with staged.open("wb") as file:
            for line in log_of(folder, header, seen):
                file.write(line + b"\n")
        # Replay holds that moments only grow, so that the last one speaks for all.
        latest = max(header["on"], str(json.loads(line).get("recorded", ""))[:10])
        _require_come(latest, now, folder)
        staged.replace(folder / LOG)
    finally:
        staged.unlink(missing_ok=True)


def _recompute(folder: Path, header: dict[str, Any]) -> None:
    try:
        found = replayed(folder)
        deque(check_forms(folder / LOG), maxlen=0)
    except ClearbandError as error:
        raise PublicationRefusedError(
            f"its log does not hold: {error.one_line()}", where=str(folder)
        ) from None
    with tempfile.TemporaryDirectory(dir=folder, prefix=".again-") as name:
        lines = (line.raw for line in read_log(folder / LOG))
        made = make_content(Path(name), found, day_of(header["on"]), lines).header
    if made != header:
        raise PublicationRefusedError(
            f"the list is not what its log makes of it ({_difference(made, header)})", where=str(folder)
        )
    for part in (*header["entries"]["bins"], *header["keys"]["bins"]):
        part_lines(folder / part["name"], part)


def replayed(folder: Path) -> Replay:
    """The log of a fetched list replayed, every signature checked.

    Raises:
        ClearbandError: It does not hold.
    """
    found = replay(read_log(folder / LOG), read_authority(folder / AUTHORITY_FILE), name=str(folder / LOG))
    assert found is not None
    return found


def make_content(folder: Path, found: Replay, on: date, lines: Iterator[bytes]) -> Content:
    """Write the published form of a log as of a day to an empty folder."""
    listings = as_of(found, on)
    dates = NextDates(found, {one.entry: one for one in listings}, on)
    return write_content(folder, found.authority, on, listings, len(listings), lines, dates.of)


def _difference(made: dict[str, Any], header: dict[str, Any]) -> str:
    for section in ("entries", "keys"):
        for ours, theirs in zip(made[section]["bins"], header[section]["bins"], strict=False):
            if ours != theirs:
                return f"{theirs['name']} differs"
    return ", ".join(key for key in header if made.get(key) != header[key]) + " differ"


def _check_parts(folder: Path, header: dict[str, Any]) -> None:
    """Hold the entries against the keys without making them anew."""
    digits = len(header["keys"]["bins"][0]["prefix"])
    with tempfile.TemporaryDirectory(dir=folder, prefix=".again-") as name, Spill(Path(name) / "k") as keys:
        for part in header["entries"]["bins"]:
            before = ""
            for line in part_lines(folder / part["name"], part):
                try:
                    record = json.loads(line)
                    entry = str(record["listing"]["entry"])
                    theirs = keys_of_record(record)
                except (ValueError, KeyError, TypeError, AttributeError):
                    raise PublicationRefusedError("no record", where=part["name"]) from None
                if entry <= before or not place_of(entry).startswith(part["prefix"]):
                    raise PublicationRefusedError(f"{entry} stands out of order", where=part["name"])
                before = entry
                digest = hashlib.sha256(line).hexdigest()
                for key in theirs:
                    place = place_of(key)
                    keys.add(place[:digits], f"{place}\0{key}\0{entry}\0{digest}".encode())
        for part in header["keys"]["bins"]:
            if grouped_leaves(keys.lines(part["prefix"])) != key_leaves(folder / part["name"], part):
                raise PublicationRefusedError("the keys are not those of the entries", where=part["name"])


def _seen(state: Path, authority: str) -> dict[str, Any] | None:
    path = state / "heads" / f"{authority}.json"
    return _json(path) if path.exists() else None


def _json(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise PublicationRefusedError(f"cannot be read: {error}", where=str(path)) from None
    if not isinstance(raw, dict):
        raise PublicationRefusedError("it is no JSON object", where=str(path))
    return raw
