"""The two sides of a comparison of the law: which facts, asked about which day, with whose knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from clearband.directives.law import Law
from clearband.directives.maker_match import Register

Raw = dict[str, Any]

UNRELATED: Final = "an-unrelated-maker"
"""Stands for every organisation of the register to which no clause is otherwise than to this one."""
UNREGISTERED: Final = "a-maker-not-in-the-register"
UNIDENTIFIED: Final = "maker-not-identified"
STAND_INS: Final = (UNRELATED, UNREGISTERED, UNIDENTIFIED)


@dataclass(frozen=True)
class Side:
    """One side.

    Attributes:
        label: How its facts are called.
        version: SHA-256 of the facts, without the user's own.
        own: File and SHA-256 of each of the user's own files.
        directives: The measures as compiled, by id, with the user's own.
        organisations: The organisations as compiled, by id.
        adopted: The drafts that are judged as if they were law.
        others: The other facts that answers rest on (equipment, vocabulary, definitions), by file.
    """

    label: str
    version: str
    law: Law
    register: Register
    on: date
    known_on: date | None
    directives: dict[str, Raw]
    organisations: dict[str, Raw]
    others: dict[str, Raw]
    own: tuple[dict[str, str], ...] = ()
    adopted: tuple[str, ...] = ()

    @property
    def drafts(self) -> tuple[str, ...]:
        """The drafts that are not counted."""
        return tuple(draft.measure.id for draft in self.law.drafts)

    def status_of(self, maker: str) -> tuple[str | None, str]:
        """Id and status of a maker, as a question about it is read on this side."""
        if maker == UNIDENTIFIED:
            return None, "unidentified"
        known = maker == UNRELATED or maker in self.register.organisations
        return maker, "identified" if known else "named"


@dataclass(frozen=True)
class Values:
    """Everything that a representative situation can be made of; None is what is not stated.

    Attributes:
        makers: Ids of organisations, and `STAND_INS`.
        made_in: Codes of countries, ``foreign`` and `ELSEWHERE`.
    """

    makers: tuple[str, ...]
    equipment: tuple[str | None, ...]
    purposes: tuple[str | None, ...]
    made_in: tuple[str | None, ...]
    actors: tuple[str, ...]
    actions: tuple[str, ...]


ELSEWHERE: Final = "ZZ"
"""A country of production that no clause names (a code that ISO 3166-1 leaves to its users)."""
_FOREIGN: Final = "foreign"


def values_of(
    a: Side,
    b: Side,
    *,
    makers: Iterable[str] = (),
    actors: Iterable[str] = (),
    actions: Iterable[str] = (),
) -> Values:
    """What to ask about: what both sides have words for, and what their clauses speak of.

    Args:
        a: One side.
        b: The other.
        makers: Only these.
        actors: Only these.
        actions: Only these.
    """
    laws = (a.law, b.law)
    limbs = [limb for law in laws for limb in law.limbs]
    named = {name for law in laws for name in law.named_makers}
    registered = set(a.register.organisations) | set(b.register.organisations)
    purposes = {purpose for limb in limbs for group in limb.purposes for purpose in group}
    purposes |= {purpose for limb in limbs for rule in limb.exemptions for purpose in rule.purposes}
    countries = {country for limb in limbs for group in limb.made_in for country in group}
    homes = {limb.home for limb in limbs if any(_FOREIGN in group for group in limb.made_in)}
    origins: list[str | None] = [None]
    if countries:
        origins += [*sorted(countries | homes), ELSEWHERE]
    return Values(
        tuple(dict.fromkeys(makers)) or (*sorted(registered | named), *STAND_INS),
        (None, *(one for one in a.law.equipment.categories if one in b.law.equipment.categories)),
        (
            None,
            *sorted(one for one in purposes if all(law.purposes.read(one).understood for law in laws)),
        ),
        tuple(origins),
        _both(a.law.vocabulary.actors, b.law.vocabulary.actors, actors),
        _both(a.law.vocabulary.actions, b.law.vocabulary.actions, actions),
    )


def _both(first: Iterable[str], second: Iterable[str], wanted: Iterable[str]) -> tuple[str, ...]:
    held, only = set(second), set(wanted)
    return tuple(word for word in first if word in held and (not only or word in only))
