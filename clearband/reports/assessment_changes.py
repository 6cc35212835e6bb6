"""What changed between two assessments, in words."""

from __future__ import annotations

from collections.abc import Iterator

from clearband.assess.scale import Range, interval
from clearband.assess.score import Scoring
from clearband.assess.sensitivity import words
from clearband.model.assessment import CriterionAnswer
from clearband.reports.assessment import range_words


def change_lines(before: Scoring, after: Scoring) -> Iterator[str]:
    """Outcome, score, gates, criteria with their answers, evidence; one line where nothing differs."""
    lines = [
        *_whole(before, after),
        *_gates(before, after),
        *_criteria(before, after),
        *_evidence(before, after),
    ]
    yield from lines or ["nothing differs"]


def _whole(before: Scoring, after: Scoring) -> Iterator[str]:
    pairs = (
        ("subject", before.assessment.subject.name, after.assessment.subject.name),
        ("tier", before.assessment.subject.tier, after.assessment.subject.tier),
        ("day", str(before.assessment.on), str(after.assessment.on)),
        ("profile", before.profile.id, after.profile.id),
        ("outcome", _outcomes(before), _outcomes(after)),
        ("score", _range(before.score), _range(after.score)),
    )
    for what, old, new in pairs:
        if old != new:
            yield f"{what:<10}{old} -> {new}"


def _gates(before: Scoring, after: Scoring) -> Iterator[str]:
    states = [
        {(one.criterion, one.effect, one.text): one.state for one in held.gates} for held in (before, after)
    ]
    for key in dict.fromkeys((*states[0], *states[1])):
        old, new = (one[key].value if key in one else "not asked" for one in states)
        if old != new:
            criterion, effect, text = key
            yield f"gate      {criterion} {effect.value}: {old} -> {new} ({text})"


def _criteria(before: Scoring, after: Scoring) -> Iterator[str]:
    for name in dict.fromkeys((*before.criteria, *after.criteria)):
        old, new = (_criterion(held, name) for held in (before, after))
        if old != new:
            yield f"{name:<10}{old} -> {new}"


def _criterion(held: Scoring, name: str) -> str:
    if name not in held.criteria:
        return "not asked"
    told = [_answer(one.answer, one.why_not) for one in held.standings.get(name, ())]
    ends = held.ranges[name]
    score = "not applicable" if ends is None else _range(ends)
    return f"{score} ({'; '.join(told)})" if told else "no answer"


def _answer(answer: CriterionAnswer, why_not: str | None) -> str:
    return f"{words(answer)} by {answer.by}{', not counted: ' + why_not if why_not else ''}"


def _evidence(before: Scoring, after: Scoring) -> Iterator[str]:
    old, new = ({one.id: one for one in held.assessment.evidence} for held in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            item = new.get(name) or old[name]
            how = "added" if name not in old else "gone" if name not in new else "changed"
            yield f"evidence  {how}: {item.level} {item.title} (source: {item.source}; id {name})"


def _outcomes(held: Scoring) -> str:
    return ", ".join(outcome.value for outcome in held.outcomes)


def _range(ends: Range) -> str:
    return range_words(interval(ends))
