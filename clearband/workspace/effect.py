"""Whether what was said of a record counts now. No decision ever changes what the screening answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.workspace.identity import HALF
from clearband.workspace.subject import Subject

IN_FORCE: Final = "in-force"
PROPOSED: Final = "proposed"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
ENDED: Final = "ended"
"""Its last day is over."""
OTHER: Final = "made-for-something-else"
"""The record is not as it was, is judged otherwise, or is gone: nobody decided on what it is now."""
EFFECTS: Final = (IN_FORCE, PROPOSED, REFUSED, WITHDRAWN, ENDED, OTHER)
"""Only what is `IN_FORCE` counts."""


def effects(said: pl.DataFrame, today: date) -> pl.Series:
    """The effect of decisions, shape (n,).

    Args:
        said: ``state``, ``until``, ``fingerprint``, ``answer`` as decided, ``fingerprint_now`` and
            ``answer_now`` of the record and clause in the run that is looked at; null where it has none.
        today: A decision whose last day is before it has ended.
    """
    same = (pl.col("fingerprint") == pl.col("fingerprint_now")) & (pl.col("answer") == pl.col("answer_now"))
    return _effects(said, same, pl.col("until") < today.isoformat())


def answer_effects(said: pl.DataFrame) -> pl.Series:
    """The effect of answered questions, shape (n,): these count while the same is stated of the record,
    since they are meant to change what it is judged.

    Args:
        said: ``state``, ``fingerprint`` and ``fingerprint_now``.
    """
    halves = [pl.col(name).str.head(HALF) for name in ("fingerprint", "fingerprint_now")]
    return _effects(said, halves[0] == halves[1], pl.lit(value=False))


def effect(decision: Mapping[str, Any], now: Subject | None, today: date) -> str:
    """The effect of one decision.

    Args:
        decision: A row.
        now: What it is about, as a run has it now; None where the run does not have it.
        today: As for `effects`.
    """
    return str(effects(_one(decision, now, ("state", "until", "fingerprint", "answer")), today).item())


def answer_effect(answer: Mapping[str, Any], now: Subject | None) -> str:
    """The effect of one answered question; arguments as for `effect`."""
    return str(answer_effects(_one(answer, now, ("state", "fingerprint"))).item())


def _effects(said: pl.DataFrame, same: pl.Expr, over: pl.Expr) -> pl.Series:
    state = pl.col("state")
    found = (
        pl.when(state.is_in([REFUSED, WITHDRAWN]))
        .then(state)
        # Unknown is not the same.
        .when(~same.fill_null(value=False))
        .then(pl.lit(OTHER))
        .when(over.fill_null(value=False))
        .then(pl.lit(ENDED))
        .otherwise(state)
    )
    return said.select(found.alias("effect")).to_series()


def _one(said: Mapping[str, Any], now: Subject | None, names: tuple[str, ...]) -> pl.DataFrame:
    # Somebody who holds a decision beside another record is told that it was made for something else.
    if now is not None and (now.inventory_id, now.identity) != (said["inventory_id"], said["identity"]):
        now = None
    row = {name: said[name] for name in names} | {
        "fingerprint_now": now.fingerprint if now else None,
        "answer_now": now.answer if now else None,
    }
    return pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
