"""Whether the decisions and answers of a trail came about as the rules say.

The chain of hashes shows what was changed behind the trail. This shows what should never have come into it:
somebody who approves what they proposed, a decision that comes into force alone while four eyes are on, or
one whose reason, answer or fingerprint is another later. It shares nothing with what makes these changes but
the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace.tables import answer, audit, decision, setting

_TABLES: Final = (decision.name, answer.name)
_MILD: Final = frozenset({"false-alarm", "accepted-risk", None})
"""Kinds that need two people; an answered question has none, and needs them, too."""
_MAY_CHANGE: Final = frozenset({"state", "decided_by", "decided_at", "decided_note", "version"})
_BEGINS: Final = {"propose": "proposed", "decide": "in-force", "decide-alone": "in-force"}
"""What a row begins with, and its state then."""
_GOES_ON: Final = {
    "approve": (("proposed",), "in-force"),
    "refuse": (("proposed",), "refused"),
    "withdraw": (("proposed", "in-force"), "withdrawn"),
    "supersede": (("proposed", "in-force"), "withdrawn"),
}
"""What is done to a row: its state before, and after."""
_AT_ONCE: Final = 1_000

State = dict[str, Any]


def rules_broken(connection: Connection) -> Iterator[str]:
    """A line for each entry of the trail that no rule allows."""
    four_eyes = True
    known: dict[str, State] = {}
    columns = (audit.c[name] for name in ("seq", "person_id", "action", "kind", "object_id", "state"))
    wanted = audit.c.kind.in_((*_TABLES, setting.name))
    query = sa.select(*columns).where(wanted).order_by(audit.c.seq).execution_options(yield_per=_AT_ONCE)
    for seq, who, action, kind, row_id, text in connection.execute(query):
        before = known.get(row_id)
        try:
            state: State = json.loads(text)
            if kind == setting.name:
                four_eyes = bool(state["value"]) if row_id == "four_eyes" else four_eyes
                continue
            wrong = (
                _begun(state, who, action, four_eyes=four_eyes)
                if before is None
                else _gone_on(before, state, who, action)
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            # Whoever wrote that left the hashes wrong, or made them all anew.
            yield f"entry {seq}: {kind} {row_id}: its state is no row"
            continue
        if wrong:
            yield f"entry {seq}: {kind} {row_id}: {wrong}"
        known[row_id] = state


def _begun(state: State, who: str | None, action: str, *, four_eyes: bool) -> str | None:
    if _BEGINS.get(action) != state["state"]:
        return f"it cannot begin with {action} as {state['state']}"
    if who is None or state["proposed_by"] != who:
        return "who proposed it is not who did it"
    if state["state"] == "proposed":
        return None
    if state["decided_by"] != who:
        return "who decided is not who did it"
    mild = state.get("kind") in _MILD
    if mild and (four_eyes or action != "decide-alone"):
        return "it came into force by one person alone"
    return None


def _gone_on(before: State, state: State, who: str | None, action: str) -> str | None:
    if any(state[name] != value for name, value in before.items() if name not in _MAY_CHANGE):
        return "what was decided is not what was proposed"
    froms, to = _GOES_ON.get(action, ((), None))
    if before["state"] not in froms or state["state"] != to:
        return f"{action} cannot make it {state['state']} after {before['state']}"
    if who is None or state["decided_by"] != who:
        return "who decided is not who did it"
    if action in ("approve", "refuse") and who == before["proposed_by"]:
        return f"somebody could {action} what they proposed"
    if action == "withdraw" and before["state"] == "proposed" and who != before["proposed_by"]:
        return "somebody else could withdraw what was proposed"
    return None
