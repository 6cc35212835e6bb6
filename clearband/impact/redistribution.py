"""What happens to a market when banned makers lose their shares: who would have to grow, and by how much.

Nobody knows who takes over, so four answers are given. ``proportional``: all others grow by the same factor.
``largest``: the largest of the others takes all. ``newcomers``: makers without a published share take all.
``any``: whoever takes it, the concentration lies within these bounds. All hold for a market of the same size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from clearband.errors import UsageError
from clearband.impact.concentration import WHOLE, Block, Interval, concentration
from clearband.impact.market import Share, ShareTable

Takers = Literal["proportional", "largest", "newcomers", "any"]
TAKERS: Final[tuple[Takers, ...]] = ("proportional", "largest", "newcomers", "any")
OTHERS: Final = "others"
"""Makers without a published share, together."""
_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Grown:
    """What a remaining maker would have, and how much more it would have to supply.

    Attributes:
        makers: Ids of organisations, or ``others``.
        before, after: Shares in percent.
        factor_low, factor_high: Its supply after over that before; the high end is None where it may have had
            nothing. To be held against what is said of capacity.
    """

    makers: tuple[str, ...]
    before: Interval
    after: Interval
    factor_low: Fraction
    factor_high: Fraction | None


@dataclass(frozen=True)
class Redistribution:
    """A market before and after.

    Attributes:
        freed: The share that is lost by those banned, in percent.
        hhi_before, hhi_after: Bounds of the Herfindahl-Hirschman index, 0 to 10,000.
        grown: The remaining makers, the largest first; those without a published share last.
        sources: Of all shares.
        verified: Whether every share was read in a source.
    """

    takers: Takers
    banned: tuple[str, ...]
    freed: Interval
    hhi_before: Interval
    hhi_after: Interval
    grown: tuple[Grown, ...]
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class _Sides:
    """A table without those banned, and how much of theirs is lost and kept."""

    table: ShareTable
    stay: tuple[Share, ...]
    lost: Interval
    kept: tuple[Block, ...]

    @property
    def befores(self) -> list[Interval]:
        """Shares before of those that stay, and of the unnamed last."""
        return [*(share.possible for share in self.stay), self.table.rest]


def redistribute(
    table: ShareTable, banned: Collection[str], takers: Takers, *, erosion: Fraction = _ONE
) -> Redistribution:
    """Give the shares of banned makers to others.

    Args:
        table: The shares published.
        banned: Ids of organisations.
        takers: Who takes over.
        erosion: The part of their share that they lose, above 0 and at most 1.

    Raises:
        UsageError: A banned maker has no published share here, its share is only told in one sum with that of
            a maker that stays, nobody is left to take over, or the erosion is none.
    """
    if not 0 < erosion <= 1:
        raise UsageError(f"an erosion of {float(erosion):g} is none", remedy="give a part above 0, at most 1")
    sides = _sides(table, frozenset(banned), erosion)
    gains = {"proportional": _proportional, "largest": _largest, "newcomers": _newcomers, "any": _any}
    names = [*(share.makers for share in sides.stay), (OTHERS,)]
    after = gains[takers](sides)
    grown = tuple(
        Grown(makers, before, *gained)
        for makers, before, gained in zip(names, sides.befores, after, strict=True)
    )
    return Redistribution(
        takers,
        tuple(sorted(banned)),
        sides.lost,
        table.concentration(),
        _index_after(sides, takers),
        grown,
        table.sources,
        table.verified,
    )


def _sides(table: ShareTable, banned: frozenset[str], erosion: Fraction) -> _Sides:
    where = f"{table.market} {table.year} {table.region}"
    known = [maker for share in table.shares for maker in share.makers]
    named = ", ".join(known)
    if not banned:
        raise UsageError("nobody is banned", remedy=f"name one or more of: {named}")
    for maker in sorted(banned - set(known)):
        raise UsageError(f'no share of "{maker}" is published for {where}', remedy=f"named are: {named}")
    for share in table.shares:
        if banned & set(share.makers) and not set(share.makers) <= banned:
            raise UsageError(
                f"the share of {' and '.join(share.makers)} is published as one sum for {where}",
                remedy="ban all of them, or ask another year",
            )
    gone = [share for share in table.shares if set(share.makers) <= banned]
    stay = tuple(share for share in table.shares if not set(share.makers) <= banned)
    lost = Interval(
        sum((share.possible.low for share in gone), Fraction(0)) * erosion,
        min(sum((share.possible.high for share in gone), Fraction(0)), WHOLE) * erosion,
    )
    left = 1 - erosion
    kept = tuple(
        Block(Interval(share.possible.low * left, share.possible.high * left), len(share.makers))
        for share in gone
        if left
    )
    return _Sides(table, stay, lost, kept)


_Gained = tuple[Interval, Fraction, Fraction | None]
"""Share after, and the ends of the factor from before."""


def _same(before: Interval) -> _Gained:
    return before, _ONE, _ONE


def _takes_all(before: Interval, lost: Interval) -> _Gained:
    """The factor is 1 + lost / before: least with the least lost and the most had before."""
    after = Interval(min(before.low + lost.low, WHOLE), min(before.high + lost.high, WHOLE))
    low = _ONE + lost.low / before.high if before.high else _ONE
    return after, low, _ONE + lost.high / before.low if before.low else None


def _proportional(sides: _Sides) -> list[_Gained]:
    """All others grow by one factor.

    The banned makers' whole share is b and e of it is lost: others hold 100 - b, so the factor is
    1 + e b / (100 - b), which grows with b.
    """
    low, high = _factor(sides, "low"), _factor(sides, "high")
    return [(Interval(one.low * low, min(one.high * high, WHOLE)), low, high) for one in sides.befores]


def _factor(sides: _Sides, end: Literal["low", "high"]) -> Fraction:
    lost: Fraction = getattr(sides.lost, end)
    kept = sum((getattr(block.share, end) for block in sides.kept), Fraction(0))
    others = WHOLE - lost - kept
    if others <= 0:
        raise UsageError("nobody is left to take over", remedy="ban fewer makers")
    return _ONE + lost / others


def _largest(sides: _Sides) -> list[_Gained]:
    """The largest remaining named maker takes all; where two are equal, the first of them."""
    if not sides.stay:
        raise UsageError("no named maker is left to take over", remedy="ask for newcomers")
    first, *others = sides.befores
    return [_takes_all(first, sides.lost), *map(_same, others)]


def _newcomers(sides: _Sides) -> list[_Gained]:
    """Makers without a published share take all."""
    *named, rest = sides.befores
    return [*map(_same, named), _takes_all(rest, sides.lost)]


def _any(sides: _Sides) -> list[_Gained]:
    """Each may take nothing or all."""
    most = [_takes_all(one, sides.lost) for one in sides.befores]
    return [
        (Interval(before.low, after.high), _ONE, high)
        for before, (after, _, high) in zip(sides.befores, most, strict=True)
    ]


def _index_after(sides: _Sides, takers: Takers) -> Interval:
    """Bounds of the index after a ban."""
    unnamed = sides.table.largest_unnamed
    if takers == "newcomers":
        return _index_with_newcomers(sides)
    if takers == "any":
        # The index is convex in who takes how much: it is greatest where one takes all, be it a named maker
        # or an unnamed one, and least where the freed share goes to many small ones.
        ways = [_index_with_newcomers(sides), *(_index_taken_by(sides, at) for at in range(len(sides.stay)))]
        return Interval(min(way.low for way in ways), max(way.high for way in ways))
    if takers == "largest":
        return _index_taken_by(sides, 0)
    after = [gained for gained, _, _ in _proportional(sides)]
    most = None if unnamed is None else unnamed * _factor(sides, "high")
    return concentration(_blocks(sides, after), most)


def _index_taken_by(sides: _Sides, at: int) -> Interval:
    """The index where one named maker takes all."""
    after = list(sides.befores)
    after[at], _, _ = _takes_all(after[at], sides.lost)
    return concentration(_blocks(sides, after), sides.table.largest_unnamed)


def _index_with_newcomers(sides: _Sides) -> Interval:
    """The index where unnamed makers take all.

    Least: many small ones take it. Greatest: one takes the whole lost share l on top of what it had, x, which
    adds (x + l)^2 - x^2 = l^2 + 2 l x to the squares of the unnamed before; x is at most the largest unnamed.
    """
    named = _blocks(sides, sides.befores)
    spread = concentration(named, None)
    unnamed = sides.table.largest_unnamed
    if unnamed is None:
        return spread
    beside = concentration([*named, Block(sides.lost)], unnamed)
    return Interval(spread.low, min(spread.high, beside.high + 2 * unnamed * sides.lost.high))


def _blocks(sides: _Sides, after: Sequence[Interval]) -> list[Block]:
    """The named makers after a ban, with what those banned keep; the rest is what is left."""
    stay = [Block(now, len(share.makers)) for share, now in zip(sides.stay, after[:-1], strict=True)]
    return [*stay, *sides.kept]
