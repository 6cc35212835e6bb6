"""What the law says of an item: the answers, and how they rank."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Answer(StrEnum):
    """The answer of one clause, or of the law as a whole, to one question."""

    PROHIBITED = "prohibited"
    UNIDENTIFIED = "unidentified"
    REVIEW = "review"
    EXEMPT = "exempt"
    NOT_YET = "not-yet"
    ADVISED_AGAINST = "advised-against"
    NOT_COVERED = "not-covered"


PRECEDENCE: Final[dict[Answer, int]] = {answer: rank for rank, answer in enumerate(Answer)}
"""Rank of an answer when several clauses speak: the lowest number decides.

An open question outranks an exemption or a later start, because its answer may be ``prohibited``.
``advised-against`` never decides for a record as a whole: advice changes no legal answer.
"""
