"""What of an assessment leaves for other programs fits its published form, whatever was answered."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.assess.score import score
from clearband.facts.store import ROOT
from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    CriterionScore,
    GateResult,
    GateState,
    Outcome,
)
from clearband.model.criterion import Effect
from clearband.reports.assessment import SCORE_SCHEMA, score_json
from clearband.reports.oscal.check import held_to_schema
from clearband.reports.oscal.results import assessment_results
from tests.assess.made_up import BASE, PROFILE, random_assessments

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCHEMA: Any = json.loads((ROOT / "schemas" / "assessment-score.schema.json").read_text(encoding="utf-8"))
FORM = jsonschema_rs.validator_for(SCHEMA)


@FEW
@given(random_assessments())
def test_a_score_fits_its_schema(held: Assessment) -> None:
    FORM.validate(json.loads(score_json(held, score(held, PROFILE, BASE))))


def test_the_schema_says_all_that_a_score_says() -> None:
    parts = SCHEMA["properties"]
    for made, said in (
        (AssessmentResult, parts),
        (GateResult, parts["gates"]["items"]["properties"]),
        (CriterionScore, parts["criteria"]["items"]["properties"]),
    ):
        assert {one.name for one in fields(made)} <= said.keys()
    gate = parts["gates"]["items"]["properties"]
    assert set(gate["effect"]["enum"]) == {one.value for one in Effect}
    assert set(gate["state"]["enum"]) == {one.value for one in GateState}
    assert set(SCHEMA["$defs"]["outcomes"]["items"]["enum"]) == {one.value for one in Outcome}
    assert SCHEMA["$id"] == parts["schema"]["const"] == SCORE_SCHEMA


@pytest.mark.parametrize(
    ("name", "value"),
    [("score", {"low": "0", "high": "1.5"}), ("outcomes", []), ("closed_share", 0.5), ("more", 1)],
)
@settings(max_examples=1, deadline=None)
@given(random_assessments())
def test_what_is_no_score_does_not_fit(name: str, value: Any, held: Assessment) -> None:
    raw = json.loads(score_json(held, score(held, PROFILE, BASE)))
    assert not FORM.is_valid(raw | {name: value})


@FEW
@given(random_assessments(), st.data())
def test_oscal_results_keep_to_the_schema_whatever_was_answered_in_whatever_order(
    held: Assessment, data: st.DataObject
) -> None:
    made = held_to_schema(assessment_results(held, score(held, PROFILE, BASE)))
    (result,) = made["assessment-results"]["results"]
    ids = [one["uuid"] for kind in ("observations", "risks", "findings") for one in result.get(kind, [])]
    assert len(ids) == len(set(ids))
    other = replace(held, answers=tuple(data.draw(st.permutations(held.answers))))
    again = assessment_results(other, score(other, PROFILE, BASE))
    assert again["assessment-results"]["results"][0].get("observations") == result.get("observations")
    assert {one["uuid"] for one in result.get("observations", [])} >= {
        one["observation-uuid"]
        for found in result.get("findings", [])
        for one in found.get("related-observations", [])
    }
