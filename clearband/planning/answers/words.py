"""A relaxation in words: how much, whose, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from clearband.planning.answers.relaxation import LowerLeast, Relaxation

_MOST_MAKERS: Final = 20
"""Of a rule: what is lowered to it is not lowered."""


def in_words(by: Relaxation, currency: str, share: Mapping[str, float | None]) -> list[str]:
    """One line for each thing that is given, the mending of blockers left out."""
    return [
        *_amounts("money", ((m.owner, m.quarter, m.amount) for m in by.money), currency, share.get("money")),
        *_amounts("crews", ((m.region, m.quarter, m.hours) for m in by.crews), "hours", share.get("crews")),
        *_amounts(
            "supply", ((f"{m.maker} {m.role}", m.quarter, m.units) for m in by.supply), "units",
            share.get("supply"),
        ),
        *([f"service: {by.down_share:.2%} of a region's sites at once"] if by.down_share is not None else []),
        *(f"cap {one.cap} raised to {one.share:.2%}" for one in by.caps),
        *_lower(by.least_makers),
        *(f"date of {one.owner}, {one.group}: {one.remove_by} becomes {one.to}" for one in by.dates),
        *([f"horizon {by.quarters} quarters longer"] if by.quarters else []),
    ]  # fmt: skip


def _lower(lowered: Iterable[LowerLeast]) -> Iterator[str]:
    by: dict[int, tuple[int, float]] = {}
    for one in lowered:
        makers, share = by.get(one.rule, (_MOST_MAKERS, 1.0))
        by[one.rule] = min(makers, one.makers), min(share, one.share)
    for rule, (makers, share) in sorted(by.items()):
        told = [f"{makers} makers"] * (makers < _MOST_MAKERS) + [f"a share of {share:.2%}"] * (share < 1)
        lower = f"lowered to {' with '.join(told)}" if makers else "dropped"
        yield f"least_makers {rule} {lower}"


def _amounts(
    kind: str, rows: Iterable[tuple[str, str, float]], unit: str, share: float | None
) -> Iterator[str]:
    by: dict[str, list[tuple[str, float]]] = {}
    for name, quarter, amount in rows:
        by.setdefault(name, []).append((quarter, amount))
    told = f" ({share:+.1%} of all {kind})" if share is not None and by else ""
    if len(by) > 1:
        total = sum(amount for some in by.values() for _, amount in some)
        yield f"{kind}: {total:,.0f} {unit} more{told}"
        told = ""
    for name, some in by.items():
        quarters = sorted(quarter for quarter, _ in some)
        when = (
            quarters[0]
            if len(quarters) == 1
            else f"{len(quarters)} quarters, {quarters[0]} to {quarters[-1]}"
        )
        yield f"{kind} of {name}: {sum(amount for _, amount in some):,.0f} {unit} more in {when}{told}"
