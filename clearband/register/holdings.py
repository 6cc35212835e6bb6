"""Shares on a date: how much of a company do some others hold, at least and at most?

Shares are intervals in per cent, in exact fractions. What nobody reported is not presumed: only holdings that
are known count, those whose share is not known with anything from nothing to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from clearband.model.control import ShareTest
from clearband.model.organisation import ControlLink
from clearband.register.ownership import MAX_LINKS, link_state

WHOLE: Final = Fraction(100)
_NONE: Final = Fraction(0)
_REMEMBERED: Final = 4096
_A_BIT: Final = Fraction(1, 1_000_000)
"""An open end (``>50``) is moved by a millionth of a per cent: no register of shares is finer."""

Listed = Callable[[str], bool | None]
"""Whether an organisation is one of those whose shares count; None when that is not known."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent, at least ``low`` and at most ``high``, and the holdings that it was counted from.

    ``links`` are those that give the share; where it is open, those of which the share is not known.
    """

    low: Fraction = _NONE
    high: Fraction = _NONE
    links: tuple[ControlLink, ...] = ()

    def meets(self, test: ShareTest) -> bool | None:
        """Whether the threshold is met; None when the known shares do not tell."""
        if self.low > test.pct or (test.inclusive and self.low == test.pct):
            return True
        if self.high < test.pct or (not test.inclusive and self.high == test.pct):
            return False
        return None


def share_of(link: ControlLink) -> Share:
    """What one link says of the share: control without a stated share proves none."""
    if link.share_pct is None or not (link.verified and link.share_verified):
        return Share(_NONE, WHOLE, (link,))
    text = link.share_pct.replace(" ", "")
    if text.startswith(">"):
        return Share(Fraction(text[1:]) + _A_BIT, WHOLE, (link,))
    if text.startswith("<"):
        return Share(_NONE, Fraction(text[1:]) - _A_BIT, (link,))
    low, _, high = text.partition("-")
    return Share(Fraction(low), Fraction(high or low), (link,))


def share_words(share: Share) -> str:
    """A share as people say it, from the links that it was counted from."""
    told = [link for link in share.links if link.share_pct]
    if not told:
        return "share not known"
    words = " or ".join(dict.fromkeys(_stated(link.share_pct or "") for link in told))
    sure = all(link.verified and link.share_verified for link in told)
    return words if sure else f"{words} (not confirmed)"


def _stated(text: str) -> str:
    signs = {">": "more than ", "<": "less than "}
    return f"{signs.get(text[0], '')}{text.lstrip('<> ').replace('-', ' to ')} %"


class Holdings:
    """Holdings between organisations, asked on a date.

    Args:
        links: All links, whenever they hold.
    """

    def __init__(self, links: Iterable[ControlLink]) -> None:
        self._in: dict[str, dict[str, list[ControlLink]]] = defaultdict(lambda: defaultdict(list))
        self._of: dict[str, set[str]] = defaultdict(set)
        for link in sorted(links, key=lambda link: (link.owner, link.begins or "", link.share_pct or "")):
            self._in[link.owned][link.owner].append(link)
            self._of[link.owner].add(link.owned)
        # Chains of holdings pass by the same companies again and again, and all of them are asked on one day.
        self._direct = lru_cache(_REMEMBERED)(self._found_directly)

    def direct(self, owned: str, on: date, known_on: date | None = None) -> Mapping[str, Share]:
        """Every direct holder on a day, by id, with its share."""
        return self._direct(owned, on, known_on)

    def _found_directly(self, owned: str, on: date, known_on: date | None) -> Mapping[str, Share]:
        found = {}
        for owner, links in self._in[owned].items() if owned in self._in else ():
            share = _together(links, on, known_on)
            if share is not None and owner != owned:
                found[owner] = share
        return MappingProxyType(found)

    def held_by(self, owner: str, on: date, known_on: date | None = None) -> dict[str, Share]:
        """Everything that an organisation holds directly on a day, by id, with the share."""
        owned = sorted(self._of[owner]) if owner in self._of else ()
        found = {org: self.direct(org, on, known_on).get(owner) for org in owned}
        return {org: share for org, share in found.items() if share is not None}

    def share(self, owner: str, owned: str, test: ShareTest, on: date, known_on: date | None = None) -> Share:
        """What one organisation holds of another, through others as the test counts it."""
        if test.indirect == "none":
            return self.direct(owned, on, known_on).get(owner, Share())
        if test.indirect == "cascade":
            return self.share_of_those(lambda org: org == owner, owned, test, on, known_on)
        return self._multiplied(owner, owned, on, known_on, ())

    def share_of_those(
        self, counts: Listed, owned: str, test: ShareTest, on: date, known_on: date | None = None
    ) -> Share:
        """What all those whose shares count hold together, directly and by cascade.

        An organisation of which they hold enough (by ``test``) counts as one of them. In a circle nobody
        counts because of itself.
        """
        above = self._above(owned, on, known_on)
        state = {org: counts(org) for org in above}
        shares: dict[str, Share] = {}
        for _ in range(2 * len(above) + 1):
            shares = {org: _summed(holders, state) for org, holders in above.items()}
            enough = {org: share.meets(test) for org, share in shares.items()}
            following = {org: _either(state[org], enough[org]) for org in above if org != owned}
            if all(state[org] is following[org] for org in following):
                break
            state.update(following)
        return shares.get(owned, Share())

    def _above(self, org: str, on: date, known_on: date | None) -> dict[str, Mapping[str, Share]]:
        """The direct holders of an organisation, of its holders, and so on."""
        found: dict[str, Mapping[str, Share]] = {}
        waiting = [org]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = self.direct(current, on, known_on)
                waiting.extend(found[current])
        return found

    def _multiplied(
        self, owner: str, owned: str, on: date, known_on: date | None, passed: tuple[str, ...]
    ) -> Share:
        low = high = _NONE
        links: list[ControlLink] = []
        for holder, share in self.direct(owned, on, known_on).items():
            if holder in passed:
                continue
            part = Share(WHOLE, WHOLE)
            if holder != owner:
                if len(passed) >= MAX_LINKS:
                    continue
                part = self._multiplied(owner, holder, on, known_on, (*passed, owned))
            if part.high:
                low += share.low * part.low / WHOLE
                high += share.high * part.high / WHOLE
                links += [*share.links, *part.links]
        return Share(min(low, WHOLE), min(high, WHOLE), tuple(dict.fromkeys(links)))


def _together(links: list[ControlLink], on: date, known_on: date | None) -> Share | None:
    """What several statements about one holder say of its share on a day.

    Statements that certainly hold narrow each other; where they contradict each other, all are possible. So
    are those of which the dates do not tell whether they hold.
    """
    states = [(link, link_state(link, on, known_on)) for link in links]
    sure = [share_of(link) for link, state in states if state == "holds"]
    maybe = [share_of(link) for link, state in states if state == "maybe"]
    if not sure and not maybe:
        return None
    possible = [*maybe, _narrowed(sure)] if sure else maybe
    uncertain = [link for link, state in states if state == "maybe"]
    # Of a share that changed at some time of a year, one of the two holds throughout that year.
    changed = {link.ends for link in uncertain if link.ends} & {link.begins for link in uncertain}
    low = min(share.low for share in possible) if sure or changed else _NONE
    told = [link for share in possible for link in share.links]
    return Share(low, max(share.high for share in possible), tuple(told))


def _narrowed(shares: list[Share]) -> Share:
    low, high = max(share.low for share in shares), min(share.high for share in shares)
    if low > high:
        low, high = min(share.low for share in shares), max(share.high for share in shares)
    telling = [share for share in shares if (share.low, share.high) != (_NONE, WHOLE)] or shares
    return Share(low, high, tuple(link for share in telling for link in share.links))


def _summed(holders: Mapping[str, Share], state: dict[str, bool | None]) -> Share:
    """The shares of those holders that count; no more than what the others leave."""
    counted = [share for org, share in holders.items() if state[org] is not False]
    low = min(sum((share.low for org, share in holders.items() if state[org]), _NONE), WHOLE)
    others = sum((share.low for org, share in holders.items() if state[org] is False), _NONE)
    high = min(sum((share.high for share in counted), _NONE), max(WHOLE - others, low))
    return Share(low, high, tuple(link for share in counted for link in share.links))


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False
