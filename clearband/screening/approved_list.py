"""An approved list as a screening holds it: what stands on it that day, and which list it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearband.model.listing import Listing


@dataclass(frozen=True)
class ApprovedList:
    """A list as it stands on a day.

    Attributes:
        authority: Id of whose it is.
        title: Whose it is.
        events: Events of its log that were used.
        head: SHA-256 of the last of these lines: which list it was.
        grants: The approval (of the vocabulary of law) that an entry that may be bought gives; None for none.
        published: Of a list that was published and verified: version, signed head of its log, end of
            freshness, hash of the root that was trusted; None for a folder that was taken as it is.
    """

    authority: str
    title: str
    on: date
    listings: tuple[Listing, ...]
    events: int
    head: str
    grants: str | None = None
    published: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Which list it was, as ``summary.json`` and ``run.json`` say it."""
        return {
            "authority": self.authority,
            "title": self.title,
            "on": self.on.isoformat(),
            "events": self.events,
            "head": self.head,
            "grants": self.grants,
            "published": dict(self.published) if self.published else None,
        }

    def in_words(self) -> str:
        """Which list it was, in one line for a ground."""
        log = f"{self.events} events, head {self.head[:12]}"
        if self.published:
            how = f"published version {self.published['version']}, verified"
        else:
            how = "a folder, not verified as a publication"
        return f"the approved list of {self.title} as of {self.on} ({log}; {how})"
