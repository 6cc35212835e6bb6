"""What the register answers by itself: with rule, evidence and source; and what stays unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clearband.assess.automatic import RULES, automatic, with_automatic
from clearband.assess.document import written
from clearband.assess.score import score
from clearband.directives.law import load_law
from clearband.model.assessment import Assessment, CriterionAnswer, GateState, Outcome, Subject
from clearband.model.criterion import Effect
from clearband.register import load_register
from tests.assess.made_up import BASE, ON, PROFILE, assessment


def of(maker: str, tier: str = "T1", on: date = ON) -> Assessment:
    subject = Subject("manufacturer", maker, maker, maker, tier, "US")
    held = replace(assessment(tier=tier), subject=subject, on=on)
    return with_automatic(held, automatic(held, PROFILE, load_register(), load_law()))


def answers(held: Assessment) -> dict[str, CriterionAnswer]:
    return {one.criterion: one for one in held.answers}


@pytest.mark.parametrize(
    ("maker", "tier", "refusing"),
    [
        ("huawei", "T1", {"JUR-01", "LEG-01", "OWN-09"}),
        ("huawei", "T3", {"LEG-01", "OWN-09"}),
        ("zte", "T1", {"JUR-01", "OWN-09"}),
        ("zte", "T5", {"OWN-09"}),
    ],
)
def test_makers_on_binding_lists_are_refused_by_named_gates(
    maker: str, tier: str, refusing: set[str]
) -> None:
    result = score(of(maker, tier), PROFILE, BASE)
    met = {one.criterion for one in result.gates if (one.effect, one.state) == (Effect.REFUSE, GateState.MET)}
    assert met == refusing
    assert result.outcomes == (Outcome.REFUSE,)
    assert result.weakest_level == "E3"


@pytest.mark.parametrize("maker", ["nokia", "ericsson"])
def test_nobody_is_cleared_by_what_no_list_says(maker: str) -> None:
    held = of(maker)
    said = {name: one.value.word for name, one in answers(held).items()}
    assert all(said[name] == "unknown" for name in ("JUR-01", "OWN-01", "OWN-09", "LEG-01"))
    assert Outcome.REFUSE in score(held, PROFILE, BASE).outcomes
    assert Outcome.LIST in score(held, PROFILE, BASE).outcomes


def test_a_maker_that_the_register_does_not_know_has_no_automatic_answer() -> None:
    held = assessment()
    assert automatic(held, PROFILE, load_register(), load_law()).answers == ()


def test_a_charge_is_told_with_the_makers_answer_and_does_not_count() -> None:
    one = answers(of("huawei"))["LEG-04"]
    assert one.value.word == "unknown"
    assert "no finding and not counted" in str(one.reason)
    assert "pleaded not guilty" in str(one.reason)


def test_two_events_of_one_matter_are_one_finding() -> None:
    one = answers(of("ericsson"))["LEG-03"]
    assert (str(one.value.low), one.value.high) == ("1", None)


def test_a_holding_that_is_known_in_part_is_a_range() -> None:
    one = answers(of("zte"))["OWN-03"]
    assert (str(one.value.low), str(one.value.high)) == ("0.2029", "1")


def test_a_share_that_nobody_verified_does_not_count_for_critical_equipment() -> None:
    critical = {one.criterion: one for one in score(of("zte", "T1"), PROFILE, BASE).criteria}["OWN-03"]
    user_side = {one.criterion: one for one in score(of("zte", "T4"), PROFILE, BASE).criteria}["OWN-03"]
    assert critical.unanswered == "evidence E1 is below E2"
    assert user_side.unanswered is None


def test_each_answer_names_rule_evidence_source_and_inputs() -> None:
    held = of("huawei")
    items = {item.id: item for item in held.evidence}
    for one in held.answers:
        assert one.origin == f"auto:{one.criterion}"
        assert one.criterion in RULES
        assert one.reason
        assert len(str(one.inputs)) == 64
        assert (one.value.word != "unknown") == bool(one.evidence)
        assert all(items[name].source for name in one.evidence)


def test_the_same_register_gives_the_same_bytes_and_takes_its_old_answers_away() -> None:
    held = of("zte")
    again = with_automatic(held, automatic(held, PROFILE, load_register(), load_law()))
    assert written(again) == written(held)


def test_what_was_read_after_the_day_or_long_before_does_not_count() -> None:
    early = score(of("huawei", on=date(2026, 1, 1)), PROFILE, BASE)
    late = score(of("huawei", on=date(2029, 1, 1)), PROFILE, BASE)
    assert len(early.outcomes) > 1
    assert len(late.outcomes) > 1


def test_a_stale_copy_of_a_list_is_told_and_carries_nothing() -> None:
    held = of("huawei")
    items = {item.id: item for item in held.evidence}
    one = answers(held)["OWN-09"]
    assert "not counted, for want of a recent official list" in str(one.reason)
    assert all(items[name].collected.year == 2026 for name in one.evidence)
