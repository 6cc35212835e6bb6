"""What a vendor is asked: a question for each criterion; what valid evidence answers is filled in already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.assess.score import Scoring
from clearband.assess.sensitivity import value_words
from clearband.model.canonical import number_text
from clearband.model.criterion import Criterion, Scale

SCHEMA: Final = "https://clearband.dev/schema/questionnaire-1.json"
ASKED: Final = "to answer"
DONE: Final = "answered by valid evidence"
WORDS: Final = ("yes", "no", "unknown", "not-applicable")
EVIDENCE_COLUMNS: Final = (
    "id",
    "type",
    "level",
    "title",
    "source",
    "collected",
    "expires",
    "sha256",
    "closed",
    "holder",
)
"""Of each piece of evidence, as in the file of an assessment; ``closed`` is yes or no."""
QUESTION_COLUMNS: Final = (
    "criterion",
    "question",
    "how",
    "state",
    "answer",
    "up_to",
    "details",
    "reason",
    "evidence",
)
NO_DETAIL: Final = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, all parts as texts.

    Attributes:
        how: How it is answered.
        state: `ASKED` or `DONE`.
        words: The words that it can be answered with; numbers beside them where ``number``.
        details: Ids that can stand under details.
        answer, up_to: What is filled in; ``up_to`` the upper end of a range.
        evidence: Evidence that is named already.
    """

    criterion: str
    question: str
    how: str
    state: str
    words: tuple[str, ...]
    number: bool
    details: tuple[str, ...]
    answer: str = ""
    up_to: str = ""
    reason: str = ""
    evidence: str = ""

    def cell(self, column: str) -> str:
        """The text of a column."""
        return "" if column == "details" else str(getattr(self, column))


def questions(scoring: Scoring) -> list[Question]:
    """The questions of an assessment, in the order of the catalogue.

    A criterion is filled in already where an answer counts that does not come from the vendor.
    """
    return [_question(scoring, criterion) for criterion in scoring.criteria.values()]


def _question(scoring: Scoring, criterion: Criterion) -> Question:
    scale = scoring.profile.scales.get(criterion.id, criterion.scale)
    number = scale.kind != "yes-no"
    words = WORDS[2:] if number else WORDS
    details = "".join(f' Detail "{name}": {what}.' for name, what in criterion.details)
    done = [
        one
        for one in scoring.counting(criterion.id)
        if one.answer.origin != "vendor" and one.answer.value.word != "unknown"
    ]
    asked = Question(
        criterion.id,
        criterion.question,
        _how(scale) + details,
        DONE if done else ASKED,
        words,
        number,
        tuple(name for name, _ in criterion.details),
    )
    if not done:
        return asked
    return Question(
        asked.criterion,
        asked.question,
        asked.how,
        DONE,
        words,
        number,
        asked.details,
        "; ".join(dict.fromkeys(value_words(one.answer.value) for one in done)),
        "",
        "; ".join(dict.fromkeys(one.answer.reason for one in done if one.answer.reason))[:1000],
        "; ".join(dict.fromkeys(name for one in done for name in one.evidence)),
    )


def _how(scale: Scale) -> str:
    if scale.kind == "yes-no":
        return "yes or no; unknown or not-applicable (with a reason)."
    if scale.kind == "maturity":
        return "0 (nothing) to 4 (measured and improved); unknown or not-applicable (with a reason)."
    assert scale.target is not None
    aim = number_text(scale.target)
    return f"a number ({scale.unit}; {aim} is the aim), or from ... up to; unknown or not-applicable."
