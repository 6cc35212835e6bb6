"""Schemes of model numbers: which makers' patterns a model text meets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

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
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, compiled; matched at the start of a form, without regard to case."""
        return tuple(re.compile(hit.family.pattern, re.IGNORECASE) for hit in self.hits)

    def match(self, forms: Iterable[str]) -> tuple[FamilyHit, ...]:
        """The patterns that any of the forms of one model text meets.

        Args:
            forms: See `clearband.identify.model_forms.number_forms`.
        """
        forms = tuple(forms)
        return tuple(
            hit
            for hit, pattern in zip(self.hits, self.compiled, strict=True)
            if any(pattern.match(form) for form in forms)
        )


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
