"""Answers that the register and the facts give by themselves, each with its rule, evidence and inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from clearband.assess.auto.basis import OFFICIAL_LEVEL, AutoCase, Fact, Made
from clearband.assess.auto.findings import findings
from clearband.assess.auto.jurisdiction import designated_jurisdiction
from clearband.assess.auto.lists import applicant_listed, group_listed, refused_elsewhere
from clearband.assess.auto.ownership import (
    concern_share,
    control_without_equity,
    stability,
    state_share,
    traced,
)
from clearband.assess.document import arranged
from clearband.directives.law import Law
from clearband.model.assessment import Assessment, CriterionAnswer, EvidenceItem, Value
from clearband.model.canonical import sha256
from clearband.model.criterion import Profile
from clearband.register import Register

RULES: Final[dict[str, Callable[[AutoCase], Made]]] = {
    "JUR-01": designated_jurisdiction,
    "OWN-01": traced,
    "OWN-02": state_share,
    "OWN-03": concern_share,
    "OWN-04": control_without_equity,
    "OWN-08": stability,
    "OWN-09": group_listed,
    "LEG-01": applicant_listed,
    **{name: partial(findings, criterion=name) for name in ("LEG-03", "LEG-04", "LEG-07")},
    "LEG-09": refused_elsewhere,
}
"""The rule of each criterion that can be answered so."""

_BY: Final = "Clearband"


@dataclass(frozen=True, slots=True)
class Automatic:
    """What the rules made.

    A rule that cannot tell answers *unknown*, with its reason. What is known and does not count (a charge,
    with the maker's answer) stands in the reason.
    """

    answers: tuple[CriterionAnswer, ...]
    evidence: tuple[EvidenceItem, ...]


def automatic(assessment: Assessment, profile: Profile, register: Register, law: Law) -> Automatic:
    """The automatic answers for a manufacturer that the register knows; none for another subject."""
    subject = assessment.subject
    if subject.kind != "manufacturer" or subject.maker not in register.organisations:
        return Automatic((), ())
    case = AutoCase(subject.maker, assessment.on, profile, register, law)
    answers = []
    evidence: dict[str, EvidenceItem] = {}
    for name, rule in RULES.items():
        made = rule(case)
        items = [_item(name, fact) for fact in made.facts]
        # A sum over facts is no stronger than the facts; over strong ones anyone can work it out again.
        if made.calculated and all(fact.level >= OFFICIAL_LEVEL for fact in made.facts):
            items.append(_calculation(name, made, case))
        evidence |= {item.id: item for item in items}
        answers.append(
            CriterionAnswer(
                name,
                made.value or Value("unknown"),
                f"auto:{name}",
                _BY,
                tuple(item.id for item in items),
                made.details,
                made.open_details,
                "; ".join((made.reason, *made.notes)),
                sha256({"maker": case.maker, "on": case.on, "profile": profile.sha256, "made": made}),
            )
        )
    return Automatic(tuple(answers), tuple(evidence.values()))


def with_automatic(assessment: Assessment, made: Automatic) -> Assessment:
    """The assessment with these automatic answers in the place of earlier ones."""
    kept = tuple(one for one in assessment.answers if not one.origin.startswith("auto:"))
    named = {name for one in kept for name in one.evidence}
    items = [one for one in assessment.evidence if not one.id.startswith("auto-") or one.id in named]
    fresh = {one.id for one in made.evidence}
    evidence = (*(one for one in items if one.id not in fresh), *made.evidence)
    return arranged(replace(assessment, answers=(*kept, *made.answers), evidence=evidence))


def _item(criterion: str, fact: Fact) -> EvidenceItem:
    name = f"auto-{criterion.lower()}-{sha256(fact)[:10]}"
    return EvidenceItem(name, fact.type, fact.level, fact.title, fact.source, fact.collected)


def _calculation(criterion: str, made: Made, case: AutoCase) -> EvidenceItem:
    name = f"auto-{criterion.lower()}-sum-{sha256(made)[:10]}"
    title = f"calculated from the ownership graph on {case.on}"
    source = "Clearband, from the facts named beside it"
    return EvidenceItem(name, "automated-measurement", "E5", title, source, case.as_of)
