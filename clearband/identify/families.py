"""Schemes of model numbers: which makers' patterns a model text meets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from clearband.identify.openings import LONGEST, opening_of, openings
from clearband.model.organisation import ModelFamily
from clearband.register import Register


@dataclass(frozen=True, slots=True)
class FamilyHit:
    """A model text meets a pattern of an organisation."""

    org_id: str
    family: ModelFamily


@dataclass(frozen=True)
class FamilyIndex:
    """All patterns of the register.

    Attributes:
        hits: Organisation and family, in the register's order; the position is the number of the pattern.
    """

    hits: tuple[FamilyHit, ...]

    @cached_property
    def worth_trying(self) -> Callable[[str], tuple[tuple[int, re.Pattern[str]], ...]]:
        """The patterns that a form with these first `LONGEST` signs may meet: a handful of many hundred."""
        numbers: dict[str, list[int]] = {}
        for number, hit in enumerate(self.hits):
            for opening in openings(hit.family.pattern):
                numbers.setdefault(opening, []).append(number)

        @lru_cache(maxsize=16_384)
        def worth(beginning: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
            opening = opening_of(beginning)
            found = {number for end in range(LONGEST + 1) for number in numbers.get(opening[:end], ())}
            return tuple((number, _compiled(self.hits[number].family.pattern)) for number in sorted(found))

        return worth

    def match(self, forms: Iterable[str]) -> tuple[FamilyHit, ...]:
        """The patterns that any of the forms of one model text meets at its start, without regard to case.

        Args:
            forms: See `clearband.identify.model_forms.number_forms`.
        """
        return self.of({number for form in forms for number in self.met(form)})

    def met(self, form: str) -> tuple[int, ...]:
        """Numbers of the patterns that one form meets, in their order."""
        return tuple([number for number, pattern in self.worth_trying(form[:LONGEST]) if pattern.match(form)])

    def met_by_each(self, forms: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Those that meet patterns, with the numbers of these, of forms with the same `LONGEST` signs."""
        tried = [(number, pattern.match) for number, pattern in self.worth_trying(forms[0][:LONGEST])]
        for form in forms if tried else ():
            met = [number for number, match in tried if match(form)]
            if met:
                yield form, tuple(met)

    def of(self, numbers: Iterable[int]) -> tuple[FamilyHit, ...]:
        """Organisations and families of some patterns, in their order."""
        return tuple([self.hits[number] for number in sorted(numbers)])


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def strongest(hits: Iterable[FamilyHit]) -> tuple[FamilyHit, ...]:
    """One hit per organisation: a distinctive pattern, one with its own category, the more exact.

    A mere shape of numbers is left out where another maker lists the number.
    """
    hits = tuple(hits)
    listing = {hit.org_id for hit in hits if hit.family.distinctive and not hit.family.yields}
    best: dict[str, FamilyHit] = {}
    for hit in hits:
        if hit.family.yields and listing - {hit.org_id}:
            continue
        held = best.get(hit.org_id)
        if held is None or _rank(hit) > _rank(held):
            best[hit.org_id] = hit
    return tuple(best.values())


def _rank(hit: FamilyHit) -> tuple[bool, bool, bool, int]:
    family = hit.family
    return (family.distinctive, family.category is not None, family.verified, len(family.pattern))


@lru_cache(maxsize=4)
def family_index(register: Register) -> FamilyIndex:
    """The patterns of a register for model numbers, gathered once."""
    return FamilyIndex(tuple(hit for hit in _all_hits(register) if hit.family.read_in == "anywhere"))


_HANDHELD: Final = frozenset({"handset", "tablet", "tv", "lmr"})
"""Kinds of devices whose browsers send user agents; a switch sends none."""


@lru_cache(maxsize=4)
def user_agent_index(register: Register) -> FamilyIndex:
    """The patterns of a register for the models in user agents, gathered once."""
    return FamilyIndex(
        tuple(
            hit
            for hit in _all_hits(register)
            if hit.family.read_in == "user-agent" or hit.family.kind in _HANDHELD
        )
    )


def _all_hits(register: Register) -> Iterator[FamilyHit]:
    for organisation in register.organisations.values():
        for family in organisation.model_families:
            yield FamilyHit(organisation.id, family)
