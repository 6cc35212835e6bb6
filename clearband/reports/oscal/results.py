"""An assessment and what it came to as OSCAL assessment results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    CriterionAnswer,
    CriterionScore,
    EvidenceItem,
    GateResult,
    GateState,
    Value,
)
from clearband.model.criterion import Effect
from clearband.reports.oscal.catalog import control_id
from clearband.reports.oscal.parts import Json, fixed_uuid, metadata, prop, without_empty

LOST: Final = (
    "scores and intervals other than as properties, for a finding is satisfied or not",
    "open gates and undetermined outcomes other than as properties",
    "disagreement of sources other than as several observations",
    "decisions, listings, appeals, revocations and signatures: they stand in the log of the list",
    "tiers of suppliers and ownership",
)
_METHOD: Final = {"test-report": "TEST", "code-inspection": "TEST", "automated-measurement": "TEST"}


def assessment_results(made: Assessment, result: AssessmentResult) -> Json:
    """An assessment as OSCAL assessment results (``{"assessment-results": …}``).

    The same assessment gives the same bytes: the day is that of the assessment, ids follow the content.
    """
    plan = fixed_uuid("plan", made.id, made.profile_sha256)
    day = made.on.isoformat()
    return {
        "assessment-results": without_empty(
            {
                "uuid": fixed_uuid("assessment", made.id, day, made.profile_sha256),
                "metadata": metadata(
                    f"Assessment of {made.subject.name}", day, made.id, LOST, **_parties(made)
                ),
                "import-ap": {"href": f"#{plan}"},
                "results": [_result(made, result)],
                "back-matter": {
                    "resources": [
                        {
                            "uuid": plan,
                            "title": f"Profile {made.profile} over the catalogue of criteria",
                            "props": [
                                prop("profile-sha256", made.profile_sha256),
                                prop("catalogue-sha256", made.catalogue_sha256),
                            ],
                        },
                        *(_resource(made, item) for item in made.evidence),
                    ]
                },
            }
        )
    }


def _result(made: Assessment, result: AssessmentResult) -> Json:
    subject, day = made.subject, made.on.isoformat()
    reviewed = [{"control-id": control_id(one.criterion)} for one in result.criteria]
    selection: Json = {"include-controls": reviewed} if reviewed else {"include-all": {}}
    return without_empty(
        {
            "uuid": fixed_uuid("result", made.id, day),
            "title": f"{subject.name}: {' or '.join(one.value for one in result.outcomes)}",
            "description": f"{subject.kind} {subject.id}, tier {subject.tier}, {subject.territory}",
            "start": f"{day}T00:00:00Z",
            "end": f"{day}T00:00:00Z",
            "props": _summary(made, result),
            "reviewed-controls": {"control-selections": [selection]},
            "observations": [
                _observation(made, answer.criterion, answer)
                for answer in sorted(made.answers, key=lambda one: one.criterion)
            ],
            "risks": [
                _risk(made, gate)
                for gate in result.gates
                if gate.state is GateState.MET and gate.effect is not Effect.REASONS
            ],
            "findings": [
                _finding(made, score, result.gates) for score in result.criteria if score.unanswered is None
            ],
        }
    )


def _parties(made: Assessment) -> Json:
    parties = [
        {
            "uuid": fixed_uuid("party", assessor.organisation),
            "type": "organization",
            "name": assessor.organisation,
            "props": [
                prop("role", assessor.role),
                prop("conflicts", "; ".join(assessor.conflicts) or "none declared")
                if assessor.declared_on
                else prop("conflicts", "nothing was declared"),
                *([prop("undeclared-conflict", assessor.undeclared)] if assessor.undeclared else []),
            ],
        }
        for assessor in made.assessors
    ]
    return {"parties": parties} if parties else {}


def _summary(made: Assessment, result: AssessmentResult) -> list[Json]:
    several = None if len(result.outcomes) == 1 else "one of several still possible"
    opened = [gate for gate in result.gates if gate.state is GateState.OPEN]
    return [
        *(prop("outcome", one.value, remarks=several) for one in result.outcomes),
        prop("score-low", result.score.low),
        prop("score-high", result.score.high),
        prop("closed-share", result.closed_share),
        prop("tier", made.subject.tier),
        *([prop("weakest-level", result.weakest_level)] if result.weakest_level else []),
        *(prop("open-gate", gate.criterion, remarks=gate.why) for gate in opened),
    ]


def _observation_id(made: Assessment, answer: CriterionAnswer) -> str:
    return fixed_uuid("observation", made.id, answer.criterion, answer.origin, answer.by, _said(answer.value))


def _observation(made: Assessment, name: str, answer: CriterionAnswer) -> Json:
    items = {item.id: item for item in made.evidence}
    used = [items[one] for one in answer.evidence if one in items]
    ends = [item.expires for item in used if item.expires]
    return without_empty(
        {
            "uuid": _observation_id(made, answer),
            "title": name,
            "description": f"{name}: {_said(answer.value)}, by {answer.by}",
            "props": [
                prop("origin", answer.origin.replace(":", "-")),
                prop("answer", _said(answer.value)),
                *(prop("detail", one) for one in answer.details or ()),
                *([prop("inputs-sha256", answer.inputs)] if answer.inputs else []),
            ],
            "methods": sorted({_METHOD.get(item.type, "EXAMINE") for item in used}) or ["UNKNOWN"],
            "types": ["control-objective"],
            "relevant-evidence": [
                {
                    "href": f"#{fixed_uuid('evidence', made.id, item.id)}",
                    "description": item.title,
                    "props": [prop("level", item.level)],
                }
                for item in used
            ],
            "collected": f"{max((item.collected for item in used), default=made.on).isoformat()}T00:00:00Z",
            "expires": f"{min(ends).isoformat()}T00:00:00Z" if ends else None,
            "remarks": answer.reason,
        }
    )


def _said(value: Value) -> str:
    if value.word is not None:
        return value.word
    return str(value.low) if value.low == value.high else f"{value.low} to {value.high}"


def _finding(made: Assessment, score: CriterionScore, gates: Iterable[GateResult]) -> Json:
    met = [gate for gate in gates if gate.criterion == score.criterion and gate.state is GateState.MET]
    satisfied = not met and score.interval.low == 1
    name = control_id(score.criterion)
    return {
        "uuid": fixed_uuid("finding", made.id, score.criterion),
        "title": score.criterion,
        "description": "; ".join(gate.text for gate in met) or "no gate is met",
        "props": [
            prop("score-low", score.interval.low),
            prop("score-high", score.interval.high),
            *([prop("level", score.level)] if score.level else []),
            *([prop("disagreement", "true")] if score.disagreement else []),
        ],
        "target": {
            "type": "objective-id",
            "target-id": f"{name}_obj",
            "status": {
                "state": "satisfied" if satisfied else "not-satisfied",
                "reason": "pass" if satisfied else "fail" if met or score.interval.high == 0 else "other",
            },
        },
        "related-observations": [
            {"observation-uuid": _observation_id(made, made.answers[number])} for number in score.answers
        ],
    }


def _risk(made: Assessment, gate: GateResult) -> Json:
    return {
        "uuid": fixed_uuid("risk", made.id, gate.criterion, gate.text),
        "title": f"{gate.criterion}: {gate.effect.value}",
        "description": gate.text,
        "statement": gate.why,
        "status": "open",
        "props": [prop("effect", gate.effect.value), *([prop("level", gate.level)] if gate.level else [])],
    }


def _resource(made: Assessment, item: EvidenceItem) -> Json:
    return without_empty(
        {
            "uuid": fixed_uuid("evidence", made.id, item.id),
            "title": item.title,
            "props": [
                prop("evidence", item.id),
                prop("type", item.type),
                prop("level", item.level),
                prop("source", item.source),
                *([prop("sha256", item.sha256)] if item.sha256 else []),
                *([prop("closed", "true", remarks=item.holder)] if item.closed else []),
            ],
        }
    )
