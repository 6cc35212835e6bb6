"""What an assessment adds up to: gates, scores, and the outcomes still possible. Exact; no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from clearband.assess.catalogue import Catalogue
from clearband.assess.document import arranged
from clearband.assess.gates import Asked, Found, found, judged
from clearband.assess.outcome import outcomes
from clearband.assess.profiles import gates_of
from clearband.assess.scale import ONE, UNKNOWN, ZERO, Range, interval, score_range
from clearband.assess.sensitivity import decisive
from clearband.assess.standing import Standing, standings
from clearband.assess.whole import whole
from clearband.errors import InputError
from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    CriterionScore,
    GateResult,
    GateState,
    Outcome,
)
from clearband.model.criterion import Criterion, Effect, Profile, TierPolicy

_NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Scoring:
    """An assessment with what judges it; the parts are worked out once, as they are asked for.

    Args:
        assessment: In canonical order.
        profile: The authority's policy.
        base: The catalogue.
    """

    assessment: Assessment
    profile: Profile
    base: Catalogue

    @cached_property
    def policy(self) -> TierPolicy:
        """What is asked for in the subject's tier."""
        tier = self.assessment.subject.tier
        if tier not in self.profile.tiers:
            held = ", ".join(sorted(self.profile.tiers))
            what = f"the profile {self.profile.id} says nothing of tier {tier}"
            raise InputError(what, where=self.assessment.id, remedy=f"it has {held}")
        return self.profile.tiers[tier]

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Criteria that the profile chose and that apply to this kind of subject."""
        kind = self.assessment.subject.kind
        return {
            name: one
            for name, one in self.base.criteria.items()
            if name in self.profile.weights and kind in one.applies_to
        }

    @cached_property
    def standings(self) -> Mapping[str, list[Standing]]:
        """All answers by criterion."""
        return standings(self.assessment, self.base.evidence_types, self.policy.least_level)

    def counting(self, criterion: str) -> list[Standing]:
        """Answers that count; *unknown* only where nobody knows better."""
        held = [one for one in self.standings.get(criterion, ()) if one.why_not is None]
        return [one for one in held if one.answer.value.word != "unknown"] or held

    @cached_property
    def ranges(self) -> dict[str, Range | None]:
        """The score of each criterion; None where it does not apply."""
        return {name: self.range_of(one, self.counting(name)) for name, one in self.criteria.items()}

    def range_of(self, criterion: Criterion, answers: Sequence[Standing]) -> Range | None:
        """The range that all answers span; None where all say that the criterion does not apply."""
        if not answers:
            return UNKNOWN
        dropped = [one.answer.value.word == "not-applicable" for one in answers]
        if any(dropped):
            return None if all(dropped) else UNKNOWN
        scale = self.profile.scales.get(criterion.id, criterion.scale)
        ends = [score_range(one.answer.value, criterion, scale) for one in answers]
        return min(low for low, _ in ends), max(high for _, high in ends)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The gates that hold for the subject."""
        subject = self.assessment.subject
        return tuple(
            Asked(name, criterion.group, gate)
            for name, criterion in self.criteria.items()
            for gate in gates_of(self.profile, criterion)
            if subject.tier in gate.tiers and (not gate.subjects or subject.kind in gate.subjects)
        )

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """What the answers say of each gate by itself."""
        return tuple(
            found(one.gate, self.counting(one.criterion), self.standings.get(one.criterion, ()))
            for one in self.asked
        )

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """The gates with all that they ask for."""
        held = list(zip(self.asked, self.found, strict=True))
        return tuple(judged(one, what, held, self.policy.refuse_level) for one, what in held)

    @cached_property
    def groups(self) -> dict[str, Range]:
        """The score of each group that has a criterion left to weigh."""
        sums: dict[str, list[Fraction]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for name, ends in self.ranges.items():
            weight = self.profile.weights[name]
            if ends is not None and weight:
                parts = sums[self.criteria[name].group]
                parts[0] += weight * ends[0]
                parts[1] += weight * ends[1]
                parts[2] += weight
        return {group: (low / weight, high / weight) for group, (low, high, weight) in sums.items()}

    @cached_property
    def score(self) -> Range:
        """The score of the whole."""
        return whole(self.groups, self.profile)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes still possible."""
        return outcomes(((gate.effect, gate.state) for gate in self.gates), self.score, self.policy)


def score(assessment: Assessment, profile: Profile, base: Catalogue) -> AssessmentResult:
    """The result of an assessment: the same for the same content, in whatever order it came.

    Raises:
        InputError: It was made with another catalogue or profile, or the profile has no such tier.
    """
    scoring = scoring_of(assessment, profile, base)
    criteria = tuple(
        _criterion_score(scoring, name) for name in scoring.criteria if scoring.ranges[name] is not None
    )
    return AssessmentResult(
        assessment.id,
        scoring.gates,
        criteria,
        {group: interval(ends) for group, ends in scoring.groups.items()},
        interval(scoring.score),
        scoring.outcomes,
        tuple(
            gate.text if gate.effect is Effect.CONDITION else f"Nothing new is bought: {gate.text}"
            for gate in scoring.gates
            if gate.state is GateState.MET and gate.effect in (Effect.CONDITION, Effect.NO_NEW_PROCUREMENT)
        ),
        decisive(scoring),
        _weakest(scoring, criteria),
        _closed_share(scoring, criteria),
    )


def scoring_of(assessment: Assessment, profile: Profile, base: Catalogue) -> Scoring:
    """The assessment ready to be scored.

    Raises:
        InputError: It was made with another catalogue or another version of the profile.
    """
    remedy = "take its answers over into a new one: `clearband assess new`, then `assess import`"
    for what, pinned, held in (
        ("catalogue of criteria", assessment.catalogue_sha256, base.sha256),
        (f"version of the profile {profile.id}", assessment.profile_sha256, profile.sha256),
    ):
        if pinned != held:
            raise InputError(
                f"made with another {what} ({pinned[:12]}, here {held[:12]})",
                where=assessment.id,
                remedy=remedy,
            )
    return Scoring(arranged(assessment), profile, base)


def _criterion_score(scoring: Scoring, name: str) -> CriterionScore:
    answers = scoring.counting(name)
    ends = scoring.ranges[name]
    assert ends is not None
    telling = [one for one in answers if one.answer.value.word != "unknown"]
    said = {(one.answer.value, one.answer.details) for one in telling}
    missing = None
    if not telling:
        refused = [one.why_not for one in scoring.standings.get(name, ()) if one.why_not]
        unknown = [one.answer.reason or "answered as unknown" for one in answers]
        missing = "; ".join(dict.fromkeys([*refused, *unknown])) or _NO_ANSWER
    return CriterionScore(
        name,
        interval(ends),
        scoring.profile.weights[name],
        tuple(one.position for one in answers),
        max((one.level for one in telling if one.level), default=None),
        len({value for value, _ in said}) > 1,
        missing,
        any(one.closed for one in telling),
    )


def _weakest(scoring: Scoring, criteria: Sequence[CriterionScore]) -> str | None:
    """The weakest level that a single outcome rests on: of a refusal by gates that of the strongest gate."""
    if len(scoring.outcomes) != 1:
        return None
    refusing = [
        gate.level or "E0"
        for gate in scoring.gates
        if gate.state is GateState.MET and gate.effect in (Effect.REFUSE, Effect.SUSPEND)
    ]
    if refusing:
        return max(refusing)
    return min((one.level or "E0" for one in criteria if one.unanswered is None), default=None)


def _closed_share(scoring: Scoring, criteria: Sequence[CriterionScore]) -> Decimal:
    """Share of the weight answered that would be unanswered without closed evidence."""
    sums: dict[str, int] = defaultdict(int)
    for one in criteria:
        sums[scoring.criteria[one.criterion].group] += one.weight
    answered = closed = ZERO
    for one in criteria:
        group = scoring.criteria[one.criterion].group
        if one.unanswered is None and one.weight:
            part = Fraction(one.weight * scoring.profile.group_weights[group], sums[group])
            answered += part
            closed += part if one.closed else ZERO
    return interval((closed / answered, ONE)).low if answered else Decimal(0)
