"""The kinds of facts: where their files lie, which model checks them, and what they compile to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact file.

    Attributes:
        name: Name of the compiled part, and of the published JSON Schema (``schemas/NAME.schema.json``).
        pattern: Glob below ``clearband/facts``.
        model: Dotted path of the Pydantic model of one file, ``module:Class``.
        many: Whether the part is a list with one entry a file (else the pattern names one file).
    """

    name: str
    pattern: str
    model: str
    many: bool = False


KINDS: Final = (
    Kind("sources", "sources.yaml", "clearband.facts.schema.sources:SourcesFile"),
    Kind(
        "organisations",
        "organisations/*.yaml",
        "clearband.facts.schema.organisations:OrganisationsFile",
        many=True,
    ),
    Kind(
        "control_definitions",
        "control_definitions.yaml",
        "clearband.facts.schema.control:ControlDefinitionsFile",
    ),
    Kind("lookalikes", "lookalikes.yaml", "clearband.facts.schema.organisations:LookalikesFile"),
    Kind("text_traps", "text_traps.yaml", "clearband.facts.schema.organisations:TextTrapsFile"),
    Kind(
        "identifier_traps",
        "identifier_traps.yaml",
        "clearband.facts.schema.organisations:IdentifierTrapsFile",
    ),
    Kind("evidence_weights", "evidence_weights.yaml", "clearband.facts.schema.weights:EvidenceWeightsFile"),
    Kind(
        "fingerprints",
        "fingerprints/*.yaml",
        "clearband.facts.schema.fingerprints:FingerprintsFile",
        many=True,
    ),
    Kind(
        "enterprise_numbers",
        "enterprise_numbers.yaml",
        "clearband.facts.schema.enterprise_numbers:EnterpriseNumbersFile",
    ),
    Kind("fcc_grantees", "fcc_grantees.yaml", "clearband.facts.schema.fcc_grantees:GranteesFile"),
    Kind("events", "events.yaml", "clearband.facts.schema.events:EventsFile"),
    Kind("equipment", "equipment.yaml", "clearband.facts.schema.equipment:EquipmentFile"),
    Kind("criteria_terms", "criteria_terms.yaml", "clearband.facts.schema.criteria:CriteriaTermsFile"),
    Kind("criteria", "criteria/*.yaml", "clearband.facts.schema.criteria:CriteriaFile", many=True),
    Kind("profiles", "criteria/profiles/*.yaml", "clearband.facts.schema.profiles:ProfileFile", many=True),
    Kind("cost_terms", "cost_terms.yaml", "clearband.facts.schema.costs:CostTermsFile"),
    Kind("costs", "costs/*.yaml", "clearband.facts.schema.costs:CostsFile", many=True),
    Kind("programmes", "programmes/*.yaml", "clearband.facts.schema.programmes:ProgrammeFile", many=True),
    Kind("market", "market/*.yaml", "clearband.facts.schema.market:MarketFile", many=True),
    Kind("listing_states", "listing_states.yaml", "clearband.facts.schema.listing_states:ListingStatesFile"),
    Kind("vocabulary", "vocabulary.yaml", "clearband.facts.schema.vocabulary:VocabularyFile"),
    Kind("directives", "directives/*/*.yaml", "clearband.facts.schema.directives:DirectiveFile", many=True),
)
