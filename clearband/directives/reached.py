"""What limbs say, as columns: the outcomes of limbs, and which rows each of them holds for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.directives.limb_day import Kind
from clearband.directives.makers import MAKER_PLACEHOLDER
from clearband.directives.outcome import Outcome
from clearband.directives.patterns import Codes, Combinations

TEXTS: Final = pl.List(pl.String)
FINDINGS: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "directive": pl.String,
    "clause": pl.String,
    "answer": pl.String,
    "actors": TEXTS,
    "actions": TEXTS,
    "event": pl.String,
    "event_date": pl.String,
    "until": pl.String,
    "ground": pl.String,
    "question": pl.String,
    "would_change": TEXTS,
    "duties": TEXTS,
    "cite": pl.String,
    "verified": pl.Boolean,
    "control": pl.String,
}
_INNER: Final[dict[str, Any]] = {
    "decides": pl.String,
    "open_kinds": TEXTS,
    "asks_kind": pl.Boolean,
    "equipment": pl.Boolean,
}
_APART: Final = "\x1e"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reached:
    """An outcome, the actors and actions it answers, and the rows it holds for."""

    outcome: Outcome
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    rows: Codes


def ranked(reached: list[Reached]) -> pl.DataFrame:
    """row and rank of every outcome, by row; the rank is the outcome's place in the list."""
    sizes = [item.rows.size for item in reached]
    rows = np.concatenate([item.rows for item in reached]) if reached else np.zeros(0, dtype=np.int64)
    ranks = np.repeat(np.arange(len(reached)), sizes)
    return pl.DataFrame({"row": rows.astype(np.int64), "rank": ranks.astype(np.uint32)}).sort("row", "rank")


def described(ranks: pl.DataFrame, outcomes: list[Row], table: Combinations) -> pl.DataFrame:
    """`FINDINGS` with the row, the rank (lowest decides) and what it makes of the record.

    Args:
        ranks: ``row`` and ``rank``, the place of its outcome.
        outcomes: As `record_of` gives them.
    """
    schema = {name: dtype for name, dtype in FINDINGS.items() if name != "combo"}
    texts = pl.DataFrame(outcomes, schema={**schema, **_INNER}, orient="row").with_row_index("rank")
    name = pl.col("maker").fill_null("this maker")
    return (
        ranks.join(texts, on="rank", how="left", maintain_order="left")
        .with_columns(
            table.combos.gather(ranks["row"]).alias("combo"), table.names.gather(ranks["row"]).alias("maker")
        )
        .with_columns(
            pl.col("question").str.replace_all(MAKER_PLACEHOLDER, name, literal=True),
            pl.when(pl.col("would_change").list.len() > 0)
            .then(
                pl.col("would_change")
                .list.join(_APART)
                .str.replace_all(MAKER_PLACEHOLDER, name, literal=True)
                .str.split(_APART)
            )
            .otherwise("would_change")
            .alias("would_change"),
        )
    )


def record_of(item: Reached) -> Row:
    """An outcome as one row of `FINDINGS`, and what the evaluation needs beside."""
    outcome = item.outcome
    return {
        "directive": outcome.directive,
        "clause": outcome.clause,
        "answer": outcome.answer.value,
        "actors": list(item.actors),
        "actions": list(item.actions),
        "event": outcome.event,
        "event_date": outcome.event_date,
        "until": outcome.until,
        "ground": outcome.ground,
        "question": outcome.question,
        "would_change": list(outcome.would_change),
        "duties": list(outcome.duties),
        "cite": outcome.cite,
        "verified": outcome.verified,
        "control": outcome.control,
        "decides": outcome.decides.value,
        "open_kinds": list(outcome.open_kinds),
        "asks_kind": outcome.asks_kind and bool(outcome.open_kinds),
        "equipment": outcome.kind is Kind.EQUIPMENT,
    }
