"""The approved list that a server was given: its log is replayed when it has grown, not for each page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from clearband.listing.record import ListFolder
from clearband.listing.replay import Replay
from clearband.workspace.view.recent import Recent

_KEPT: Final = 64_000_000
"""Bytes of replays that are kept."""
_EVENT: Final = 4_000
"""Bytes of an event in a replay, about."""


class ApprovedList:
    """An approved list in a folder.

    Args:
        folder: See `clearband.listing.record.ListFolder`.
    """

    def __init__(self, folder: Path) -> None:
        self._list = ListFolder(folder)
        self._replays: Recent[Replay] = Recent(_KEPT, lambda found: _EVENT * found.count)

    def replayed(self, known_on: date | None) -> Replay:
        """The log replayed, as far as it was known on a day; read only, for others have it too.

        Raises:
            InputError: The log or the authority's file cannot be read, or does not hold.
        """
        key = (*map(_state, (self._list.log, self._list.authority_file)), known_on)
        return self._replays.get(key, lambda: self._list.replayed(known_on))


def _state(path: Path) -> tuple[int, ...]:
    """Another one where the file was written; nothing where it is not there, which reading it tells."""
    try:
        now = path.stat()
    except OSError:
        return ()
    return now.st_ino, now.st_size, now.st_mtime_ns
