"""The laws of scoring: they hold whatever was answered, by whomever, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.assess.document import read_assessment, written
from clearband.assess.score import score, scoring_of
from clearband.assess.sensitivity import candidates, outcomes_with, words
from clearband.model.assessment import Assessment, CriterionScore, Interval, Outcome
from clearband.model.canonical import canonical
from tests.assess.made_up import BASE, PROFILE, answer, item, random_assessments

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STRONG = item("strong", "E5")
ORDER = list(Outcome)


def scores(held: Assessment) -> dict[str, CriterionScore]:
    return {one.criterion: one for one in score(held, PROFILE, BASE).criteria}


@FEW
@given(random_assessments(), st.data())
def test_more_criteria_answered_lie_within_fewer(held: Assessment, data: st.DataObject) -> None:
    names = sorted({one.criterion for one in held.answers})
    kept = set(data.draw(st.lists(st.sampled_from(names), unique=True))) if names else set()
    fewer = replace(held, answers=tuple(one for one in held.answers if one.criterion in kept))
    some, all_of_it = scoring_of(fewer, PROFILE, BASE), scoring_of(held, PROFILE, BASE)
    assert some.score[0] <= all_of_it.score[0] <= all_of_it.score[1] <= some.score[1]
    assert set(all_of_it.outcomes) <= set(some.outcomes)
    shown, wider = score(held, PROFILE, BASE).score, score(fewer, PROFILE, BASE).score
    assert wider.low <= shown.low <= shown.high <= wider.high


@FEW
@given(random_assessments(), st.data())
def test_the_order_changes_nothing(held: Assessment, data: st.DataObject) -> None:
    other = replace(
        held,
        answers=tuple(data.draw(st.permutations(held.answers))),
        evidence=tuple(data.draw(st.permutations(held.evidence))),
    )
    assert canonical(score(held, PROFILE, BASE)) == canonical(score(other, PROFILE, BASE))
    assert written(held) == written(other)


@FEW
@given(random_assessments(), st.data())
def test_without_a_piece_of_evidence_only_scores_that_name_it_change(
    held: Assessment, data: st.DataObject
) -> None:
    if not held.evidence:
        return
    gone = data.draw(st.sampled_from(held.evidence)).id
    without = replace(
        held,
        evidence=tuple(one for one in held.evidence if one.id != gone),
        answers=tuple(
            replace(one, evidence=tuple(name for name in one.evidence if name != gone))
            for one in held.answers
        ),
    )
    before, after = scores(held), scores(without)
    changed = {name for name in before.keys() | after.keys() if _told(before, name) != _told(after, name)}
    assert changed <= {one.criterion for one in held.answers if gone in one.evidence}
    # Each answer of these assessments has one piece of evidence: without it, it no longer counts.
    counted = {held.answers[at].criterion for at in _counting(held) if gone in held.answers[at].evidence}
    assert counted <= changed


def _told(scored: dict[str, CriterionScore], name: str) -> object:
    one = scored.get(name)
    return one and (one.interval, len(one.answers), one.level, one.unanswered, one.disagreement)


def _counting(held: Assessment) -> list[int]:
    scoring = scoring_of(held, PROFILE, BASE)
    counting = {
        one.answer
        for name in scoring.criteria
        for one in scoring.counting(name)
        if one.answer.value.word != "unknown"
    }
    return [at for at, one in enumerate(held.answers) if one in counting]


@FEW
@given(random_assessments())
def test_outcomes_are_some_from_the_worst_to_the_best(held: Assessment) -> None:
    result = score(held, PROFILE, BASE)
    ranks = [ORDER.index(one) for one in result.outcomes]
    assert ranks
    assert ranks == sorted(set(ranks), reverse=True)


@settings(FEW, max_examples=12)
@given(random_assessments(most=12), st.data())
def test_sensitivity_is_what_a_new_scoring_says(held: Assessment, data: st.DataObject) -> None:
    scoring = scoring_of(held, PROFILE, BASE)
    decisive = {(name, said): result for name, said, result in score(held, PROFILE, BASE).decisive}
    for name in data.draw(st.lists(st.sampled_from(sorted(scoring.criteria)), max_size=8, unique=True)):
        for tried in candidates(scoring, name):
            given_so = replace(tried, by="Example Laboratory", evidence=("strong",), reason="so")
            others = tuple(one for one in held.answers if one.criterion != name)
            anew = replace(held, answers=(*others, given_so), evidence=(*held.evidence, STRONG))
            expected = scoring_of(anew, PROFILE, BASE).outcomes
            assert outcomes_with(scoring, name, tried) == expected
            if expected != scoring.outcomes:
                assert expected in {result for (one, _), result in decisive.items() if one == name}
            else:
                assert (name, words(tried)) not in decisive


@FEW
@given(random_assessments())
def test_a_file_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, held: Assessment
) -> None:
    path = tmp_path_factory.mktemp("held") / "a.json"
    path.write_bytes(written(held))
    again = read_assessment(path)
    assert written(again) == path.read_bytes()
    assert canonical(score(again, PROFILE, BASE)) == canonical(score(held, PROFILE, BASE))


def test_not_applicable_and_an_answer_to_one_criterion_leave_it_unknown() -> None:
    from tests.assess.made_up import assessment

    both = assessment(
        [answer("OWN-04", "no", "strong"), answer("OWN-04", "not-applicable", "strong", reason="no owner")],
        [STRONG],
    )
    held = scores(both)["OWN-04"]
    assert held.disagreement
    assert held.interval == Interval(Decimal(0), Decimal(1))
