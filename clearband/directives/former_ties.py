"""Ties that have ended: what counts is whose product an item was when it was made."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from typing import Final

from clearband.directives.maker_match import NO, MakerMatch, Register
from clearband.directives.ties import describe, name_of
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
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


def day_matters(path: ControlPath) -> bool:
    """Whether the day an item was obtained can matter: the tie has ended, or is known to have begun."""
    if path.relation == "former":
        return True
    return path.relation == "controlled" and any(
        link.kind == "controlled" and link.begins for link in path.links
    )


def made_before(
    match: MakerMatch,
    maker: str,
    path: ControlPath,
    register: Register,
    obtained: date,
    known_on: date | None,
) -> MakerMatch:
    """How a maker that belongs to a named one stands to it for an item from before that.

    The law says what a subsidiary or affiliate produced, and not whether it must have been one by then: a
    question, unless the maker belonged to the named one on the day the item was obtained, too.

    Args:
        match: How it stands for what it makes now.
        obtained: The day on which the item was obtained.
    """
    if match.truth != TRUE or not day_matters(path) or path.relation == "former":
        return match
    begins = max((link.begins for link in path.links if link.begins), key=first_day)
    then = [
        one.relation for one in register.relations(maker, obtained, known_on) if one.target == path.target
    ]
    if obtained >= first_day(begins) or {"controlled", "affiliate", "parent"} & set(then):
        return match
    who, whose = name_of(maker, register), name_of(path.target, register)
    question = (
        f"it was obtained before {who} came to {whose} ({begins}): does the law reach what {who} made before "
        f"that, or did {whose} make it?"
    )
    return MakerMatch(UNKNOWN, match.control, question)


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
        if any(day_matters(path) and path.target in named for path in register.relations(maker, on, known_on))
    )
