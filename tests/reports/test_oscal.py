"""An assessment as OSCAL results: valid, the same bytes, and open about what is not carried."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clearband.errors import OutputError
from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    Assessor,
    CriterionAnswer,
    CriterionScore,
    EvidenceItem,
    GateResult,
    GateState,
    Interval,
    Outcome,
    Subject,
    Value,
)
from clearband.model.criterion import Effect
from clearband.reports.oscal.check import held_to_schema, problems
from clearband.reports.oscal.results import assessment_results

NO = Interval(Decimal(0), Decimal(0))
MADE = Assessment(
    "example-1",
    Subject("manufacturer", "acme-radio", "Acme Radio", None, "T2", "US"),
    date(2026, 11, 1),
    "example-us",
    "a" * 64,
    "b" * 64,
    (Assessor("Example Laboratory", "laboratory", date(2026, 10, 1)),),
    (
        EvidenceItem(
            "E-1", "public-record", "E3", "Extract", "register", date(2026, 10, 2), date(2027, 1, 1), "c" * 64
        ),
    ),
    (
        CriterionAnswer("OWN-09", Value("yes"), "auto:lists", "Example Authority", ("E-1",), ("binding",)),
        CriterionAnswer(
            "OWN-01", Value(None, Decimal("0.5"), Decimal("0.7")), "assessor", "Example Authority"
        ),
    ),
)
RESULT = AssessmentResult(
    MADE.id,
    (
        GateResult("OWN-09", Effect.REFUSE, GateState.MET, "Named on a list", ("E-1",), "E3", "yes, binding"),
        GateResult("OWN-11", Effect.REFUSE, GateState.OPEN, "Not disclosed", (), None, "no answer"),
    ),
    (
        CriterionScore("OWN-09", NO, 5, (0,), "E3", False, None, False),
        CriterionScore("OWN-11", Interval(Decimal(0), Decimal(1)), 4, (), None, False, "no answer", False),
    ),
    {"ownership": NO},
    Interval(Decimal(0), Decimal("0.4")),
    (Outcome.REFUSE,),
    (),
    (),
    "E3",
    Decimal(0),
)


def test_results_keep_to_the_published_schema_and_stay_the_same() -> None:
    document = held_to_schema(assessment_results(MADE, RESULT))
    assert document == assessment_results(MADE, RESULT)
    content = document["assessment-results"]
    assert "Not carried by OSCAL" in content["metadata"]["remarks"]
    (result,) = content["results"]
    assert [one["title"] for one in result["findings"]] == ["OWN-09"]
    assert [one["title"] for one in result["risks"]] == ["OWN-09: refuse"]
    assert "open-gate" in {one["name"] for one in result["props"]}


def test_a_document_that_breaks_the_schema_does_not_leave() -> None:
    document = assessment_results(MADE, RESULT)
    document["assessment-results"]["uuid"] = "bad id"
    assert [one.split(":")[0] for one in problems(document)] == ["assessment-results/uuid"]
    with pytest.raises(OutputError, match="assessment-results/uuid"):
        held_to_schema(document)
