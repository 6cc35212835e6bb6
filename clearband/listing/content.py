"""The published form of a list: a signed header over sorted parts, the same bytes for the same log and day.

Entries and keys stand in bins by the first digits of the SHA-256 of the entry and of the key, the log in
parts of ten thousand lines: a small change moves a few parts. Parts are JSON Lines, compressed; the header
names the SHA-256 of what is in them, so that it does not depend on how they were compressed.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from clearband.errors import InputError
from clearband.facts.store import compiled
from clearband.listing.absence import KeyLeaf, bin_head, keys_of, place_of
from clearband.listing.listing_form import record_json
from clearband.listing.log import NOTHING
from clearband.listing.merkle import Frontier, leaf_hash
from clearband.listing.spill import Spill
from clearband.model.authority import Authority
from clearband.model.canonical import canonical, canonical_of_plain, sha256
from clearband.model.listing import Listing, State

SCHEMA: Final = "https://clearband.dev/schema/published-list-1.json"
HEADER: Final = "list.json"
AUTHORITY_FILE: Final = "authority.yaml"
ENTRIES_A_BIN: Final = 4096
LINES_A_PART: Final = 10_000
BEFORE_DECISION: Final = frozenset(
    (State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.ACCEPTED, State.ASSESSING, State.PROPOSED)
)
"""States in which nothing was decided yet: cases, not listings."""

NextDate = Callable[[Listing], date | None]


@dataclass(frozen=True, slots=True)
class Content:
    """A list that was written.

    Attributes:
        header: The header, as plain JSON values.
        names: Names of all files written, by forward slashes.
    """

    header: dict[str, Any]
    names: tuple[str, ...]


def write_content(
    folder: Path,
    authority: Authority,
    on: date,
    listings: Iterable[Listing],
    count: int,
    lines: Iterable[bytes],
    next_date: NextDate = lambda _: None,
) -> Content:
    """Write a list and its log to a folder, part by part, in the memory of some parts.

    Args:
        folder: An empty folder.
        authority: Whose list it is.
        on: Day of the list.
        listings: The listings of that day; those before a decision are left out.
        count: How many there are, to choose the number of bins.
        lines: The lines of the log, without their ends.
        next_date: First day on which a date may change a listing.

    Raises:
        InputError: A key has a character that no key may have.
    """
    digits = digits_for(count)
    for name in ("entries", "keys", "log"):
        (folder / name).mkdir()
    with Spill(folder / ".entries") as entries, Spill(folder / ".keys") as keys:
        _spill(listings, next_date, digits, entries, keys)
        prefixes = [f"{n:0{digits}x}" if digits else "" for n in range(16**digits)]
        entry_bins = [_entry_bin(folder, prefix, entries.lines(prefix)) for prefix in prefixes]
        key_bins = [_key_bin(folder, prefix, keys.lines(prefix)) for prefix in prefixes]
    header = {
        "schema": SCHEMA,
        "authority": authority.id,
        "title": authority.title,
        "on": on.isoformat(),
        "rules": rules_hash(),
        "entries": {"count": sum(one["count"] for one in entry_bins), "bins": entry_bins},
        "keys": {"count": sum(one["count"] for one in key_bins), "bins": key_bins},
        "log": _log(folder, lines),
    }
    (folder / HEADER).write_bytes(canonical(header))
    parts = [*entry_bins, *key_bins, *header["log"]["parts"]]  # type: ignore[index]
    return Content(header, (HEADER, *(one["name"] for one in parts)))


def digits_for(count: int) -> int:
    """How many hexadecimal digits the bins of so many entries have in common."""
    digits = 0
    while count > ENTRIES_A_BIN * 16**digits:
        digits += 1
    return digits


def rules_hash() -> str:
    """The SHA-256 of the table of states and steps, which decides what a log makes."""
    return sha256(compiled().read("listing_states"))


def record_bytes(listing: Listing, next_date: date | None) -> bytes:
    """A record as it is published and hashed."""
    return canonical_of_plain(record_json(listing, next_date))


def _spill(
    listings: Iterable[Listing], next_date: NextDate, digits: int, entries: Spill, keys: Spill
) -> None:
    for listing in listings:
        if listing.state in BEFORE_DECISION:
            continue
        raw = record_bytes(listing, next_date(listing))
        digest = hashlib.sha256(raw).hexdigest()
        entry = listing.entry
        entries.add(place_of(entry)[:digits], entry.encode() + b"\0" + raw)
        for key in keys_of(listing):
            if "\0" in key or "\n" in key:
                raise InputError(f"{key!r} holds a line end or a zero character", where=entry)
            place = place_of(key)
            keys.add(place[:digits], f"{place}\0{key}\0{entry}\0{digest}".encode())


def _entry_bin(folder: Path, prefix: str, lines: list[bytes]) -> dict[str, Any]:
    # An entry has no zero character, so that the lines sort as their entries do.
    records = [line.partition(b"\0")[2] for line in sorted(lines)]
    return {"prefix": prefix, **_part(folder, f"entries/{prefix or 'all'}.jsonl.gz", records)}


def _key_bin(folder: Path, prefix: str, lines: list[bytes]) -> dict[str, Any]:
    leaves = grouped_leaves(lines)
    raw = [one.raw() for one in leaves]
    head = bin_head(prefix, raw)
    part = _part(folder, f"keys/{prefix or 'all'}.jsonl.gz", raw)
    return {"prefix": prefix, "root": head.root, **part}


def grouped_leaves(lines: Iterable[bytes]) -> list[KeyLeaf]:
    """The sorted leaves of lines of place, key, entry and hash of the record, with zeros between."""
    fields = (line.split("\0") for line in sorted(line.decode() for line in lines))
    return [
        KeyLeaf(key, tuple(sorted((entry, digest) for _, _, entry, digest in group)))
        for (_, key), group in groupby(fields, key=lambda one: (one[0], one[1]))
    ]


def _log(folder: Path, lines: Iterable[bytes]) -> dict[str, Any]:
    tree, last, parts = Frontier(), NOTHING, []
    left = iter(lines)
    while chunk := list(islice(left, LINES_A_PART)):
        name = f"log/{tree.size:010d}.jsonl.gz"
        parts.append({"first": tree.size, **_part(folder, name, chunk)})
        for line in chunk:
            tree.add(leaf_hash(line))
        last = hashlib.sha256(chunk[-1]).hexdigest()
    return {"size": tree.size, "root": tree.root().hex(), "last": last, "parts": parts}


def _part(folder: Path, name: str, lines: list[bytes]) -> dict[str, Any]:
    raw = b"".join(line + b"\n" for line in lines)
    # Without a time in it: the same lines are the same file each time.
    (folder / name).write_bytes(gzip.compress(raw, 6, mtime=0))
    return {"name": name, "count": len(lines), "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
