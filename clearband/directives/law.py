"""The law in memory: measures, limbs and vocabulary, built once from the compiled facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from clearband.directives.attributes import Attributes
from clearband.directives.definitions import Definitions
from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.limbs import build_limbs
from clearband.directives.moments import timeline_of
from clearband.directives.vocabulary import Vocabulary
from clearband.facts.store import CompiledFacts, compiled
from clearband.model.directive import Force, Limb, Measure


@dataclass(frozen=True)
class Law:
    """All measures and what the evaluation needs to apply them.

    Attributes:
        measures: By id, in the order of ids.
        limbs: The parts of all clauses, in the order of measures and clauses.
    """

    measures: dict[str, Measure]
    limbs: tuple[Limb, ...]
    equipment: EquipmentClasses
    purposes: Attributes
    approvals: Attributes
    vocabulary: Vocabulary

    @cached_property
    def named_makers(self) -> frozenset[str]:
        """Every organisation that a clause names."""
        return frozenset(named.org for limb in self.limbs for rule in limb.makers for named in rule.named)

    def only(self, ids: Iterable[str]) -> Law:
        """The same law with the limbs of some measures only, as its cases and drafts are tried."""
        wanted = set(ids)
        return replace(self, limbs=tuple(limb for limb in self.limbs if limb.directive in wanted))


def build_law(
    directives: list[dict[str, Any]],
    equipment: dict[str, Any],
    vocabulary: dict[str, Any],
    definitions: dict[str, Any] | None = None,
) -> Law:
    """Build the law from plain JSON values, as compiled."""
    ordered = sorted(directives, key=lambda raw: str(raw["id"]))
    words = Vocabulary.from_facts(vocabulary)
    return Law(
        {raw["id"]: _measure(raw) for raw in ordered},
        build_limbs(
            ordered,
            frozenset(word.id for word in words.actions.values() if word.new),
            Definitions.from_facts(definitions or {}),
        ),
        EquipmentClasses.from_facts(equipment),
        Attributes(vocabulary.get("purposes", ())),
        Attributes(vocabulary.get("approvals", ())),
        words,
    )


def law_of(facts: CompiledFacts) -> Law:
    """The law of a set of compiled facts."""
    return build_law(
        facts.read("directives"),
        facts.read("equipment"),
        facts.read("vocabulary"),
        facts.read("control_definitions"),
    )


@lru_cache(maxsize=1)
def load_law() -> Law:
    """The law of this process."""
    return law_of(compiled())


def _measure(raw: dict[str, Any]) -> Measure:
    return Measure(
        raw["id"],
        raw["title"],
        raw["short_title"],
        raw["jurisdiction"],
        raw["kind"],
        Force(raw["force"]),
        raw["citation"],
        timeline_of(raw),
        raw["evaluation"],
        raw["verified"],
        tuple(raw.get("unverified_parts", ())),
    )
