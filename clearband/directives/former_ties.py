"""Ties that have ended: what counts is whose product an item was when it was made."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from typing import Final

from clearband.directives.maker_match import NO, MakerMatch, Register
from clearband.directives.ties import describe, name_of
from clearband.directives.truth import FALSE, UNKNOWN
from clearband.model.directive import NamedMaker
from clearband.model.organisation import ControlPath
from clearband.register.ownership import first_day, last_day

_FULL_DATE: Final = len("2020-11-17")
_KEPT: Final = {
    "controlled": "controlled",
    "brand": "controlled",
    "affiliate": "affiliate",
    "manufacturing": "affiliate",
}
"""What kinds of links make of a maker while they last; the other kinds are less than affiliation."""


def former_tie(
    maker: str,
    path: ControlPath,
    named: NamedMaker,
    register: Register,
    *,
    obtained: date | None,
    first_event: date,
    new: bool,
) -> MakerMatch:
    """How a maker stands to a named one to which it belonged before.

    Args:
        obtained: The day on which the item was obtained, where known.
        first_event: The day from which the measure existed in any form; what ended before cannot matter.
        new: Whether the question is about equipment made after the day it is asked about.
    """
    kept = {_KEPT.get(link.kind) for link in path.links}
    reach = {"affiliates"} if kept - {"controlled"} else {"subsidiaries", "affiliates"}
    ends = min((link.ends for link in path.links if link.ends), key=last_day)
    begins = max((first_day(link.begins) for link in path.links if link.begins), default=None)
    before_it = obtained is not None and begins is not None and obtained < begins
    if last_day(ends) < first_event or before_it or not (named.reach | named.unconfirmed) & reach:
        return NO
    who, whose = name_of(maker, register), name_of(path.target, register)
    during = obtained is not None and (
        obtained < last_day(ends) or (len(ends) < _FULL_DATE and obtained == last_day(ends))
    )
    if new or None in kept or (obtained is not None and not during):
        later = f"if it was made before {ends}, when {who} still belonged to {whose}"
        return MakerMatch(FALSE, would_change=later)
    if during:
        question = f"it was obtained while {who} still belonged to {whose} (until {ends}): was it made then?"
    else:
        question = f"when was it made? Until {ends} {who} belonged to {whose}"
    return MakerMatch(UNKNOWN, describe(path), question)


def had_other_owners(
    makers: Iterable[str],
    named: Container[str],
    register: Register,
    on: date,
    known_on: date | None = None,
) -> frozenset[str]:
    """The makers of which the day an item was obtained can matter.

    Args:
        makers: Register ids.
        named: Organisations that the law names: makers that belonged to one of them before are found.
        register: The ownership.
        on: The day the question is about.
        known_on: The day whose knowledge is used.
    """
    return frozenset(
        maker
        for maker in makers
        if any(
            path.relation == "former" and path.target in named
            for path in register.relations(maker, on, known_on)
        )
    )
