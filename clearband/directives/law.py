"""The law in memory: measures, limbs and vocabulary, built once from the compiled facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from typing import Any, Final

from clearband.directives.attributes import Attributes
from clearband.directives.definitions import Definitions
from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.limbs import build_limbs
from clearband.directives.moments import timeline_of
from clearband.directives.own_words import own_words
from clearband.directives.vocabulary import Vocabulary
from clearband.facts.store import CompiledFacts, compiled
from clearband.model.directive import Force, Limb, Measure

Raw = dict[str, Any]


@dataclass(frozen=True)
class Law:
    """All measures and what the evaluation needs to apply them.

    Attributes:
        measures: By id, in the order of ids.
        limbs: The parts of all clauses, in the order of measures and clauses.
        component_tests: What clauses say of components, by directive and clause, with what the measure
            calls a substantial or essential one. It is asked, never assumed.
        drafts: Measures that are no law: each is asked apart, and none changes an answer of the law.
    """

    measures: dict[str, Measure]
    limbs: tuple[Limb, ...]
    equipment: EquipmentClasses
    purposes: Attributes
    approvals: Attributes
    vocabulary: Vocabulary
    drafts: tuple[Draft, ...] = ()
    component_tests: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def named_makers(self) -> frozenset[str]:
        """Every organisation that a clause names."""
        return frozenset(named.org for limb in self.limbs for rule in limb.makers for named in rule.named)

    def only(self, ids: Iterable[str]) -> Law:
        """The same law with the limbs of some measures only, as its cases are tried."""
        wanted = set(ids)
        return replace(self, limbs=tuple(limb for limb in self.limbs if limb.directive in wanted))


@dataclass(frozen=True)
class Draft:
    """A measure that is no law yet, to be asked beside the law.

    Attributes:
        law: Its own limbs, and those of the measures that it would relax, as they would then be.
    """

    measure: Measure
    law: Law


def build_law(
    directives: list[Raw],
    equipment: dict[str, Any],
    vocabulary: dict[str, Any],
    definitions: dict[str, Any] | None = None,
    words_of: Iterable[Raw] = (),
) -> Law:
    """Build the law from plain JSON values, as compiled; what has the status of a draft is kept apart.

    Args:
        words_of: Other measures, of which only the words that they declare are taken.
        adopted: Judge drafts as if they were law.

    Raises:
        FactsError: A clause covers or relaxes a measure that does not exist.
    """
    ordered = sorted(directives, key=lambda raw: str(raw["id"]))
    own = own_words([*ordered, *words_of], vocabulary)
    actors = [*vocabulary.get("actors", ()), *own["actors"]]
    words = Vocabulary.from_facts({**vocabulary, "actors": actors})
    limbs_of = partial(
        build_limbs,
        new_actions=frozenset(word.id for word in words.actions.values() if word.new),
        definitions=Definitions.from_facts(definitions or {}),
    )
    in_law = [raw for raw in ordered if raw["status"] == "law"]
    law = Law(
        {raw["id"]: _measure(raw) for raw in in_law},
        limbs_of(in_law),
        EquipmentClasses.from_facts(equipment),
        Attributes(vocabulary.get("purposes", ()), own["purposes"]),
        Attributes(vocabulary.get("approvals", ()), own["approvals"]),
        words,
        component_tests=_component_tests(in_law),
    )
    drafts = [raw for raw in ordered if raw["status"] == "draft"]
    return replace(law, drafts=tuple(_draft(raw, in_law, drafts, limbs_of, law) for raw in drafts))


def _component_tests(measures: list[Raw]) -> dict[tuple[str, str], str]:
    meant: dict[str, str] = {}
    for raw in measures:
        words = (raw.get("scope") or {}).get("definitions") or {}
        if _SUBSTANTIAL in words:
            meant[raw["id"]] = words[_SUBSTANTIAL]
    found = {}
    for raw in measures:
        for clause in raw.get("clauses", ()):
            if test := clause.get("component_test"):
                definition = meant.get(raw["id"]) or meant.get(clause.get("covers") or "")
                says = f"{test} ({definition})" if definition else test
                found[(raw["id"], clause["id"])] = says
    return found


_SUBSTANTIAL: Final = "substantial-or-essential-component"


def _draft(
    raw: Raw,
    in_law: list[Raw],
    drafts: list[Raw],
    limbs_of: Callable[[list[Raw]], tuple[Limb, ...]],
    law: Law,
) -> Draft:
    """A draft beside the law. It may refer to lists of other drafts, but what those permit is not law."""
    lists = [{**other, "clauses": ()} for other in drafts if other is not raw]
    measure = _measure(raw)
    relaxed = {clause["relaxes"] for clause in raw.get("clauses", ()) if "relaxes" in clause}
    meant = {raw["id"], *relaxed}
    limbs = tuple(limb for limb in limbs_of([*in_law, *lists, raw]) if limb.directive in meant)
    return Draft(measure, replace(law, measures={**law.measures, raw["id"]: measure}, limbs=limbs))


def law_of(
    facts: CompiledFacts, own: Sequence[Raw] = (), words_of: Sequence[Raw] = (), *, adopted: bool = False
) -> Law:
    """The law of a set of compiled facts.

    Args:
        own: Measures of the user's own, in the same compiled form.
        words_of: Other measures, of which only the words that they declare are taken.
    """
    directives = [*facts.read("directives"), *({**raw, "own": True} for raw in own)]
    return build_law(
        [{**raw, "status": "law"} for raw in directives] if adopted else directives,
        facts.read("equipment"),
        facts.read("vocabulary"),
        facts.read("control_definitions"),
        words_of,
    )


@lru_cache(maxsize=1)
def load_law() -> Law:
    """The packaged law of this process."""
    return law_of(compiled())


def _measure(raw: Raw) -> Measure:
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
        raw.get("own", False),
    )
