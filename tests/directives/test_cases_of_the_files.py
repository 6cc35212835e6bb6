"""Every directive file carries examples of its law; here they are asked, of that measure alone."""

from __future__ import annotations

from typing import Any

import pytest

from clearband.directives.cases import CaseResult, days_without_case, run_cases
from clearband.directives.directive_files import case_warnings, check_files
from clearband.directives.law import Law
from clearband.facts.equipment_words import equipment_words
from clearband.facts.store import compiled
from clearband.identify.meant import case_maker
from clearband.register import load_register

DIRECTIVES: list[dict[str, Any]] = compiled().read("directives")


def asked(raw: dict[str, Any], law: Law) -> list[CaseResult]:
    register = load_register()
    return list(
        run_cases(raw, DIRECTIVES, law, register, lambda name: case_maker(name, register), equipment_words())
    )


@pytest.mark.parametrize("raw", DIRECTIVES, ids=lambda raw: raw["id"])
def test_the_examples_in_the_file_have_the_answers_they_state(raw: dict[str, Any], law: Law) -> None:
    wrong = [f"{result.question}: {'; '.join(result.wrong)}" for result in asked(raw, law) if result.wrong]
    assert not wrong


def test_an_example_that_is_wrong_in_its_answer_date_clause_or_exception_is_found(law: Law) -> None:
    raw = next(raw for raw in DIRECTIVES if raw["id"] == "us-fcc-usf-rule-54-9")
    right = {
        "on": "2020-07-01", "actor": "usf-recipient", "action": "fund", "maker": "huawei",
        "equipment": "base station", "answer": "prohibited", "date": "2020-06-30",
    }  # fmt: skip
    own = {**right, "purpose": "own funds", "answer": "exempt"}
    cases = [
        right,
        {**right, "answer": "not-covered"},
        {**right, "date": "2020-01-03"},
        {**right, "clause": "nothing"},
        {**right, "exception": "own-money"},
        {**own, "date": "2020-06-30"},
        {**right, "answer": "advised-against"},
        {**right, "actor": "usf-recipients"},
    ]
    found = [bool(result.wrong) for result in asked({**raw, "cases": cases}, law)]
    assert found == [False, True, True, True, True, False, True, True]


def test_every_measure_has_enough_examples_and_a_prohibition_one_on_each_boundary_day(law: Law) -> None:
    reading = check_files([], compiled(), load_register())
    problems = [
        one
        for file in reading.files
        for one in case_warnings(file, law, load_register(), asked(file.raw, law))
    ]
    assert [problem.one_line() for problem in problems] == []


def test_an_example_of_advice_is_decided_by_the_clause_that_it_names(law: Law) -> None:
    raw = next(raw for raw in DIRECTIVES if raw["id"] == "uk-high-risk-vendor-advice-2020")
    case = {
        "on": "2021-01-10", "actor": "public-telecom-provider-uk", "action": "procure", "maker": "huawei",
        "equipment": "gnb", "answer": "advised-against",
    }  # fmt: skip
    cases = [{**case, "clause": name} for name in ("buying", "cap", "installing")]
    assert [bool(one.wrong) for one in asked({**raw, "cases": cases}, law)] == [False, False, True]


def test_a_licence_is_asked_with_what_it_relaxes(law: Law) -> None:
    raw = next(raw for raw in DIRECTIVES if raw["id"] == "us-bis-huawei-tgl")
    assert {result.said.answer for result in asked(raw, law) if result.said} == {"exempt", "prohibited"}


def test_of_a_date_that_was_moved_only_the_last_is_a_boundary_day(law: Law) -> None:
    raw = next(raw for raw in DIRECTIVES if raw["id"] == "us-bis-zte-denial-order-2018")
    missing = {day.isoformat() for _, day in days_without_case({**raw, "cases": []}, law)}
    assert missing == {"2018-04-15", "2018-07-02", "2018-07-13", "2018-08-02"}
