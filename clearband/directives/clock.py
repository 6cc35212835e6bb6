"""Two clocks: the day a question is about, and the day whose knowledge is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import Clock, End, Limb, Moment


def known(clock: Clock, known_on: date | None) -> Moment | None:
    """The moment that counts with the knowledge of a day; None when nothing was announced yet."""
    held = [moment for moment in clock if known_on is None or moment.known_from <= known_on]
    return held[-1] if held else None


_NOT_LAW: Final = frozenset({"expected", "proposed"})
"""What is only expected or proposed has not begun, whatever day was named for it."""


def can_begin(moment: Moment) -> bool:
    """Whether a moment can start anything: what is only expected or proposed cannot."""
    return moment.event not in _NOT_LAW


def reached(moment: Moment, on: date) -> int:
    """Whether a moment has come; unknown between the first and the last day it can mean."""
    if not can_begin(moment):
        return FALSE
    if moment.latest <= on:
        return TRUE
    return FALSE if on < moment.earliest else UNKNOWN


def ended(end: End, on: date, known_on: date | None) -> int:
    """Whether an end has come. An end nobody had announced has not."""
    moment = known(end.clock, known_on)
    if moment is None:
        return FALSE
    if not end.last_day_included:
        return reached(moment, on)
    if on > moment.latest:
        return TRUE
    return FALSE if on <= moment.earliest else UNKNOWN


@dataclass(frozen=True, slots=True)
class Life:
    """Where a limb stands on a day.

    Attributes:
        started: Whether all its starts have come.
        over: Whether any of its ends has come.
        start: The start that comes last: the event that makes the limb bite.
        end: The end that counts, if any is known.
    """

    started: int
    over: int
    start: Moment
    end: Moment | None


def life(limb: Limb, on: date, known_on: date | None) -> Life | None:
    """Where a limb stands on a day with the knowledge of another; None when it was not announced yet."""
    starts = [known(clock, known_on) for clock in limb.starts]
    moments = [moment for moment in starts if moment is not None]
    if len(moments) < len(starts):
        return None
    last = max(moments, key=lambda moment: (moment.latest, moment.earliest))
    ends = [moment for end in limb.ends if (moment := known(end.clock, known_on)) is not None]
    return Life(
        min(reached(moment, on) for moment in moments),
        max((ended(end, on, known_on) for end in limb.ends), default=FALSE),
        last,
        min(ends, key=lambda moment: moment.latest, default=None),
    )
