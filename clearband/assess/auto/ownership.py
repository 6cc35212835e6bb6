"""OWN-01 to OWN-04 and OWN-08, as far as the ownership graph can tell; else they stay unanswered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from clearband.assess.auto.basis import AutoCase, Fact, Made, proof
from clearband.model.assessment import Value
from clearband.model.canonical import number_text
from clearband.model.control import ShareTest
from clearband.model.organisation import ControlLink
from clearband.register.holdings import WHOLE, share_of, share_words
from clearband.register.ownership import MAX_LINKS, first_day, last_day, link_state

_HALF: Final = ShareTest(("owner",), Fraction(50), inclusive=False, of="equity", indirect="cascade")
_YEARS: Final = 5
_PLACES: Final = Decimal("0.0001")


def traced(case: AutoCase) -> Made:
    """OWN-01: the share that is traced through every layer to a state, at least; the rest may be, too."""
    low, links = _held_by(case, case.maker, lambda link: link.kind == "state-holding")
    if not low:
        return Made(f"how much of it is traced to its last owners is unknown; {_direct_words(case)}")
    return _share(case, low, WHOLE, links, "of it is traced to a state, through all layers")


def state_share(case: AutoCase) -> Made:
    """OWN-02: the share that states hold, through all layers, at least."""
    low, links = _held_by(case, case.maker, lambda link: link.kind == "state-holding")
    if not low:
        return Made(f"what states hold of it is unknown; {_direct_words(case)}")
    return _share(case, low, WHOLE, links, "of it is held by states")


def concern_share(case: AutoCase) -> Made:
    """OWN-03: the share held from designated countries; what nobody reported may be held from there, too."""

    def counts(org: str) -> bool | None:
        country, _ = case.country_of(org)
        return None if country is None else case.designated(country)

    held = case.register.holdings.share_of_those(counts, case.maker, _HALF, case.on)
    direct = case.register.holdings.direct(case.maker, case.on)
    elsewhere = sum((share.low for org, share in direct.items() if counts(org) is False), Fraction(0))
    high = max(WHOLE - elsewhere, held.low)
    if held.low == 0 and high == WHOLE:
        return Made(f"what is held of it from designated countries is unknown; {_direct_words(case)}")
    links = [link for share in direct.values() for link in share.links]
    countries = [_country(case, org) for org in sorted(direct)]
    return _share(case, held.low, high, links, "of it is held from designated countries", countries)


def control_without_equity(case: AutoCase) -> Made:
    """OWN-04: yes where a source calls one with no majority its controller."""
    found = [
        link
        for link in case.register.owners_of(case.maker)
        if link.kind == "controlled"
        and link.verified
        and link.share_pct is not None
        and link_state(link, case.on) == "holds"
        and share_of(link).high <= _HALF.pct
    ]
    if not found:
        return Made(f"whether anybody controls it without holding it is unknown; {_direct_words(case)}")
    text = "; ".join(f"{link.owner} controls it with {link.share_pct} %" for link in found)
    return Made(text, Value("yes"), tuple(map(case.link_fact, found)))


def stability(case: AutoCase) -> Made:
    """OWN-08: changes of control that are known; there may have been more."""
    since = _years_before(case.on)
    ended, pending = [], []
    for link in case.register.owners_of(case.maker):
        if link.kind != "controlled" or not link.verified:
            continue
        if link.ends and first_day(link.ends) > since and last_day(link.ends) <= case.on:
            ended.append(link)
        if link.begins and first_day(link.begins) > case.on:
            pending.append(link)
    if not ended and not pending:
        return Made("the register knows of no change of control, which does not mean that there was none")
    count = Decimal(len({link.owner for link in ended}))
    text = "; ".join(f"control by {link.owner} ended {link.ends}" for link in ended)
    return Made(
        text or f"a change of control to {pending[0].owner} is announced",
        Value(None, count, None),
        (proof([case.link_fact(link) for link in (*ended, *pending)]),),
        ("pending",) if pending else (),
        () if pending else ("pending",),
    )


def _held_by(
    case: AutoCase, org: str, last: Callable[[ControlLink], bool], passed: tuple[str, ...] = ()
) -> tuple[Fraction, list[ControlLink]]:
    """The share of an organisation that certainly ends with owners of a kind, multiplied along the way."""
    low, links = Fraction(0), []
    if org in passed or len(passed) >= MAX_LINKS:
        return low, []
    for owner, share in case.register.holdings.direct(org, case.on).items():
        if share.links and all(last(link) for link in share.links):
            part, above = WHOLE, list[ControlLink]()
        else:
            part, above = _held_by(case, owner, last, (*passed, org))
        if share.low and part:
            low += share.low * part / WHOLE
            links += [*share.links, *above]
    return min(low, WHOLE), links


def _share(
    case: AutoCase,
    low: Fraction,
    high: Fraction,
    links: list[ControlLink],
    what: str,
    beside: Sequence[Fact] = (),
) -> Made:
    ends = [_rounded(low), _rounded(high)]
    facts = [*(case.link_fact(link) for link in dict.fromkeys(links)), *beside]
    low_text, high_text = (number_text(end * 100) for end in ends)
    said = low_text if low_text == high_text else f"{low_text} to {high_text}"
    reason = f"{said} % {what} ({_direct_words(case)})"
    return Made(reason, Value(None, *ends), (proof(facts),), calculated=True)


def _country(case: AutoCase, org: str) -> Fact:
    country, verified = case.country_of(org)
    source = case.register.country_source(org)
    return case.fact(f"{org}: country {country or 'unknown'}", source, verified=verified)


def _direct_words(case: AutoCase) -> str:
    direct = case.register.holdings.direct(case.maker, case.on)
    held = [f"{owner} {share_words(share)}" for owner, share in sorted(direct.items())]
    return f"known holders: {', '.join(held)}" if held else "no holder is known"


def _rounded(share: Fraction) -> Decimal:
    exact = Decimal(share.numerator) / Decimal(share.denominator) / 100
    return exact.quantize(_PLACES).normalize()


def _years_before(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - _YEARS, day.month, last)
