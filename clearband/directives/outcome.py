"""What a limb says of a situation: the answer, and all that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from clearband.directives.deadlines import Deadline
from clearband.directives.limb_day import Kind, LimbAt
from clearband.model.finding import Answer


@dataclass(frozen=True, slots=True)
class Tried:
    """An exception that was held against a situation, and why it does or does not help.

    Attributes:
        id: The exception's id; of a licence, its clause.
        directive: The measure that gives it.
        holds: ``yes``, ``no`` (its condition is not met), ``unknown`` (nobody said whether it is met),
            ``over`` or ``not-begun`` (its dates do not include the day).
        until: When it ends, as exact as known.
    """

    id: str
    directive: str
    text: str
    holds: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a limb says: the answer, and all that explains it.

    Attributes:
        tried: The exceptions that were looked at, in the order of the law.
        question: For ``review``: the one missing fact to ask for first; others stand in ``would_change``.
        open_kinds: The classes of equipment that matter, where the kind of the item is not stated.
        asks_kind: Whether that kind is what the question asks.
    """

    answer: Answer
    directive: str
    clause: str
    event: str
    event_date: str
    until: str | None
    ground: str
    question: str | None
    would_change: tuple[str, ...]
    duties: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    cite: str
    verified: bool
    control: str | None
    unidentified: bool
    equipment_known: bool
    unknowns: int
    open_kinds: tuple[str, ...]
    asks_kind: bool
    kind: Kind
    at: LimbAt
    tried: tuple[Tried, ...]

    @property
    def decides(self) -> Answer:
        """What this answer makes of the record as a whole.

        Where nobody knows who made the item, a question or a later start is no more than that: unidentified.
        """
        if self.unidentified and self.answer in (Answer.REVIEW, Answer.NOT_YET):
            return Answer.UNIDENTIFIED
        return self.answer
