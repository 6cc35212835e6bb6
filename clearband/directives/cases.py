"""The examples that a directive file carries: each is asked, of that measure alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from clearband.directives.answer import AskAnswer, Reason
from clearband.directives.ask import ask
from clearband.directives.clock import known
from clearband.directives.law import Law
from clearband.directives.maker_match import Register
from clearband.directives.question_words import NOT_UNDERSTOOD, Question, Resolve
from clearband.errors import UsageError
from clearband.facts.equipment_words import EquipmentWords
from clearband.model.directive import Effect, Limb, Moment
from clearband.model.finding import Answer

Raw = Mapping[str, Any]
LEAST: Final = 4
"""Cases that a measure should have."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, asked.

    Attributes:
        number: Its place in the file's ``cases``.
        said: What the law answered; None where the case could not be asked.
        wrong: What is not as the case says, one sentence each; empty where all is.
    """

    directive: str
    number: int
    case: Raw
    said: AskAnswer | None
    wrong: tuple[str, ...]

    @property
    def not_understood(self) -> tuple[str, ...]:
        """Keys of the case whose words were not understood, so that the answer does not rest on them."""
        read_as = self.said.read_as if self.said else {}
        return tuple(key for key, value in read_as.items() if value == NOT_UNDERSTOOD and key in self.case)

    @property
    def question(self) -> str:
        """The question in words."""
        return question_words(self.case)


def run_cases(
    raw: Raw, directives: Iterable[Raw], law: Law, register: Register, resolve: Resolve, words: EquipmentWords
) -> Iterator[CaseResult]:
    """Ask every case of one measure, of that measure with what relaxes it and what it relaxes.

    Args:
        raw: The measure, as compiled.
        directives: All measures, for those that relax it.
        law: Built from all; a draft is asked as its own law.
        register: The organisations.
        resolve: Finds the register ids that a name can mean.
        words: Finds the category of a piece of equipment.
    """
    # A licence says nothing alone: it is asked with what it relaxes.
    related = [raw["id"], *_relaxed_by(raw)]
    related += [other["id"] for other in directives if raw["id"] in _relaxed_by(other)]
    drafts = {draft.measure.id: draft.law for draft in law.drafts}
    alone = drafts.get(raw["id"], law).only(related)
    for number, case in enumerate(raw.get("cases", ())):
        try:
            said = ask(question_of(case), alone, register, resolve, words)
        except UsageError as error:
            yield CaseResult(raw["id"], number, case, None, (error.one_line(),))
            continue
        yield CaseResult(raw["id"], number, case, said, tuple(_wrong(raw["id"], case, said)))


def question_of(case: Raw) -> Question:
    """A case as a question to the law."""
    days = {
        key: date.fromisoformat(case[key]) if key in case else None for key in ("on", "known_on", "obtained")
    }
    assert days["on"] is not None
    return Question(
        maker=case["maker"],
        actor=case["actor"],
        action=case["action"],
        on=days["on"],
        equipment=case.get("equipment"),
        purpose=case.get("purpose"),
        made_in=case.get("made_in"),
        holding=case.get("holding"),
        known_on=days["known_on"],
        obtained=days["obtained"],
    )


def question_words(case: Raw) -> str:
    """A case in words: ``on 2020-08-13 federal-contractor use huawei router``."""
    text = f"on {case['on']} {case['actor']} {case['action']} {case['maker']}"
    text += f" {case['equipment']}" if "equipment" in case else ""
    for key, said in (
        ("purpose", "for"),
        ("made_in", "made in"),
        ("holding", "holding"),
        ("obtained", "obtained on"),
        ("known_on", "with the knowledge of"),
    ):
        text += f", {said} {case[key]}" if key in case else ""
    return text


def _wrong(directive: str, case: Raw, said: AskAnswer) -> Iterator[str]:
    expected = case["answer"]
    advised = [reason for reason in said.advice if reason.directive == directive]
    if expected == Answer.ADVISED_AGAINST:
        if said.answer is not Answer.NOT_COVERED or not advised:
            yield f"expected advice and no prohibition, found {said.answer.value}"
            return
        deciding = next((one for one in advised if _is_clause(one, case)), advised[0])
    else:
        if said.answer != expected:
            yield f"expected {expected}, found {said.answer.value}"
            return
        if not said.because:
            if {"date", "clause", "exception"} & case.keys():
                yield "no clause decides, because none was announced yet"
            return
        deciding = said.because[0]
    if "date" in case and deciding.date != case["date"]:
        yield f"expected the date {case['date']}, found {deciding.date}"
    if not _is_clause(deciding, case):
        yield f"expected the clause {case['clause']} to decide, found {deciding.clause}"
    if "exception" in case:
        holding = [one.id for one in deciding.tried if one.holds in ("yes", "over")]
        if case["exception"] not in (*holding, deciding.clause):
            yield f"expected the exception {case['exception']}, found {', '.join(holding) or 'none'}"


def _is_clause(reason: Reason, case: Raw) -> bool:
    """Whether a reason is the clause that a case names, if it names one."""
    named = case.get("clause")
    return named is None or named in (reason.clause, reason.clause.partition("/")[0])


def _relaxed_by(raw: Raw) -> list[str]:
    return [clause["relaxes"] for clause in raw.get("clauses", ()) if "relaxes" in clause]


def boundary_days(limb: Limb) -> Iterator[date]:
    """The exact days on which a limb, or an exception of its own measure, begins to hold or holds no more.

    Of a date that was moved only the last counts: the others decide nothing but with older knowledge. A
    licence of another measure has its cases there.
    """
    own = [rule for rule in limb.exemptions if rule.directive == limb.directive]
    for clock in (*limb.starts, *(rule.start for rule in own)):
        moment = known(clock, None)
        if moment is not None and _exact(moment):
            yield moment.latest
    for end in (*limb.ends, *(rule.end for rule in own if rule.end is not None)):
        moment = known(end.clock, None)
        if moment is not None and _exact(moment):
            yield moment.latest + timedelta(days=int(end.last_day_included))


def _exact(moment: Moment) -> bool:
    return moment.earliest == moment.latest and moment.event not in ("expected", "proposed")


def days_without_case(raw: Raw, law: Law) -> list[tuple[str, date]]:
    """Clauses that prohibit, and boundary days of theirs without a case on the day and one on the day before.

    A case counts for a clause when its action is one of the clause's. What is taken by reference from a list
    of another measure has its cases there.
    """
    drafts = {draft.measure.id: draft.law for draft in law.drafts}
    asked = {(case["action"], date.fromisoformat(case["on"])) for case in raw.get("cases", ())}
    missing: dict[tuple[str, date], None] = {}
    for limb in drafts.get(raw["id"], law).limbs:
        if limb.directive != raw["id"] or limb.by_reference or limb.pending:
            continue
        if limb.effect is not Effect.PROHIBITS:
            continue
        days = {day for action, day in asked if action in limb.actions}
        for day in boundary_days(limb):
            if not {day, day - timedelta(days=1)} <= days:
                missing[limb.clause.partition("/")[0], day] = None
    return sorted(missing, key=lambda item: (item[1], item[0]))
