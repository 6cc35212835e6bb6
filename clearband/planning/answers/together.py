"""As few kinds of limits as are enough, relaxed together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clearband.planning.answers.asked import Asked
from clearband.planning.answers.offer import Offers
from clearband.planning.answers.question import Question
from clearband.planning.answers.ways import Way

_FIRST_LEFT_OUT: Final = ("fewer", "makers", "caps", "service", "supply", "crews", "money")


def together(asked: Asked, offers: Offers) -> Iterator[Way]:
    """The kinds that are left when those not needed are left out; all, where that finds no plan."""
    every = [kind for kind in _FIRST_LEFT_OUT if asked.has(kind)]
    needed = list(every)
    for kind in every:
        fewer = dict.fromkeys([other for other in needed if other != kind], 0.0)
        if asked.clock.left() and fewer and not asked.impossible(Question(fewer), whole=False):
            needed.remove(kind)
    way = offers.of("together", needed, asked.need(needed))
    if way.state != "enough" and set(needed) != set(every):
        way = offers.of("together", every, asked.need(every))
    yield way
