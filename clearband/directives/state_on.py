"""What state a measure is in on a day, in a word: for lists of measures, never for an answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from clearband.directives.timeline import Row

STATES: Final = {
    "in force": "a clause of it binds or advises on the day",
    "begins later": "it is known, and its first clause begins after the day",
    "issued": "it exists, and by itself neither prohibits, requires nor advises",
    "proposed": "it is proposed or expected, and no law",
    "ended": "its last clause is over, or it was ended",
    "not yet known": "on the day nobody had announced it",
}
"""Every state, and what it means."""
_PROPOSED: Final = frozenset({"proposed", "expected"})
_OVER: Final = frozenset({"vacated", "expired", "superseded", "stayed"})


def state_on(row: Row, on: date) -> tuple[str, str]:
    """The state of a measure on a day.

    Args:
        row: Of `clearband.directives.timeline.timeline`.
        on: The day.

    Returns:
        A word of `STATES`, and the date since when it is so, or from when it begins.
    """
    begun = [one for one in row.spans if one.begins is not None and one.begins <= on]
    going = [one.begins for one in begun if one.begins and (one.ends is None or one.ends > on)]
    if going:
        return "in force", min(going).isoformat()
    marks = [one for one in row.marks if one.earliest <= on]
    if not marks:
        return "not yet known", min(row.marks, key=lambda one: one.earliest).text
    coming = [one.begins for one in row.spans if one.begins is not None and one.begins > on]
    if coming:
        return "begins later", min(coming).isoformat()
    last = marks[-1]
    if begun:
        return "ended", max(one.ends for one in begun if one.ends).isoformat()
    if last.event in _OVER:
        return "ended", last.text
    return ("proposed" if {one.event for one in marks} <= _PROPOSED else "issued"), last.text
