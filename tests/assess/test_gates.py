"""Gates: what is never averaged away, and what is left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clearband.assess.score import score
from clearband.model.assessment import Assessment, Assessor, GateResult, GateState, Interval, Outcome, Value
from clearband.model.criterion import Effect
from tests.assess.made_up import BASE, LAB, PROFILE, answer, assessment, item


def gate(held: Assessment, criterion: str, effect: Effect) -> GateResult:
    gates = score(held, PROFILE, BASE).gates
    return next(one for one in gates if one.criterion == criterion and one.effect is effect)


def with_evidence(level: str, **other: object) -> Assessment:
    return assessment([answer("LEG-05", "yes", "e")], [item("e", level, **other)])


def test_a_hidden_function_that_a_laboratory_found_refuses() -> None:
    result = score(with_evidence("E4"), PROFILE, BASE)
    assert result.outcomes == (Outcome.REFUSE,)
    assert result.weakest_level == "E4"


def test_one_that_the_vendor_admits_is_alleged_until_shown() -> None:
    held = with_evidence("E1")
    found = gate(held, "LEG-05", Effect.REFUSE)
    assert found.state is GateState.OPEN
    assert found.why == "alleged: evidence E1 is below E3"
    assert len(score(held, PROFILE, BASE).outcomes) > 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"expires": date(2026, 11, 22)}, "e: expired on 2026-11-22"),
        ({"collected": date(2024, 11, 22)}, "e: stale since 2026-11-22: test-report holds 24 months"),
        (
            {"collected": date(2026, 11, 23)},
            "e: collected on 2026-11-23, after the day of the assessment",
        ),
        ({"level": "E0"}, "evidence E0 is below E1"),
    ],
)
def test_evidence_that_does_not_count_says_why(other: dict[str, object], why: str) -> None:
    held = assessment([answer("LEG-05", "no", "e")], [item("e", **other)])  # type: ignore[arg-type]
    scored = {one.criterion: one for one in score(held, PROFILE, BASE).criteria}["LEG-05"]
    assert scored.unanswered == why
    assert scored.interval == Interval(Decimal(0), Decimal(1))


def test_a_gate_of_which_something_was_said_that_does_not_count_says_so() -> None:
    found = gate(with_evidence("E0"), "LEG-05", Effect.REFUSE)
    assert (found.state, found.why) == (GateState.OPEN, "said, and not counted: evidence E0 is below E1")


@pytest.mark.parametrize("other", [{"expires": date(2026, 11, 23)}, {"collected": date(2024, 11, 23)}])
def test_evidence_counts_up_to_its_last_day(other: dict[str, object]) -> None:
    held = assessment([answer("LEG-05", "no", "e")], [item("e", **other)])  # type: ignore[arg-type]
    assert gate(held, "LEG-05", Effect.REFUSE).state is GateState.NOT_MET


@pytest.mark.parametrize(
    "assessor",
    [
        replace(LAB, declared_on=None),
        replace(LAB, declared_on=date(2026, 12, 1)),
        replace(LAB, undeclared="sells parts to the maker"),
        Assessor("Another Laboratory", "laboratory", date(2026, 1, 1)),
    ],
)
def test_who_did_not_declare_its_interests_answers_nothing(assessor: Assessor) -> None:
    held = assessment([answer("LEG-05", "yes", "e")], [item("e")], assessors=[assessor])
    assert gate(held, "LEG-05", Effect.REFUSE).state is GateState.OPEN


def test_reports_of_a_laboratory_with_a_hidden_tie_carry_nobody_elses_answer() -> None:
    void = Assessor("Tied Laboratory", "laboratory", date(2026, 1, 1), undeclared="owned by the maker")
    held = assessment(
        [answer("LEG-05", "no", "e")], [item("e", source="Tied Laboratory")], assessors=[LAB, void]
    )
    assert gate(held, "LEG-05", Effect.REFUSE).state is GateState.OPEN


def test_a_declared_tie_is_known_and_counts() -> None:
    held = assessment(
        [answer("LEG-05", "no", "e")],
        [item("e")],
        assessors=[replace(LAB, conflicts=("member of the same association",))],
    )
    assert gate(held, "LEG-05", Effect.REFUSE).state is GateState.NOT_MET


@pytest.mark.parametrize(
    ("details", "state"),
    [(None, GateState.OPEN), ((), GateState.NOT_MET), (("binding",), GateState.MET)],
)
def test_what_an_answer_does_not_say_leaves_the_gate_open(
    details: tuple[str, ...] | None, state: GateState
) -> None:
    held = assessment([answer("OWN-09", "yes", "e", details=details)], [item("e")])
    assert gate(held, "OWN-09", Effect.REFUSE).state is state


def test_a_detail_named_as_open_is_open() -> None:
    held = assessment(
        [answer("OWN-09", "yes", "e", details=("advisory",), open_details=("binding",))], [item("e")]
    )
    assert gate(held, "OWN-09", Effect.REFUSE).state is GateState.OPEN
    assert gate(held, "OWN-09", Effect.CONDITION).state is GateState.MET


def test_compelled_assistance_counts_only_beside_a_finding() -> None:
    law = answer("JUR-02", "yes", "e")
    alone = gate(assessment([law], [item("e")]), "JUR-02", Effect.CONDITION)
    assert alone.state is GateState.OPEN
    assert alone.why == "open whether there is a finding of ownership or operations"
    tie = answer("OWN-04", "yes", "f")
    beside = gate(assessment([law, tie], [item("e"), item("f", "E3")]), "JUR-02", Effect.CONDITION)
    assert (beside.state, beside.level, beside.evidence) == (GateState.MET, "E3", ("e", "f"))


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        ("0.1", "1", GateState.MET),
        ("0.05", "0.2", GateState.OPEN),
        ("0", "0.09", GateState.NOT_MET),
        ("0.1", None, GateState.MET),
        (None, "0.09", GateState.NOT_MET),
    ],
)
def test_a_range_meets_a_threshold_wholly_or_leaves_it_open(
    low: str | None, high: str | None, state: GateState
) -> None:
    said = answer("OWN-03", "unknown", "e")
    value = Value(None, *(None if end is None else Decimal(end) for end in (low, high)))
    held = assessment([replace(said, value=value)], [item("e")])
    assert gate(held, "OWN-03", Effect.CONDITION).state is state


def test_a_site_is_not_asked_for_its_owner() -> None:
    held = assessment([answer("OWN-01", 0, "e")], [item("e")], kind="site")
    result = score(held, PROFILE, BASE)
    assert "OWN-01" not in {one.criterion for one in result.criteria}
    assert "OWN-01" not in {one.criterion for one in result.gates}


@pytest.mark.parametrize(
    ("denial", "state", "sides"),
    [
        ("E2", GateState.MET, "met on E4, not met on E2"),
        ("E4", GateState.OPEN, "met on E4, not met on E4"),
        ("E5", GateState.OPEN, "met on E4, not met on E5"),
    ],
)
def test_answers_that_disagree_are_both_kept_and_a_weaker_denial_opens_no_gate(
    denial: str, state: GateState, sides: str
) -> None:
    second = replace(answer("LEG-05", "no", "f"), by="Second Laboratory")
    labs = [LAB, Assessor("Second Laboratory", "laboratory", date(2026, 1, 1))]
    held = assessment(
        [answer("LEG-05", "yes", "e"), second], [item("e"), item("f", level=denial)], assessors=labs
    )
    found = gate(held, "LEG-05", Effect.REFUSE)
    assert (found.state, found.why) == (state, f"the answers disagree: {sides}")
    scored = {one.criterion: one for one in score(held, PROFILE, BASE).criteria}["LEG-05"]
    assert scored.disagreement
    assert scored.interval == Interval(Decimal(0), Decimal(1))


def test_a_site_gate_of_critical_equipment_asks_nothing_of_a_passive_part() -> None:
    said = [answer("JUR-01", "yes", "e")]
    critical = score(assessment(said, [item("e")], tier="T1"), PROFILE, BASE)
    passive = score(assessment(said, [item("e")], tier="T5"), PROFILE, BASE)
    assert critical.outcomes == (Outcome.REFUSE,)
    assert Outcome.CONDITIONAL in passive.outcomes
    assert any("Mitigation" in text for text in passive.conditions)


def test_a_finding_of_another_criterion_is_decisive_where_a_gate_leans_on_it() -> None:
    # Nothing is left open but the law of the home state and whether anybody controls the maker.
    good = [
        replace(answer(name, "unknown", "e"), value=_best(name), details=())
        for name, one in BASE.criteria.items()
        if "manufacturer" in one.applies_to and name not in ("JUR-02", "OWN-04")
    ]
    held = assessment([*good, answer("JUR-02", "yes", "e")], [item("e")], tier="T1")
    result = score(held, PROFILE, BASE)
    assert result.outcomes == (Outcome.CONDITIONAL, Outcome.LIST)
    told = {(name, said): outcomes for name, said, outcomes in result.decisive}
    assert told["OWN-04", "yes"] == (Outcome.CONDITIONAL,)
    assert told["OWN-04", "no"] == (Outcome.LIST,)


def _best(name: str) -> Value:
    criterion = BASE.criteria[name]
    if criterion.scale.kind == "yes-no":
        return Value("yes" if criterion.polarity == "positive" else "no")
    number = Decimal(0)
    if criterion.polarity == "positive":
        number = criterion.scale.target or Decimal(4)
    return Value(None, number, number)
