"""How far the signatures of a log were found valid on this machine before, so that they are checked once.

The chain of hashes makes it safe: the line up to which they were checked has a hash, and while the log still
has that line in that place, all before it is what it was, and with it who had to sign. Kept in the user's own
cache, like compiled facts; lost, it costs time, never an answer. ``approved check`` does not use it.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from clearband import __version__
from clearband.facts.store import cache_home, content_hash


@dataclass(frozen=True, slots=True)
class Checked:
    """Signatures are valid up to a line.

    Attributes:
        count: Number of lines.
        head: SHA-256 of the last of them.
    """

    count: int
    head: str


def _place(log: Path) -> Path | None:
    home = cache_home()
    if home is None:
        return None
    rests_on = (str(log.resolve()), __version__, content_hash())
    digest = hashlib.sha256("\n".join(rests_on).encode()).hexdigest()
    return home / "checked-lists" / f"{digest[:32]}.json"


def checked_before(log: Path) -> Checked | None:
    """How far the signatures of a log were checked."""
    place = _place(log)
    try:
        raw = json.loads(place.read_bytes()) if place else None
        return Checked(int(raw["count"]), str(raw["head"])) if raw else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(log: Path, checked: Checked) -> None:
    """Keep how far the signatures were checked; where that cannot be kept, nothing happens."""
    place = _place(log)
    if place is None:
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        staged = place.with_suffix(f".{os.getpid()}")
        staged.write_text(json.dumps({"count": checked.count, "head": checked.head}), encoding="utf-8")
        staged.replace(place)
    except OSError:
        return
