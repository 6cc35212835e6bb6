"""Schemes of model numbers: which makers' patterns a model text meets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
    """One hit per organisation: a distinctive pattern, one with its own category, the more exact."""
    best: dict[str, FamilyHit] = {}
    for hit in hits:
        held = best.get(hit.org_id)
        if held is None or _rank(hit) > _rank(held):
            best[hit.org_id] = hit
    return tuple(best.values())


def _rank(hit: FamilyHit) -> tuple[bool, bool, bool, int]:
    family = hit.family
    return (family.distinctive, family.category is not None, family.verified, len(family.pattern))


@lru_cache(maxsize=4)
def family_index(register: Register) -> FamilyIndex:
    """The patterns of a register, gathered once."""
    return FamilyIndex(
        tuple(
            FamilyHit(organisation.id, family)
            for organisation in register.organisations.values()
            for family in organisation.model_families
        )
    )
