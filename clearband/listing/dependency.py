"""What listings hang on: certificates, parts and other lists, as the log knows them."""

from __future__ import annotations

from bisect import insort
from datetime import date, timedelta

from clearband.listing.refused import StepRefusedError
from clearband.listing.table import Step
from clearband.model.listing import ListEvent


class Dependency:
    """The events about one certificate, part or list.

    Attributes:
        head: SHA-256 of its last line.
    """

    __slots__ = ("_moves", "head", "key")

    def __init__(self, key: str) -> None:
        self.key = key
        self.head: str | None = None
        self._moves: list[ListEvent] = []

    def take(self, event: ListEvent, step: Step, head: str) -> None:
        """Add the next event.

        Raises:
            StepRefusedError: It was signed for another place in the history.
        """
        if step.signatures != "none" and event.after != self.head:
            raise StepRefusedError(
                f"it was signed for another place in the history of {self.key}", "draft and sign it again"
            )
        insort(self._moves, event, key=lambda one: (one.effective, one.number))
        self.head = head

    def lost_on(self, day: date) -> tuple[date, str] | None:
        """Since when it is lost on a day, and why; None where it is in force, or nothing is known."""
        held: ListEvent | None = None
        ended: ListEvent | None = None
        for event in self._moves:
            if event.effective > day:
                break
            if event.kind == "dependency-ended":
                ended = ended or event
            else:
                held, ended = event, None
        if ended is not None:
            return ended.effective, f"{ended.cause} (event {ended.number})"
        if held is not None and held.until is not None and held.until < day:
            return held.until + timedelta(days=1), f"its last day was {held.until} (event {held.number})"
        return None

    def known_on(self, day: date) -> bool:
        """Whether anything is known of it on a day."""
        return bool(self._moves) and self._moves[0].effective <= day

    def next_after(self, day: date) -> date | None:
        """The first day after one on which anything of it changes, as far as it is known."""
        days = [one.effective for one in self._moves]
        days += [one.until + timedelta(days=1) for one in self._moves if one.until is not None]
        return min((one for one in days if one > day), default=None)
