"""Gates with three values: met, not met, open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from clearband.assess.standing import Standing
from clearband.model.assessment import CriterionAnswer, GateResult, GateState, Value
from clearband.model.criterion import Effect, Gate, Trigger

Truth = bool | None
"""None: not known."""

NEEDS_STRONG: Final = (Effect.REFUSE, Effect.SUSPEND)
"""Effects that only evidence of the profile's ``refuse_level`` carries."""
_NO_FINDING: Final = (Effect.INCOMPLETE,)
"""Gates that say that too little is known are no finding that could support another gate."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate of a criterion that holds for the subject."""

    criterion: str
    group: str
    gate: Gate


@dataclass(frozen=True, slots=True)
class Found:
    """What the answers to its own criterion say of a gate, before what it asks for beside them.

    Attributes:
        level: Best level of the evidence that carries it, where the answers agree.
    """

    truth: Truth
    why: str
    level: str | None = None
    evidence: tuple[str, ...] = ()


def found(gate: Gate, answers: Sequence[Standing], refused: Sequence[Standing] = ()) -> Found:
    """How the answers that count meet a gate by themselves.

    Args:
        gate: It.
        answers: Those that count.
        refused: Those that do not; that something was said and why it does not count is no plain *unknown*.
    """
    if not answers:
        why = "; ".join(sorted({one.why_not for one in refused if one.why_not}))
        return Found(None, f"said, and not counted: {why}" if why else "unknown")
    if all(one.answer.value.word == "not-applicable" for one in answers):
        return Found(False, "not applicable")
    truths = [_of_answer(gate.when, one.answer) for one in answers]
    evidence = tuple(sorted({name for one in answers for name in one.evidence}))
    levels = [one.level for one in answers if one.level is not None]
    if len(set(truths)) > 1:
        why = f"the answers disagree: {_sides(truths, answers)}"
        met, denied = _best(truths, answers, of_met=True), _best(truths, answers, of_met=False)
        # A denial opens a gate only with evidence as good as that of what it denies: a vendor's word does not
        # stand against an official list. The other way round nothing is closed.
        if met > denied:
            return Found(True, why, met, evidence)
        return Found(None, why, min(levels, default=None), evidence)
    level = max(levels, default=None)
    if truths[0] is not None:
        return Found(truths[0], "", level, evidence)
    stated = all(
        gate.when.detail is None or _detail(gate.when.detail, one.answer) is not None for one in answers
    )
    why = "the answer leaves it open" if stated else f'not known: "{gate.when.detail}"'
    unknown = all(one.answer.value.word == "unknown" for one in answers)
    return Found(None, "unknown" if unknown else why, level, evidence)


def _best(truths: Sequence[Truth], answers: Sequence[Standing], *, of_met: bool) -> str:
    """The best level of evidence of those who say that the gate is met, or of all others."""
    return (
        max(one.level or "" for one, truth in zip(answers, truths, strict=True) if (truth is True) is of_met)
        if any((truth is True) is of_met for truth in truths)
        else ""
    )


def _sides(truths: Sequence[Truth], answers: Sequence[Standing]) -> str:
    """What each side makes of a gate, with its best evidence: a denial may be weaker than what it denies."""
    said = []
    for words, side in (("met", True), ("not met", False), ("open", None)):
        on = [one.level or "" for one, truth in zip(answers, truths, strict=True) if truth is side]
        if on:
            said.append(f"{words} on {max(on) or 'no evidence'}")
    return ", ".join(said)


def _of_answer(when: Trigger, answer: CriterionAnswer) -> Truth:
    if answer.value.word == "not-applicable":
        return False
    held = _of_value(when, answer.value)
    detail = True if when.detail is None else _detail(when.detail, answer)
    return both(held, detail)


def _of_value(when: Trigger, value: Value) -> Truth:
    if value.word == "unknown":
        return None
    if when.answer is not None:
        return value.word == when.answer
    under = True if when.below is None else _under(value, when.below)
    over = True if when.at_least is None else negated(_under(value, when.at_least))
    return both(under, over)


def _under(value: Value, limit: Decimal) -> Truth:
    if value.high is not None and value.high < limit:
        return True
    return False if value.low is not None and value.low >= limit else None


def _detail(name: str, answer: CriterionAnswer) -> Truth:
    if answer.details is None or name in answer.open_details:
        return None
    return name in answer.details


def both(one: Truth, other: Truth) -> Truth:
    """And, of three values."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def negated(one: Truth) -> Truth:
    """Not, of three values."""
    return None if one is None else not one


def judged(asked: Asked, own: Found, others: Iterable[tuple[Asked, Found]], refuse_level: str) -> GateResult:
    """A gate with what else it asks for, and with the level that its effect needs.

    Args:
        asked: The gate.
        own: What its own criterion says.
        others: All gates with what their own criteria say.
        refuse_level: Evidence below it meets no gate that refuses or suspends.
    """
    gate = asked.gate
    truth, why, level, evidence = own.truth, own.why, own.level, set(own.evidence)
    if (gate.with_groups or gate.with_criteria) and truth is not False:
        support = supporting(asked, others)
        missing = [words for words, one in support.items() if one.truth is not True]
        for one in support.values():
            truth = both(truth, one.truth)
        if truth is True:
            levels = [level, *(one.level for one in support.values())]
            level = min((one for one in levels if one is not None), default=None)
            evidence |= {name for one in support.values() for name in one.evidence}
        elif own.truth is True:
            found_not = truth is False
            why = f"{'no' if found_not else 'open whether there is a'} finding of {', '.join(missing)}"
    if truth is True and gate.effect in NEEDS_STRONG and (level or "") < refuse_level:
        truth, why = None, f"alleged: evidence {level or 'none'} is below {refuse_level}"
    state = GateState.OPEN if truth is None else GateState.MET if truth else GateState.NOT_MET
    return GateResult(asked.criterion, gate.effect, state, gate.text, tuple(sorted(evidence)), level, why)


def supporting(asked: Asked, others: Iterable[tuple[Asked, Found]]) -> Mapping[str, Found]:
    """What a gate asks for beside its own answer: any finding of its groups, each of its criteria."""
    gate = asked.gate
    held = [(one, what) for one, what in others if one.criterion != asked.criterion]
    wanted = {name: [what for one, what in held if one.criterion == name] for name in gate.with_criteria}
    if gate.with_groups:
        wanted[" or ".join(gate.with_groups)] = [
            what for one, what in held if one.group in gate.with_groups and one.gate.effect not in _NO_FINDING
        ]
    return {words: _any(found) for words, found in wanted.items()}


def _any(held: Sequence[Found]) -> Found:
    met = [one for one in held if one.truth is True]
    if met:
        return max(met, key=lambda one: (one.level or "", one.evidence))
    return Found(None if any(one.truth is None for one in held) else False, "")
