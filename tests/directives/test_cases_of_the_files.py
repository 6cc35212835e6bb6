"""Every directive file carries examples of its law; here they are asked, of that measure alone."""

from __future__ import annotations

from typing import Any

import pytest

from clearband.cli.resolving import case_maker
from clearband.directives.cases import LEAST, CaseResult, run_cases
from clearband.directives.law import Law
from clearband.facts.equipment_words import equipment_words
from clearband.facts.store import compiled
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


@pytest.mark.parametrize("raw", DIRECTIVES, ids=lambda raw: raw["id"])
def test_a_binding_measure_with_clauses_shows_its_boundary_days(raw: dict[str, Any]) -> None:
    prohibits = [c for c in raw.get("clauses", ()) if c["effect"] == "prohibits"]
    assert not prohibits or len(raw["cases"]) >= LEAST - 2
