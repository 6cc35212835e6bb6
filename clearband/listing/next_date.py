"""Until when a published record says what the log says: the next day on which a date may change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from clearband.listing.replay import Replay
from clearband.model.listing import Listing, Use

_DAY = timedelta(days=1)


class NextDates:
    """The next days of the listings of one day.

    Args:
        replay: The log.
        listings: The list, by entry.
        on: The day of the list.
    """

    def __init__(self, replay: Replay, listings: Mapping[str, Listing], on: date) -> None:
        self._replay = replay
        self._listings = listings
        self._on = on

    def of(self, listing: Listing) -> date | None:
        """The first day after that of the list on which what is known today may change the listing.

        A day that turns out to change nothing is possible, one that is missed is not: all days of the entry
        count, and those of everything that it hangs on.
        """
        days: list[date] = []
        work, seen = [listing.entry], set[str]()
        while work:
            entry = work.pop()
            if entry in seen:
                continue
            seen.add(entry)
            if known := self._replay.entries.get(entry):
                days += [one.effective for one in known.in_force_events()]
            found = self._listings.get(entry)
            if found is None:
                continue
            days += self._own(found)
            for key in found.depends:
                kind, _, name = key.partition(":")
                if kind == "entry":
                    work.append(name)
                else:
                    held = (one.next_after(self._on) for one in self._replay.held_by(key))
                    days += [day for day in held if day is not None]
        return min((day for day in days if day > self._on), default=None)

    def _own(self, listing: Listing) -> Iterator[date]:
        rules = self._replay.table
        if listing.until is not None:
            yield listing.until + _DAY
            yield listing.until - timedelta(days=rules.expiring_days)
        if listing.evidence_until is not None:
            yield listing.evidence_until + _DAY
            yield listing.evidence_until + timedelta(days=rules.grace_days) + _DAY
        for condition in listing.conditions:
            yield condition.due + _DAY
        for use in Use:
            day = listing.uses[use][1]
            if day is not None:
                yield day + _DAY
