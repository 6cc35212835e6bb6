"""One entry of the list as its events make it: the case, the standing, and corrections."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date

from clearband.listing.bounds import require_as_appealed
from clearband.listing.outcome_rule import require_allowed
from clearband.listing.refused import StepRefusedError
from clearband.listing.standing import Standing, apply, on_day
from clearband.listing.subjects import Subjects
from clearband.listing.table import NONE, Step, Table
from clearband.model.listing import ListEvent, State


class Entry:
    """The events of one entry, checked step by step.

    Steps of the case follow the order in which they were recorded. Steps of the standing follow the days from
    which they hold: one that is recorded later and holds earlier must fit the table there, and so must
    everything after it.

    Attributes:
        events: As recorded, corrections among them.
        head: SHA-256 of the entry's last line.
    """

    __slots__ = (
        "_case",
        "_final",
        "_moves",
        "_spent",
        "_used",
        "events",
        "head",
        "id",
        "proposal",
        "standing",
        "subjects",
        "table",
    )

    def __init__(self, entry: str, table: Table) -> None:
        self.id = entry
        self.table = table
        self.events: list[ListEvent] = []
        self.head: str | None = None
        self._clear()

    def _clear(self) -> None:
        self.subjects = Subjects()
        self.proposal: ListEvent | None = None
        self.standing: Standing | None = None
        self._case: list[tuple[date, str]] = []
        self._moves: list[ListEvent] = []
        self._final = False
        self._used: set[str] = set()
        self._spent: set[str] = set()

    def take(self, event: ListEvent, step: Step, head: str) -> None:
        """Add the next event.

        Args:
            event: It.
            step: Its step.
            head: SHA-256 of its line.

        Raises:
            StepRefusedError: The table does not allow it; the entry may not be used further.
        """
        if step.signatures != "none" and event.after != self.head:
            raise StepRefusedError(
                "it was signed for another place in the entry's history: something was recorded since",
                "draft and sign it again",
            )
        self.events.append(event)
        if step.corrects:
            self._correct(event)
        else:
            self._take(event, step)
        self.head = head

    def _correct(self, event: ListEvent) -> None:
        if not any(str(one.number) == event.refers and one.kind != event.kind for one in self.events[:-1]):
            raise StepRefusedError(
                f"event {event.refers} is none of {self.id} that can be corrected",
                "name its number in the log",
            )
        self._require_time_to_reply(event)
        self._clear()
        for one in self.in_force_events():
            self._take(one, self.table.steps[one.kind])

    def _require_time_to_reply(self, event: ListEvent) -> None:
        given = next(one for one in self.events if str(one.number) == event.refers).reply_until
        if event.reply_until is not None and (given is None or event.reply_until < given):
            raise StepRefusedError(
                f"a correction cannot shorten the time for a reply, which is {given or 'none'}",
                "void the proposal and propose anew",
            )

    def in_force_events(self) -> list[ListEvent]:
        """The events as corrections have left them, in the order recorded."""
        steps = self.table.steps
        found: dict[str, ListEvent] = {}
        void: set[str] = set()
        for event in self.events:
            if not steps[event.kind].corrects:
                found[str(event.number)] = event
                continue
            assert event.refers is not None
            # One correction on the other: a second one leaves what it does not name as the first has it.
            found[event.refers] = _corrected(found[event.refers], event)
            (void.add if event.cause == "void" else void.discard)(event.refers)
        return [event for number, event in found.items() if number not in void]

    def _take(self, event: ListEvent, step: Step) -> None:
        self.subjects.take(event, step)
        self._follow_case(event, step)
        self._about(event, step)
        if step.to or step.meets or step.sets or step.clears:
            self._move(event, step)
        elif step.standing_from:
            apply(self._standing_on(event.effective), event, step, self.table)
        if event.ground.assessment:
            self._used.add(event.ground.assessment)
        if step.to == (State.REVOKED,):
            self._spent |= self._used

    def _follow_case(self, event: ListEvent, step: Step) -> None:
        if step.case_from and self.case not in step.case_from:
            raise StepRefusedError(
                f"{step.id} finds the case {self.case}", f"it follows {', '.join(sorted(step.case_from))}"
            )
        wanted = step.after or step.of
        if wanted and (self.proposal is None or self.proposal.kind != wanted):
            raise StepRefusedError(f"{step.id} needs an open {wanted}", f"take the step {wanted} first")
        if step.after:
            self._decided_as_proposed(event, step)
        if step.proposes and (event.state or step.proposes[0]) not in step.proposes:
            raise StepRefusedError(
                f"{step.id} cannot propose {event.state}", f"it proposes {', '.join(step.proposes)}"
            )
        if step.replies:
            self._reply(event)
        if step.case_to is not None:
            if not self._case and not step.to and not step.case_from:
                raise StepRefusedError(f"{step.id} begins no entry", "begin with draft or submit")
            self._case.append((event.effective, step.case_to))
            self.proposal = event if step.proposes else None
            self._final = False

    def _about(self, event: ListEvent, step: Step) -> None:
        """Refuse an appeal of what was not decided here, and a decision on what was not appealed."""
        steps = self.table.steps
        if step.sets == "appeal-open":
            named = [one for one in self.events if steps[one.kind].to]
            what = "decision"
        elif step.needs == "appeal-open":
            named = [one for one in self.events if steps[one.kind].sets == "appeal-open"]
            what = "appeal"
        else:
            return
        numbers = [str(one.number) for one in named]
        if event.refers not in numbers:
            raise StepRefusedError(
                f'"{event.refers}" is no {what} of {self.id}',
                f"its numbers are {', '.join(numbers) or 'none'}",
            )
        if step.clears == "appeal-open" and (held := self._standing_on(event.effective)):
            at = bisect_right(self._moves, event.effective, key=lambda one: one.effective)
            appeal = next(one for one in named if str(one.number) == event.refers)
            require_as_appealed(event, self._moves[:at], appeal, held, self.table)

    def _reply(self, event: ListEvent) -> None:
        suspended = self.standing is not None and self.standing.reply_until is not None
        if self.proposal is None and not suspended:
            raise StepRefusedError("there is no proposal and no suspension to reply to", "look with show")
        if self.proposal is not None and event.cause == "final":
            self._final = True

    def _decided_as_proposed(self, event: ListEvent, step: Step) -> None:
        proposal = self.proposal
        assert proposal is not None
        last = proposal.reply_until
        if last is not None and event.recorded.date() <= last and not self._final:
            raise StepRefusedError(
                f"the maker may reply until {last}", "decide after that day, or after its final reply"
            )
        severity = self.table.severity
        state = event.state or step.to[0]
        proposed = proposal.state or self.table.steps[proposal.kind].proposes[0]
        if severity[state] > severity[proposed]:
            raise StepRefusedError(
                f"{state} is more severe than {proposed}, which was proposed",
                "propose it, so that the maker can reply",
            )
        if event.ground.assessment != proposal.ground.assessment:
            raise StepRefusedError("it rests on another assessment than its proposal", "propose it anew")
        # One that names the assessment by its hash alone is held against what the proposal came to.
        require_allowed(state, event.ground, event.ground.outcome or proposal.ground.outcome, self.table)
        if state in self.table.in_force and event.ground.assessment in self._spent:
            raise StepRefusedError(
                "it rests on an assessment from before the revocation", "assess the subject anew"
            )

    def _move(self, event: ListEvent, step: Step) -> None:
        moves = self._moves
        if not moves or moves[-1].effective <= event.effective:
            self.standing = apply(self.standing, event, step, self.table)
            moves.append(event)
            return
        at = bisect_right(moves, event.effective, key=lambda one: one.effective)
        moves.insert(at, event)
        self.standing = self._folded(moves)

    def _folded(self, moves: list[ListEvent]) -> Standing | None:
        standing = None
        for move in moves:
            standing = apply(standing, move, self.table.steps[move.kind], self.table)
        return standing

    def _standing_on(self, day: date) -> Standing | None:
        moves = self._moves
        if not moves or moves[-1].effective <= day:
            return self.standing
        return self._folded(moves[: bisect_right(moves, day, key=lambda one: one.effective)])

    @property
    def case(self) -> str:
        """The case after all events."""
        return self._case[-1][1] if self._case else NONE

    def case_on(self, day: date) -> tuple[date, State] | None:
        """The open case on a day, and since when; None where there is none."""
        for since, case in reversed(self._case):
            if since <= day:
                return None if case == NONE else (since, State(case))
        return None

    def standing_on(self, day: date) -> Standing | None:
        """What was decided with effect on a day."""
        return self._standing_on(day)

    def state_on(self, day: date) -> State | None:
        """The state on a day, as far as this entry alone decides it."""
        standing = self._standing_on(day)
        return on_day(standing, day, self.table).state if standing else None


def _corrected(event: ListEvent, by: ListEvent) -> ListEvent:
    """An event as a correction has it: the correction's days and conditions, where it gives any."""
    if by.cause == "void":
        return event
    return replace(
        event,
        effective=by.effective,
        until=by.until or event.until,
        evidence_until=by.evidence_until or event.evidence_until,
        remove_by=by.remove_by or event.remove_by,
        reply_until=by.reply_until or event.reply_until,
        conditions=by.conditions or event.conditions,
        depends=by.depends or event.depends,
        subject=by.subject or event.subject,
    )
