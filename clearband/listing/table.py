"""The table of states and steps, as the facts write it, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from clearband.facts.store import compiled
from clearband.model.listing import Say, State, Use

NONE: Final = "none"
"""No open case, or nothing decided yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: where it may be taken, where it leads, what it must carry.

    Attributes:
        about: ``entry``, ``dependency`` for what entries hang on, or ``authority`` for who keeps the list.
        case_from: Cases in which it may be taken; empty: any.
        case_to: Case that it leads to, `NONE` included; None: it leaves the case.
        standing_from: Standings in which it may be taken; empty: any.
        to: Standings that it may lead to; empty: it leaves the standing.
        after: The proposal that must be open and whose time for a reply must be over.
        of: The proposal that must be open.
        signatures: ``none``, ``one`` or ``quorum`` of deciders.
    """

    id: str
    what: str
    about: str
    case_from: frozenset[str]
    case_to: str | None
    standing_from: frozenset[str]
    to: tuple[State, ...]
    proposes: tuple[State, ...]
    after: str | None
    of: str | None
    causes: tuple[str, ...]
    carries: tuple[str, ...]
    signatures: str
    sets: str | None
    clears: str | None
    needs: str | None
    replies: bool
    meets: bool
    corrects: bool


@dataclass(frozen=True, slots=True)
class Table:
    """States, steps and what dates do.

    Attributes:
        uses: What each state after a decision answers.
        in_force: States in which an entry is approved.
        severity: Of each state; a decision may not exceed its proposal.
        carries: What a step into a state must say.
        allowed_by: Outcomes of an assessment that allow a state.
        by_date: States that dates alone lead from and to, by the name of what happens.
        lost: State of an entry that lost what it hangs on, by its kind.
        expiring_days: Days before the end of a listing from which it is expiring.
        grace_days: Days after the end of the evidence on which a listing still holds.
    """

    steps: Mapping[str, Step]
    states: Mapping[State, str]
    uses: Mapping[State, Mapping[Use, Say]]
    in_force: frozenset[State]
    severity: Mapping[State, int]
    carries: Mapping[State, tuple[str, ...]]
    allowed_by: Mapping[State, tuple[str, ...]]
    by_date: Mapping[str, tuple[frozenset[State], tuple[State, ...]]]
    lost: Mapping[str, State]
    expiring_days: int
    grace_days: int


@lru_cache(maxsize=1)
def table() -> Table:
    """The table of the facts, read once."""
    return table_of(compiled().read("listing_states"))


def table_of(raw: Mapping[str, Any]) -> Table:
    """A table as the facts write it."""
    states = raw["states"]
    decided = [one for one in states if one.get("uses")]
    return Table(
        steps={one["id"]: _step(one) for one in raw["steps"]},
        states={State(one["id"]): one["what"] for one in states},
        uses={State(one["id"]): {Use(use): say for use, say in one["uses"].items()} for one in decided},
        in_force=frozenset(State(one["id"]) for one in states if one["stage"] == "in-force"),
        severity={State(one["id"]): one["severity"] for one in states},
        carries={State(one["id"]): tuple(one["carries"]) for one in states},
        allowed_by={State(one["id"]): tuple(one["allowed_by"]) for one in states},
        by_date={
            one["id"]: (frozenset(map(State, one["from"])), tuple(map(State, one["to"])))
            for one in raw["by_date"]
        },
        lost={one["id"]: State(one["lost"]) for one in raw["dependencies"]},
        expiring_days=raw["expiring_days"],
        grace_days=raw["evidence_grace_days"],
    )


def _step(raw: Mapping[str, Any]) -> Step:
    flag = raw["flag"]
    return Step(
        id=raw["id"],
        what=raw["what"],
        about=raw["about"],
        case_from=frozenset(raw["case_from"]),
        case_to=raw.get("case_to"),
        standing_from=frozenset(raw["from"]),
        to=tuple(map(State, raw["to"])),
        proposes=tuple(map(State, raw["proposes"])),
        after=raw.get("after"),
        of=raw.get("of"),
        causes=tuple(raw["causes"]),
        carries=tuple(raw["carries"]),
        signatures=raw["signatures"],
        sets=flag.get("sets"),
        clears=flag.get("clears"),
        needs=flag.get("needs"),
        replies=raw["replies"],
        meets=raw["meets"],
        corrects=raw["corrects"],
    )
