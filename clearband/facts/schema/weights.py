"""``evidence_weights.yaml``: how often each rule of identification was right on labelled records."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearband.facts.schema.base import Fact, FullDate, Slug, Text

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Nats = Annotated[float, Field(ge=0, le=20)]


class LabelledSource(Fact):
    """One collection of labelled records that the weights were measured on."""

    name: Text
    records: Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class LearnedRule(Fact):
    """How much one rule speaks for a maker, and why so much.

    Attributes:
        nats: The weight used: of the judgement and the records together, never above the rule's most. Rules
            for makers that the register does not know stay as judged.
        judged: The weight by judgement alone.
        most: The most that the rule may weigh, whatever the records say.
        right: Records in which the maker it spoke for is the labelled one, or of one house with it.
        wrong: Records in which it is another.
    """

    nats: Nats
    judged: Nats
    most: Nats
    right: Count
    wrong: Count


class CalibrationError(Fact):
    """Mean distance of confidence and share of right verdicts, by weights learned without the records judged.

    Attributes:
        one_by_one: The records dealt out one by one.
        maker_by_maker: All records of a maker left out together.
    """

    one_by_one: Share
    maker_by_maker: Share


class EvidenceWeightsFile(Fact):
    """The weights as learned.

    Attributes:
        learned: Day.
        prior_strength: So many records the judgement counts for, beside the labelled ones.
        rules: By name.
    """

    learned: FullDate
    script: Text
    prior_strength: Annotated[float, Field(gt=0)]
    sources: tuple[LabelledSource, ...]
    calibration_error: CalibrationError | None = None
    rules: dict[Slug, LearnedRule]
