"""Answers that the register and the facts give by themselves, each with its rule, evidence and inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from clearband.assess.auto.basis import AutoCase, Fact, Made
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
from clearband.model.assessment import Assessment, CriterionAnswer, EvidenceItem
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
_STRONG: Final = "E3"


@dataclass(frozen=True, slots=True)
class Automatic:
    """What the rules made, and what each had to say.

    Attributes:
        unanswered: Criterion and why its rule cannot tell.
        notes: Criterion and what is known and does not count.
    """

    answers: tuple[CriterionAnswer, ...]
    evidence: tuple[EvidenceItem, ...]
    unanswered: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


def automatic(assessment: Assessment, profile: Profile, register: Register, law: Law) -> Automatic:
    """The automatic answers for a manufacturer that the register knows; none for another subject."""
    subject = assessment.subject
    if subject.kind != "manufacturer" or subject.maker not in register.organisations:
        why = "not a manufacturer that the register knows"
        return Automatic((), (), tuple((name, why) for name in RULES), ())
    case = AutoCase(subject.maker, assessment.on, profile, register, law)
    answers, unanswered, notes = [], [], []
    evidence: dict[str, EvidenceItem] = {}
    for name, rule in RULES.items():
        made = rule(case)
        notes += [(name, note) for note in made.notes]
        if made.value is None:
            unanswered.append((name, made.reason))
            continue
        items = [_item(name, fact) for fact in made.facts]
        # A sum over facts is no stronger than the facts; over strong ones anyone can work it out again.
        if made.calculated and all(fact.level >= _STRONG for fact in made.facts):
            items.append(_calculation(name, made, case))
        evidence |= {item.id: item for item in items}
        answers.append(
            CriterionAnswer(
                name,
                made.value,
                f"auto:{name}",
                _BY,
                tuple(item.id for item in items),
                made.details,
                made.open_details,
                made.reason,
                sha256({"maker": case.maker, "on": case.on, "profile": profile.sha256, "facts": made.facts}),
            )
        )
    return Automatic(tuple(answers), tuple(evidence.values()), tuple(unanswered), tuple(notes))


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
