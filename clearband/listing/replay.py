"""Replay: from the lines of a log to its entries. The same lines make the same entries, whatever the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from clearband.errors import InputError
from clearband.listing.authority import differences, require_may_become, require_whole
from clearband.listing.checked import Checked
from clearband.listing.dependency import Dependency
from clearband.listing.entry import Entry
from clearband.listing.log import NOTHING, LogLine
from clearband.listing.outcome_rule import require_allowed
from clearband.listing.refused import StepRefusedError
from clearband.listing.signatures import require_signatures
from clearband.listing.table import Step, Table, table
from clearband.model.authority import Authority
from clearband.model.days import FIRST_YEAR, LAST_YEAR
from clearband.model.listing import ListEvent

BEGIN: Final = "authority"
"""The first step of every log."""
CHANGE: Final = "authority-changed"
_DATES: Final = ("until", "evidence_until", "remove_by", "reply_until")


class Replay:
    """Entries and what they hang on, event by event.

    Attributes:
        authority: Whose log it is, as its last event about itself has it: by this the next event is judged.
            Before the first event, as it is to be.
        authority_head: SHA-256 of the last line about the authority itself.
        history: Events about the authority itself.
        entries: By id.
        dependencies: By key.
        count: Events taken.
        head: SHA-256 of the last line.
        recorded: When the last event was recorded.
    """

    def __init__(self, authority: Authority, rules: Table | None = None) -> None:
        self.authority = authority
        self.authority_head: str | None = None
        self.history: list[ListEvent] = []
        self.table = rules or table()
        self.entries: dict[str, Entry] = {}
        self.dependencies: dict[str, Dependency] = {}
        self.count = 0
        self.head = NOTHING
        self.recorded: datetime | None = None

    def take(self, line: LogLine, *, signatures: bool = True) -> None:
        """Take the next line.

        Args:
            line: It.
            signatures: Whether its signatures are checked; not, where they were before.

        Raises:
            StepRefusedError: The table, the signatures or the order of time do not allow it.
        """
        event = line.event
        step = self.step(event)
        if signatures:
            require_signatures(event, line.raw, step.signatures, self.authority)
        if step.about == "authority":
            self.authority, self.authority_head = self.require_change(event), line.sha256
            self.history.append(event)
        elif step.about == "dependency":
            self._dependency(event).take(event, step, line.sha256)
        else:
            if step.id == "supersede":
                self._require_in_place(event)
            entry = self.entries.get(event.entry)
            if entry is None:
                entry = Entry(event.entry, self.table)
            entry.take(event, step, line.sha256)
            self.entries[event.entry] = entry
        self.count, self.head, self.recorded = self.count + 1, line.sha256, event.recorded

    def require_change(self, event: ListEvent) -> Authority:
        """What an event makes of the authority; its signatures are not looked at.

        Raises:
            StepRefusedError: It may not make that of it.
        """
        terms, day = event.terms, event.recorded.date()
        assert terms is not None
        if event.after != self.authority_head:
            raise StepRefusedError(
                "it was signed for another place in the authority's history", "draft and sign it again"
            )
        if event.entry != event.authority or terms.id != event.authority:
            raise StepRefusedError(
                f"it is of {event.authority}, and speaks of {terms.id}", "begin a list of its own"
            )
        if event.effective > day:
            raise StepRefusedError(f"it holds from its recording, on {day}", "record it when it is to hold")
        require_whole(terms)
        if self.history:
            require_may_become(self.authority, terms, day)
        return terms

    def _require_its_place(self, event: ListEvent) -> None:
        if (event.kind == BEGIN) == (self.count == 0):
            return
        raise StepRefusedError(
            f"a log begins with {BEGIN}, which says who decides"
            if self.count == 0
            else f"{BEGIN} only begins a log",
            "begin the list anew with clearband approved init" if self.count == 0 else f"take {CHANGE}",
        )

    def held_by(self, key: str) -> list[Dependency]:
        """What is known of a thing that entries hang on; of an entry of another list, also of that list."""
        kind, _, name = key.partition(":")
        keys = [key, f"{kind}:{name.partition('/')[0]}"] if kind == "list" and "/" in name else [key]
        return [self.dependencies[one] for one in keys if one in self.dependencies]

    def step(self, event: ListEvent) -> Step:
        """The step of an event, once it is known to be one that its authority takes and that is whole.

        Raises:
            StepRefusedError: It is not.
        """
        self._require_its_place(event)
        if event.authority != self.authority.id:
            raise StepRefusedError(
                f"it is of {event.authority}, not of {self.authority.id}", "keep a log for each authority"
            )
        step = self.table.steps.get(event.kind)
        if step is None:
            raise StepRefusedError(f'"{event.kind}" is no step', f"there are {', '.join(self.table.steps)}")
        if event.cause not in step.causes:
            raise StepRefusedError(
                f'"{event.cause}" is no cause of {step.id}', f"its causes are {', '.join(step.causes)}"
            )
        for part in step.carries:
            if not _carried(event, part):
                raise StepRefusedError(f"{step.id} needs {part}", f"say {SAID_WITH.get(part, part)}")
        if self.recorded is not None and event.recorded < self.recorded:
            raise StepRefusedError(
                f"it was recorded at {event.recorded}, before the event before it", "set the clock right"
            )
        if event.terms is not None and step.about != "authority":
            raise StepRefusedError(f"{step.id} changes nothing of the authority", f"take {CHANGE}")
        if event.state is not None:
            require_allowed(event.state, event.ground, event.ground.outcome, self.table)
        _days_in_reach(event)
        names = [one.id for one in event.conditions]
        if len(set(names)) < len(names):
            raise StepRefusedError("two conditions have the same id", "give each its own")
        if step.proposes and event.reply_until is not None:
            days = (event.reply_until - event.recorded.date()).days
            if days < self.authority.reply_days:
                raise StepRefusedError(
                    f"the maker has {days} days for a reply, of {self.authority.reply_days}",
                    "set a later day",
                )
        return step

    def _require_in_place(self, event: ListEvent) -> None:
        other = self.entries.get(event.refers or "")
        state = other.state_on(event.effective) if other else None
        if event.refers == event.entry or state not in self.table.in_force:
            what = "itself" if event.refers == event.entry else state or "not on the list"
            raise StepRefusedError(
                f'"{event.refers}", which is to take the place of {event.entry}, is {what}',
                "name an entry that is approved on that day",
            )

    def _dependency(self, event: ListEvent) -> Dependency:
        kind, _, name = event.entry.partition(":")
        if kind not in self.table.lost or kind == "entry" or not name:
            kinds = ", ".join(f"{one}:ID" for one in self.table.lost if one != "entry")
            raise StepRefusedError(f'"{event.entry}" is nothing that listings hang on', f"write {kinds}")
        return self.dependencies.setdefault(event.entry, Dependency(event.entry))


SAID_WITH: Final = {
    "assessment": "the assessment's file (--assessment)",
    "conditions": "a condition (--condition)",
    "grounds": "a criterion or evidence (--criterion, --evidence)",
    "refers": "what it is about (--refers)",
    "text": "the reasons (--text)",
}
"""How a part that a step lacks is said; others are options of their own name."""


def _carried(event: ListEvent, part: str) -> bool:
    match part:
        case "grounds":
            return bool(event.ground.criteria or event.ground.evidence)
        case "assessment":
            return bool(event.ground.assessment)
        case "text":
            return bool(event.ground.text)
    return bool(getattr(event, part))


def _days_in_reach(event: ListEvent) -> None:
    days = [
        event.effective,
        *(getattr(event, name) for name in _DATES),
        *(one.due for one in event.conditions),
    ]
    for day in days:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise StepRefusedError(f"{day} is not of the years {FIRST_YEAR} to {LAST_YEAR}")


def replay(
    lines: Iterable[LogLine],
    authority: Authority,
    *,
    known_on: date | None = None,
    name: str = "log",
    checked: Checked | None = None,
    changing: bool = False,
) -> Replay | None:
    """Replay a log.

    Args:
        lines: Its lines, the chain of their hashes checked.
        authority: The authority as its file has it. Events are judged by what the log says of it; that both
            are the same is asked at the end, so not where only a part is known.
        known_on: Take only what was recorded by the end of this day (UTC).
        name: How the log is called in messages.
        checked: How far the signatures were checked before.
        changing: The file may differ, for the difference is to be recorded.

    Returns:
        The entries; None where the log is not the one that was checked before: replay it without.

    Raises:
        InputError: An event is refused, naming its line; the authority's file is not what the log has.
    """
    found = Replay(authority)
    known, count, head = True, 0, NOTHING
    before = checked.count if checked else 0
    for line in lines:
        known = known and (known_on is None or line.event.recorded.date() <= known_on)
        count += 1
        if count == before:
            head = line.sha256
        if not known:
            if found.count == 0 and line.event.terms is not None and count == 1:
                found.authority = line.event.terms  # nothing was known yet, not even of the authority
            if count >= before:
                break
            continue
        try:
            found.take(line, signatures=count > before)
        except StepRefusedError as error:
            raise InputError(
                error.what, where=f"{name} line {line.event.number + 1}", remedy=error.remedy
            ) from None
    if checked is not None and head != checked.head:
        return None
    if known and not changing:
        _require_recorded(found, authority, name)
    return found


def _require_recorded(found: Replay, authority: Authority, name: str) -> None:
    if found.count == 0:
        raise InputError(
            "the log is empty; it has to begin with its authority",
            where=name,
            remedy="begin the list anew with clearband approved init",
        )
    if others := differences(found.authority, authority):
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        raise InputError(
            f"authority.yaml is not what the log has: {others[0]}{more}",
            where=name,
            remedy="clearband approved authority-changed records it; --as-recorded undoes it",
        )
