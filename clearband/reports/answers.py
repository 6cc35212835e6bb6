"""The answers in words and shapes: what a reader sees, in the report and in the terminal alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.screening.summary import ANSWERS


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """One answer as it is shown.

    Attributes:
        answer: The answer's id, as in ``findings.csv``.
        word: The word shown for it.
        shape: A sign that tells it apart without colour.
        meaning: What it means, for the glossary.
        style: Style of the terminal (rich).
    """

    answer: str
    word: str
    shape: str
    meaning: str
    style: str


_WORDS: Final = (
    AnswerWords(
        "prohibited",
        "prohibited",
        "■",
        "A binding measure in force on the date asked forbids the action to the actor, for this item.",
        "bold red",
    ),
    AnswerWords(
        "unidentified",
        "unidentified",
        "?",
        "Who made the item is not known well enough to apply the law. It is not cleared: find out the maker "
        "first.",
        "bold magenta",
    ),
    AnswerWords(
        "review",
        "review",
        "◆",
        "A measure may reach the item, and one missing fact decides. The question says which.",
        "bold yellow",
    ),
    AnswerWords(
        "not-yet",
        "not yet",
        "▲",
        "A measure will reach the item from the date shown; on the date asked it does not yet.",
        "yellow",
    ),
    AnswerWords(
        "exempt",
        "exempt",
        "◇",
        "A measure reaches the item and an exception, which is named, takes it out for now.",
        "cyan",
    ),
    AnswerWords(
        "advised-against",
        "advised against",
        "▽",
        "Guidance or a finding without binding force speaks against the item.",
        "cyan",
    ),
    AnswerWords(
        "not-covered",
        "not covered",
        "○",
        "The maker is known and no measure held here reaches the item on the date asked. It does not say "
        "that the item is safe, nor that a measure outside this set does not reach it.",
        "green",
    ),
)

ANSWER_WORDS: Final[dict[str, AnswerWords]] = {words.answer: words for words in _WORDS}
"""Every answer, strictest first."""

UNDECIDED: Final = ("unidentified", "review")
"""Answers that leave the matter open: never to be read as clear."""

RANK: Final[dict[str, int]] = {answer: rank for rank, answer in enumerate(ANSWERS)}
"""Strictest first, from 0."""


def words_of(answer: str | None) -> AnswerWords:
    """The words of an answer; one that is not known here is shown as it is, and never as clear."""
    if answer in ANSWER_WORDS:
        return ANSWER_WORDS[answer]
    name = answer or "no answer"
    return AnswerWords(name, name, "?", "An answer that this version does not know.", "bold magenta")
