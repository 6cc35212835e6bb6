"""Choices of products for a pattern, by rules 2 and 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import product as every
from math import prod
from typing import Any, Final

from clearband.planning.units.choices import Choice, Offer, covers
from clearband.planning.units.envelope import best_of_any_prices
from clearband.planning.units.patterns import Pattern, Side

MOST_CHOICES: Final = 64
"""Choices of products of the same makers for one pattern. Of more, those that no prices make the best go,
where what is bought for one need does not hang on another."""
MOST_OF_ALL: Final = 512
"""Choices of the same makers at the most; beyond, some are left out, and no bound is told."""


class Whole(IntEnum):
    """Whether choices are all there are: some, all that any prices make the best, every one worth it."""

    SOME = 0
    ANY_PRICES = 1
    EVERY = 2


class Choosing:
    """The products of a network, need by need.

    Args:
        needs: Rows of ``Work.needs``, by number.
        pairs: Radio and baseband products that work together though their makers differ.
    """

    def __init__(self, needs: list[dict[str, Any]], offers: list[Offer], pairs: set[tuple[str, str]]) -> None:
        self._roles: list[str] = [need["role"] for need in needs]
        self._pairs = pairs
        self._fitting: list[dict[str, list[Offer]]] = []
        """For each need, the offers that fit by maker."""
        for need in needs:
            mine: dict[str, list[Offer]] = {}
            for offer in offers:
                if covers(offer, need["role"], need["bands"], need["generation"]):
                    mine.setdefault(offer.maker, []).append(offer)
            self._fitting.append(mine)
        self._parted: dict[tuple[tuple[Offer, ...], ...], tuple[list[tuple[Offer, ...]], Whole]] = {}

    def of(self, pattern: Pattern) -> tuple[list[Choice], Whole]:
        """All choices worth planning with, and whether these are all that could be the best."""
        makers: dict[str, list[str]] = {}
        for number in pattern.needs:
            role, here = self._roles[number], self._fitting[number]
            makers[role] = [one for one in makers[role] if one in here] if role in makers else sorted(here)
        found: list[Choice] = []
        whole = Whole.EVERY
        for of_roles in every(*makers.values()):
            of_role = dict(zip(makers, of_roles, strict=True))
            lists = {n: self._fitting[n][of_role[self._roles[n]]] for n in pattern.needs}
            if not self._narrow(pattern, lists):
                continue
            some, how = self._combined(pattern, lists)
            found += map(Choice, some)
            whole = min(whole, how)
        return found, whole

    def _narrow(self, pattern: Pattern, lists: dict[int, list[Offer]]) -> bool:
        """Take out offers that work with nothing beside them; False when a need has none left."""
        changed = True
        while changed:
            changed = False
            for pair in pattern.together:
                for side, mine in enumerate(pair):
                    if mine.need is None:
                        continue
                    beside = self._sides(pair[1 - side], lists)
                    kept = [
                        one
                        for one in lists[mine.need]
                        if any(
                            self._works((one.product, one.maker), other)
                            if side == 0
                            else self._works(other, (one.product, one.maker))
                            for other in beside
                        )
                    ]
                    changed |= len(kept) < len(lists[mine.need])
                    lists[mine.need] = kept
        return all(lists.values())

    def _sides(self, side: Side, lists: dict[int, list[Offer]]) -> list[tuple[str | None, str | None]]:
        if side.need is None:
            return [(side.product, side.maker)]
        return [(one.product, one.maker) for one in lists[side.need]]

    def _works(self, radio: tuple[str | None, str | None], baseband: tuple[str | None, str | None]) -> bool:
        """Rule 3: of one maker, or certified. A maker that is not told is another one."""
        return (radio[1] is not None and radio[1] == baseband[1]) or (radio[0], baseband[0]) in self._pairs

    def _combined(
        self, pattern: Pattern, lists: dict[int, list[Offer]]
    ) -> tuple[list[tuple[Offer, ...]], Whole]:
        if self._free(pattern, lists):
            key = tuple(tuple(lists[n]) for n in pattern.needs)
            if key not in self._parted:
                self._parted[key] = _apart([worth(list(some)) for some in key])
            return self._parted[key]
        for need in pattern.needs:
            lists[need] = worth(
                lists[need], {one: self._beside(pattern, lists, need, one) for one in lists[need]}
            )
        found: list[tuple[Offer, ...]] = []
        for some in self._each(pattern, lists, {}):
            if len(found) == MOST_OF_ALL:
                return found, Whole.SOME
            found.append(some)
        return found, Whole.EVERY

    def _free(self, pattern: Pattern, lists: dict[int, list[Offer]]) -> bool:
        """Whether what is bought for one need does not hang on what is bought for another."""
        return all(
            self._works(one, other)
            for radio, baseband in pattern.together
            for one in self._sides(radio, lists)
            for other in self._sides(baseband, lists)
        )

    def _beside(
        self, pattern: Pattern, lists: dict[int, list[Offer]], need: int, offer: Offer
    ) -> frozenset[tuple[int, str]]:
        """What an offer works with of all that may stand beside it."""
        mine = (offer.product, offer.maker)
        return frozenset(
            (other.need, product)
            for pair in pattern.together
            for one, other in (pair, pair[::-1])
            if one.need == need and other.need is not None
            for product, maker in self._sides(other, lists)
            if product is not None
            and self._works(*((mine, (product, maker)) if one is pair[0] else ((product, maker), mine)))
        )

    def _each(
        self, pattern: Pattern, lists: dict[int, list[Offer]], taken: dict[int, Offer]
    ) -> Iterator[tuple[Offer, ...]]:
        """Every combination that works, need by need: first those with the fewest offers."""
        open_ = [n for n in pattern.needs if n not in taken]
        if not open_:
            yield tuple(taken[n] for n in pattern.needs)
            return
        need = min(open_, key=lambda n: len(lists[n]))
        for offer in lists[need]:
            rest = {**lists, need: [offer]}
            if self._narrow(pattern, rest):
                yield from self._each(pattern, rest, {**taken, need: offer})


def worth(offers: list[Offer], beside: Mapping[Offer, frozenset[Any]] | None = None) -> list[Offer]:
    """Offers that no other beats in everything.

    Args:
        beside: What each works with, where that is not all the same: one counts that works with no less.
    """
    kept: list[Offer] = []
    for offer in sorted(offers, key=lambda one: (one.price, one.hours, one.yearly, one.lead, one.product)):
        if not any(
            best.hours <= offer.hours
            and best.yearly <= offer.yearly
            and best.lead <= offer.lead
            and (beside is None or beside[best] >= beside[offer])
            for best in kept
        ):
            kept.append(offer)
    return kept


def _apart(lists: list[list[Offer]]) -> tuple[list[tuple[Offer, ...]], Whole]:
    """Combinations of offers that go with each other in any way."""
    if prod(map(len, lists)) <= MOST_CHOICES:
        return list(every(*lists)), Whole.EVERY
    found: dict[tuple[Offer, ...], None] = {}
    soonest = max(min(one.lead for one in some) for some in lists)
    for lead in sorted({one.lead for some in lists for one in some} | {soonest}):
        if lead < soonest:
            continue
        in_time = [_distinct([one for one in some if one.lead <= lead]) for some in lists]
        figures = [[(one.price, one.hours, one.yearly) for one in some] for some in in_time]
        for places in best_of_any_prices(figures):
            if len(found) == MOST_OF_ALL:
                return list(found), Whole.SOME
            found[tuple(some[place] for some, place in zip(in_time, places, strict=True))] = None
    return list(found), Whole.ANY_PRICES


def _distinct(offers: list[Offer]) -> list[Offer]:
    """One offer of those with the same price, hours and yearly cost: the one that is there first."""
    first: dict[tuple[float, float, float], Offer] = {}
    for one in sorted(offers, key=lambda offer: (offer.lead, offer.product)):
        first.setdefault((one.price, one.hours, one.yearly), one)
    return [one for one in offers if first[one.price, one.hours, one.yearly] is one]
