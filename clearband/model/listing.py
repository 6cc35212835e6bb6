"""The approved list: events, the states they lead to, and what a state lets a buyer do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from clearband.model.assessment import Subject
from clearband.model.authority import Authority


class State(StrEnum):
    """Where an entry stands. The first ones are before a decision and are not published as listings."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    ASSESSING = "assessing"
    PROPOSED = "proposed"
    LISTED = "listed"
    CONDITIONAL = "listed-conditional"
    INTERIM = "listed-interim"
    REFUSED = "refused"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn-by-vendor"
    SUPERSEDED = "superseded"


class Use(StrEnum):
    """What a buyer or operator may do: the five questions."""

    BUY = "buy"
    EXPAND = "expand"
    KEEP = "keep"
    FIX = "fix"
    REMOVE_BY = "remove-by"


Say = Literal["yes", "conditions", "until", "no", "risk-decision", "controls", "territory-rule", "plan"]
"""How a question is answered: ``conditions`` are those of the entry, ``until`` a date of the entry,
``risk-decision`` the operator's own, ``controls`` under compensating controls, ``plan`` a removal planned."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a listing is bound to.

    Attributes:
        owner: Organisation that has to meet it.
        due: Last day on which it is met in time.
        proof: What shows that it is met.
        if_late: State in which the entry is from the day after ``due`` while the condition is not met; None
            for a mere notice.
    """

    id: str
    text: str
    criterion: str
    owner: str
    due: date
    proof: str
    if_late: State | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a step rests on.

    Attributes:
        assessment: SHA-256 of the canonical assessment, where there is one.
        outcome: What that assessment came to, or ``undetermined``, where its file was looked at.
        against_outcome: Why the authority does what that outcome does not allow.
    """

    criteria: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    assessment: str | None = None
    text: str | None = None
    outcome: str | None = None
    against_outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A decider's signature (ed25519, hexadecimal) over the canonical bytes of what is decided."""

    keyid: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvent:
    """One line of the log.

    Attributes:
        number: Position in the log, from 0.
        kind: Name of the step, as in the table of transitions.
        entry: Id of the listing it is about, or key of what listings hang on (``certificate:ID``); of what is
            about the authority itself its own id.
        effective: Day from which it holds.
        recorded: When it was written down, UTC.
        cause: Code of the cause, as in the table of transitions.
        by: Organisation or role that took the step, where it was not the authority.
        subject: Of the first event of an entry.
        state: State that a decision leads to, where the step leaves a choice.
        conditions: That a decision sets.
        until: Last day of a listing.
        evidence_until: Last day on which its evidence is in force.
        remove_by: Day by which equipment must be out of use.
        reply_until: Last day for a reply to a proposal.
        refers: Condition, event or entry that the step is about.
        depends: Entries, certificates, parts or lists that the entry hangs on (``KIND:ID``).
        terms: Of an event about the authority itself: who decides and by which rules from then on.
        after: Of signed steps the SHA-256 of the entry's line before: signatures hold for this place only.
        previous: SHA-256 of the canonical line before; of nothing for the first.
    """

    number: int
    kind: str
    authority: str
    entry: str
    effective: date
    recorded: datetime
    cause: str
    ground: Ground
    previous: str
    by: str | None = None
    subject: Subject | None = None
    state: State | None = None
    conditions: tuple[Condition, ...] = ()
    until: date | None = None
    evidence_until: date | None = None
    remove_by: date | None = None
    reply_until: date | None = None
    refers: str | None = None
    depends: tuple[str, ...] = ()
    terms: Authority | None = None
    after: str | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of the list as of a day, with the knowledge of another.

    Attributes:
        state: What was decided, and what dates have made of it; where nothing was decided yet, how far the
            case is.
        since: First day of that state.
        case: How far an open case is: a first application, a renewal, a revocation that is proposed.
        flags: ``under-review`` while an appeal or a re-assessment is open, and what else is to be known.
        uses: The five questions answered; of ``until`` and ``remove-by`` the day beside it.
        history: Numbers of the events that led here.
        why: Steps in words, with criterion and evidence ids.
    """

    entry: str
    authority: str
    subject: Subject
    state: State
    since: date
    until: date | None
    evidence_until: date | None
    conditions: tuple[Condition, ...]
    open_conditions: tuple[str, ...]
    flags: tuple[str, ...]
    uses: dict[Use, tuple[Say, date | None]]
    depends: tuple[str, ...]
    history: tuple[int, ...]
    why: tuple[str, ...]
    case: State | None = None
