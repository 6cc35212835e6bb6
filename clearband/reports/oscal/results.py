"""An assessment and what it came to as OSCAL assessment results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.assess.sensitivity import value_words
from clearband.model.assessment import (
    Assessment,
    AssessmentResult,
    CriterionAnswer,
    CriterionScore,
    EvidenceItem,
    GateResult,
    GateState,
)
from clearband.model.canonical import number_text, sha256
from clearband.model.criterion import Effect
from clearband.reports.oscal.catalog import control_id
from clearband.reports.oscal.parts import Json, fixed_uuid, metadata, prop, without_empty

LOST: Final = (
    "scores and intervals other than as properties, for a finding is satisfied or not",
    "open gates and undetermined outcomes other than as properties",
    "which single answer would change the outcome other than as properties",
    "answers that do not count other than as observations without a finding",
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
                "uuid": fixed_uuid("assessment", sha256(made)),
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
                                prop("assessment-sha256", sha256(made)),
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
            "uuid": fixed_uuid("result", sha256(made)),
            "title": f"{subject.name}: {' or '.join(one.value for one in result.outcomes)}",
            "description": f"{subject.kind} {subject.id}, tier {subject.tier}, {subject.territory}",
            "start": f"{day}T00:00:00Z",
            "end": f"{day}T00:00:00Z",
            "props": _summary(made, result),
            "reviewed-controls": {"control-selections": [selection]},
            "observations": _observations(made),
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
        *(
            prop("group-score", f"{number_text(score.low)} to {number_text(score.high)}", of=group)
            for group, score in result.groups.items()
        ),
        *(prop("condition", text) for text in result.conditions),
        *(prop("open-gate", gate.criterion, of=gate.effect.value, remarks=gate.why) for gate in opened),
        *(
            prop("would-change", f"{name} {answer}", remarks=" or ".join(one.value for one in outcomes))
            for name, answer, outcomes in result.decisive
        ),
    ]


def _observations(made: Assessment) -> list[Json]:
    """One for each answer, sorted; the same answer given twice is one."""
    every = {_observation_id(made, one): _observation(made, one.criterion, one) for one in made.answers}
    return sorted(every.values(), key=lambda one: (one["title"], one["uuid"]))


def _observation_id(made: Assessment, answer: CriterionAnswer) -> str:
    return fixed_uuid("observation", made.id, sha256(answer))


def _observation(made: Assessment, name: str, answer: CriterionAnswer) -> Json:
    items = {item.id: item for item in made.evidence}
    used = [items[one] for one in answer.evidence if one in items]
    ends = [item.expires for item in used if item.expires]
    return without_empty(
        {
            "uuid": _observation_id(made, answer),
            "title": name,
            "description": f"{name}: {value_words(answer.value)}, by {answer.by}",
            "props": [
                prop("origin", answer.origin.replace(":", "-")),
                prop("answer", value_words(answer.value)),
                *(prop("detail", one) for one in answer.details or ()),
                *(prop("open-detail", one) for one in answer.open_details),
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
            {"observation-uuid": one}
            for one in sorted({_observation_id(made, made.answers[number]) for number in score.answers})
        ],
    }


def _risk(made: Assessment, gate: GateResult) -> Json:
    return {
        "uuid": fixed_uuid("risk", made.id, gate.criterion, gate.effect.value, gate.text),
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
