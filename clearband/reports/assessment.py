"""An assessment in words: what it comes to; each criterion with answer, evidence, level, source, gates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clearband.assess.scale import interval
from clearband.assess.score import Scoring
from clearband.assess.sensitivity import words
from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    GateResult,
    GateState,
    Interval,
)
from clearband.model.canonical import canonical, number_text, plain, sha256
from clearband.model.criterion import Effect, Profile

SCORE_SCHEMA: Final = "https://clearband.dev/schema/assessment-score-1.json"
_SEVERITY: Final = list(Effect)
_SHOWN: Final = 8
"""Open gates and decisive answers that are told; the others are counted."""


def score_json(assessment: Assessment, result: AssessmentResult) -> bytes:
    """What an assessment comes to as canonical JSON, ``facts/schemas/assessment-score.schema.json``."""
    head = {
        "schema": SCORE_SCHEMA,
        "assessment_sha256": sha256(assessment),
        "catalogue_sha256": assessment.catalogue_sha256,
        "profile_sha256": assessment.profile_sha256,
    }
    return canonical({**head, **plain(result)})


def score_lines(assessment: Assessment, result: AssessmentResult, profile: Profile) -> Iterator[str]:
    """What an assessment comes to."""
    subject = assessment.subject
    maker = f"register: {subject.maker}" if subject.maker else "not in the register"
    yield f"{subject.name}: {subject.kind} ({maker}), tier {subject.tier}, {subject.territory}"
    illustration = " (an illustration, nobody's policy)" if profile.illustration else ""
    yield f"  on {assessment.on} under {profile.id}{illustration}"
    possible = ", ".join(outcome.value for outcome in result.outcomes)
    if len(result.outcomes) == 1:
        level = f", on evidence of level {result.weakest_level} or better" if result.weakest_level else ""
        yield f"  outcome     {possible}{level}"
    else:
        yield f"  outcome     undetermined: {possible}"
    known = sum(one.unanswered is None for one in result.criteria)
    yield f"  score       {range_words(result.score)}; {known} of {len(result.criteria)} criteria answered"
    if result.closed_share:
        yield f"  closed      {number_text(result.closed_share)} of what is answered rests on closed evidence"
    for one in result.criteria:
        if one.disagreement:
            yield f"  disagree    {one.criterion}: the answers differ, and all are kept"
    gates = sorted(result.gates, key=lambda one: (_SEVERITY.index(one.effect), one.criterion))
    yield from (f"  met         {_gate(one)}" for one in gates if one.state is GateState.MET)
    still_open = [one for one in gates if one.state is GateState.OPEN]
    yield from (f"  open        {_gate(one)}" for one in still_open[:_SHOWN])
    if len(still_open) > _SHOWN:
        yield f"  open        and {len(still_open) - _SHOWN} gates more"
    told = result.decisive[:_SHOWN]
    for name, answer, outcomes in told:
        yield f"  would tell  {name} {answer}: {', '.join(outcome.value for outcome in outcomes)}"
    if len(result.decisive) > len(told):
        yield f"  would tell  and {len(result.decisive) - len(told)} answers more"


def criterion_lines(scoring: Scoring, name: str) -> Iterator[str]:
    """One criterion: its answers, each with evidence, and its gates."""
    criterion = scoring.criteria[name]
    ends = scoring.ranges[name]
    answers = scoring.standings.get(name, [])
    known = [one for one in scoring.counting(name) if one.answer.value.word != "unknown"]
    said = "not applicable" if ends is None else range_words(interval(ends)) if known else "unknown"
    yield f"{name} {criterion.title}: {said}"
    items = {item.id: item for item in scoring.assessment.evidence}
    for one in answers:
        answer = one.answer
        why_not = f"; does not count: {one.why_not}" if one.why_not else ""
        yield f"  answer    {words(answer)}, {answer.origin} by {answer.by}{why_not}"
        if answer.reason:
            yield f"            {answer.reason}"
        for evidence in answer.evidence:
            item = items[evidence]
            closed = f", closed (held by {item.holder})" if item.closed else ""
            yield f"  evidence  {item.level} {item.title}{closed}"
            yield f"            source: {item.source}; collected {item.collected}; id {item.id}"
    for gate in scoring.gates:
        if gate.criterion == name and (gate.state is not GateState.NOT_MET or known):
            yield f"  gate      {gate.state.value}, {_gate(gate).removeprefix(f'{name} ')}"


def range_words(held: Interval) -> str:
    """A range of scores."""
    low, high = number_text(held.low), number_text(held.high)
    return low if low == high else f"{low} to {high}"


def _gate(gate: GateResult) -> str:
    level = f" [{gate.level}]" if gate.level and gate.state is GateState.MET else ""
    why = f" ({gate.why})" if gate.why else ""
    return f"{gate.criterion} {gate.effect.value}: {gate.text}{level}{why}"
