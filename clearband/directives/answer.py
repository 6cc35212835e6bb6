"""The answer to one question: what decides, why, and what would change it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from clearband.directives.deadlines import Deadline
from clearband.directives.outcome import Tried
from clearband.model.finding import Answer

SCHEMA: Final = "https://clearband.dev/schema/ask-answer-1.json"


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause that speaks: the first decides.

    Attributes:
        own: Whether it stands in a directive file of the user's own, and in no law.
    """

    directive: str
    title: str
    clause: str
    cite: str
    answer: Answer
    event: str
    date: str
    note: str
    until: str | None
    verified: bool
    control: str | None
    tried: tuple[Tried, ...] = ()
    own: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; what is not known is left out."""
        values = {
            name: getattr(self, name) for name in self.__dataclass_fields__ if name not in ("tried", "own")
        }
        found = {name: value for name, value in values.items() if value is not None}
        if self.own:
            found["own"] = True
        if self.tried:
            found["exceptions_tried"] = [
                {key: value for key, value in asdict(one).items() if value is not None} for one in self.tried
            ]
        return found


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """The answer, why, what would change it, what must be done, and how the words were read.

    Attributes:
        drafts: What each draft would answer, by its id and title; none of it is part of the answer.
        deadlines: Duties with a clock, the earliest first.
    """

    answer: Answer
    because: tuple[Reason, ...]
    question: str | None
    would_change: tuple[str, ...]
    duties: tuple[str, ...]
    advice: tuple[Reason, ...]
    read_as: dict[str, Any]
    drafts: tuple[tuple[str, str, AskAnswer], ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The published form, ``facts/schemas/ask-answer.schema.json``."""
        found: dict[str, Any] = {
            "schema": SCHEMA,
            "answer": self.answer.value,
            "because": [reason.as_json() for reason in self.because],
            "would_change": list(self.would_change),
            "duties": list(self.duties),
            "read_as": self.read_as,
        }
        if self.question:
            found["question"] = self.question
        if self.deadlines:
            found["deadlines"] = [one.as_json() for one in self.deadlines]
        if self.advice:
            found["advice"] = [reason.as_json() for reason in self.advice]
        if self.drafts:
            found["drafts"] = [
                {"draft": draft, "title": title, **said.as_draft()} for draft, title, said in self.drafts
            ]
        return found

    def as_draft(self) -> dict[str, Any]:
        """The same for an answer of a draft: without what the whole question shares."""
        return {key: value for key, value in self.as_json().items() if key not in ("schema", "read_as")}
