"""What one signal value says: evidence for makers, and mentions that are no evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from clearband.identify.weights import Nats, rule_of


class Channel(StrEnum):
    """Where evidence comes from. Channels are taken as independent; within one only the strongest counts."""

    WORDS = "words"
    """What people typed: manufacturer, brand, a maker's name in model or description."""
    NUMBER = "number"
    """The scheme of the model number."""
    ADDRESS = "address"
    """The registrants of the MAC addresses."""
    AGENT = "agent"
    """What the device's firmware says: sysDescr, sysObjectID, ENTITY-MIB, banners."""
    GRANT = "grant"
    """FCC grantee."""
    CATALOGUE = "catalogue"
    """CPE name given by somebody else's inventory."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence.

    Attributes:
        maker: Register id, or slug of a name that the register does not know.
        weight: Nats for (above 0) the maker.
        channel: Independence group.
        known: Whether the maker is in the register.
        name: The register's name that matched, or the text as stated for a maker that it does not know.
        brand: Name on the box, when the value names a brand of the maker.
        category: Equipment category that the rule implies.
        conditional: Counts only beside other evidence for the same maker.
        alternative: One of several makers that the value names: whoever wins, the others contradict.
        sure_as: Category that makes it tell the maker where the inventory states it.
    """

    signal: str
    value: str
    rule: str
    maker: str
    weight: float
    source: str
    note: str
    channel: Channel
    known: bool = True
    name: str | None = None
    brand: str | None = None
    category: str | None = None
    conditional: bool = False
    alternative: bool = False
    sure_as: str | None = None

    @property
    def rule_id(self) -> str | None:
        """Name of the rule in ``facts/evidence_weights.yaml`` that gives the weight; None of a mere label."""
        return rule_of(self.weight)


@dataclass(frozen=True, slots=True)
class Mention:
    """A maker named where a name is no evidence."""

    signal: str
    text: str
    maker: str
    why: str


@dataclass(frozen=True, slots=True)
class Observation:
    """All that one distinct value of a signal says.

    Attributes:
        silent: Why a value that is there says nothing (a placeholder, a locally administered address), if so.
    """

    evidence: tuple[Evidence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    silent: str | None = None


NOTHING = Observation()
"""Of a value that is not there."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The part of a piece of evidence that the combination looks at; equal for many distinct values."""

    maker: str
    channel: Channel
    weight: float
    known: bool
    name: str | None
    brand: str | None
    category: str | None
    conditional: bool
    signal: str
    alternative: bool = False
    rule_id: str | None = None
    sure_as: str | None = None

    def is_by(self, rule: Nats) -> bool:
        """Whether this rule gave the claim, whatever it weighs by now."""
        return self.rule_id == rule.rule


@dataclass
class Notebook:
    """Collects what one value says."""

    signal: str
    value: str
    evidence: list[Evidence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    silent: str | None = None

    def observation(self) -> Observation:
        """What was collected."""
        return Observation(tuple(self.evidence), tuple(self.mentions), self.silent)
