"""What an entry is about: as it was applied for, and as it was decided, with the day from which."""

from __future__ import annotations

from datetime import date

from clearband.listing.refused import StepRefusedError
from clearband.listing.table import Step
from clearband.model.assessment import Subject
from clearband.model.listing import ListEvent

_BEGINS = ("draft", "submitted")
"""Cases of an application, which names a subject and by itself lists none."""


class Subjects:
    """The subjects of one entry.

    An application may name another subject (a new release, a wider scope) for an entry that is listed. What
    is listed stays what was decided until that application is decided on, and stays so for earlier days.
    """

    __slots__ = ("_applied", "_decided", "_waiting")

    def __init__(self) -> None:
        self._applied: list[tuple[date, Subject]] = []
        self._decided: list[tuple[date, Subject]] = []
        self._waiting: Subject | None = None

    def take(self, event: ListEvent, step: Step) -> None:
        """Follow a step.

        Raises:
            StepRefusedError: It names a subject and is neither an application nor a decision on one; or no
                subject was named yet.
        """
        said, decides = event.subject, step.after == "propose"
        if said is not None and not decides and step.case_to not in _BEGINS:
            raise StepRefusedError(
                f"{step.id} cannot change what {event.entry} is",
                "apply with the new subject, and decide on it",
            )
        if said is None and not self._applied:
            raise StepRefusedError(f"{event.entry} is not on the list", "its first event names its subject")
        if said is not None and not decides:
            self._applied.append((event.effective, said))
            self._waiting = said
        if decides:
            if subject := said or self._waiting:
                self._decided.append((event.effective, subject))
            self._waiting = None
        elif step.case_to == "none" and step.after is None and step.of is None:
            self._waiting = None  # the application was taken back

    def latest(self) -> Subject:
        """What is applied for, or else what was decided last."""
        return self._waiting or (self._decided or self._applied)[-1][1]

    def on(self, day: date) -> Subject:
        """The subject on a day: as decided by then, else as applied for."""
        for held in (self._decided, self._applied):
            before = [one for one in held if one[0] <= day]
            if before:
                # Of the same day the one that was recorded last.
                latest = max(since for since, _ in before)
                return [subject for since, subject in before if since == latest][-1]
        return self._applied[0][1]
