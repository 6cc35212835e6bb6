"""Which single answer, given or changed, would change what an assessment comes to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from clearband.assess.gates import found, judged
from clearband.assess.outcome import outcomes
from clearband.assess.scale import ZERO, Range
from clearband.assess.standing import Standing
from clearband.assess.whole import whole
from clearband.model.assessment import CriterionAnswer, Outcome, Value
from clearband.model.canonical import number_text
from clearband.model.criterion import LEVELS, Criterion

if TYPE_CHECKING:
    from clearband.assess.score import Scoring

Decisive = tuple[str, str, tuple[Outcome, ...]]
_MATURITIES: Final = tuple(Decimal(number) for number in range(5))
_A_BIT: Final = Decimal("0.000001")


def decisive(scoring: Scoring) -> tuple[Decisive, ...]:
    """Criteria of which one answer changes the outcomes: the answer, and the outcomes with it.

    Each answer that could matter is tried with evidence of the best level. Only the criterion's own group,
    its gates and the gates that lean on them are worked out again.

    Returns:
        Criterion, answer in words, outcomes; by criterion in the order of the catalogue, one answer for each
        set of outcomes.
    """
    found_ones: list[Decisive] = []
    for name in scoring.criteria:
        seen = {scoring.outcomes}
        for answer in candidates(scoring, name):
            result = outcomes_with(scoring, name, answer)
            if result not in seen:
                seen.add(result)
                found_ones.append((name, words(answer), result))
    return tuple(found_ones)


def outcomes_with(scoring: Scoring, name: str, answer: CriterionAnswer) -> tuple[Outcome, ...]:
    """The outcomes if a criterion had this one answer, with evidence of the best level."""
    answers = [Standing(-1, answer, LEVELS[-1], (), closed=False, why_not=None)]
    changed = scoring.range_of(scoring.criteria[name], answers)
    held = []
    for one, what in zip(scoring.asked, scoring.found, strict=True):
        held.append((one, found(one.gate, answers) if one.criterion == name else what))
    group = scoring.criteria[name].group
    gates = []
    for (one, what), before in zip(held, scoring.gates, strict=True):
        leans = group in one.gate.with_groups or name in one.gate.with_criteria
        if one.criterion == name or leans:
            after = judged(one, what, held, scoring.policy.refuse_level)
            gates.append((after.effect, after.state))
        else:
            gates.append((before.effect, before.state))
    return outcomes(gates, score_with(scoring, name, changed), scoring.policy)


def score_with(scoring: Scoring, name: str, ends: Range | None) -> Range:
    """The score if one criterion had another range, or did not apply."""
    group = scoring.criteria[name].group
    low = high = ZERO
    total = 0
    for other, held in scoring.ranges.items():
        if scoring.criteria[other].group == group:
            used = ends if other == name else held
            weight = scoring.profile.weights[other]
            if used is not None and weight:
                low, high, total = low + weight * used[0], high + weight * used[1], total + weight
    groups = {one: held for one, held in scoring.groups.items() if one != group}
    if total:
        groups[group] = (low / total, high / total)
    return whole(groups, scoring.profile)


def candidates(scoring: Scoring, name: str) -> Iterator[CriterionAnswer]:
    """The answers of a criterion between which scores and gates can differ, the good ones first."""
    criterion = scoring.criteria[name]
    named = (one.gate.when.detail for one in scoring.asked if one.criterion == name)
    details = sorted({detail for detail in named if detail is not None})
    for value in _values(scoring, criterion):
        told: list[tuple[str, ...] | None] = [(), *((detail,) for detail in details)] if details else [None]
        for one in told:
            yield CriterionAnswer(name, value, "assessor", "", details=one)


def _values(scoring: Scoring, criterion: Criterion) -> list[Value]:
    scale = scoring.profile.scales.get(criterion.id, criterion.scale)
    good_first = criterion.polarity == "positive"
    if scale.kind == "yes-no":
        return [Value("yes"), Value("no")] if good_first else [Value("no"), Value("yes")]
    limits = chain.from_iterable(
        (one.gate.when.below, one.gate.when.at_least)
        for one in scoring.asked
        if one.criterion == criterion.id
    )
    if scale.kind == "maturity":
        numbers = set(_MATURITIES)
    else:
        numbers = {limit for limit in (scale.fail, scale.target) if limit is not None}
        for limit in limits:
            if limit is not None:
                numbers |= {limit, max(limit - _A_BIT, Decimal(0))}
    return [Value(None, one, one) for one in sorted(numbers, reverse=good_first)]


def words(answer: CriterionAnswer) -> str:
    """An answer in words: its value, and what it says beside it."""
    beside = f" ({', '.join(answer.details)})" if answer.details else ""
    return f"{value_words(answer.value)}{beside}"


def value_words(value: Value) -> str:
    """A value in words."""
    if value.word is not None:
        return value.word
    if value.high is None:
        assert value.low is not None
        return f"at least {number_text(value.low)}"
    if value.low is None:
        return f"at most {number_text(value.high)}"
    low, high = number_text(value.low), number_text(value.high)
    return low if low == high else f"{low} to {high}"
