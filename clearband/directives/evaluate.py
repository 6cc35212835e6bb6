"""Findings on columns: each distinct pattern of truth values is judged once and joined back to its rows.

No Python runs per row: see `patterns` for how rows become codes, and `judge` for the rule itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.directives.judge import LimbAt, Outcome, judge
from clearband.directives.law import Law
from clearband.directives.makers import MAKER_PLACEHOLDER, Register
from clearband.directives.nearest import NearestRows
from clearband.directives.patterns import Codes, Combinations, Pattern
from clearband.directives.question import Questions
from clearband.directives.ranking import strictest_first
from clearband.directives.truth import FALSE, TRUE
from clearband.model.directive import Effect
from clearband.model.finding import Answer

_TEXTS: Final = pl.List(pl.String)
FINDINGS: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "directive": pl.String,
    "clause": pl.String,
    "answer": pl.String,
    "actors": _TEXTS,
    "actions": _TEXTS,
    "event": pl.String,
    "event_date": pl.String,
    "until": pl.String,
    "ground": pl.String,
    "question": pl.String,
    "would_change": _TEXTS,
    "duties": _TEXTS,
    "cite": pl.String,
    "verified": pl.Boolean,
    "control": pl.String,
}
ANSWERS: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "answer": pl.String,
    "directive": pl.String,
    "clause": pl.String,
    "event_date": pl.String,
    "ground": pl.String,
    "question": pl.String,
}
BY_ACTOR: Final[dict[str, Any]] = {"combo": pl.Int64, "actor": pl.String, "answer": pl.String}
DUTIES: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "directive": pl.String,
    "clause": pl.String,
    "actors": _TEXTS,
    "duties": _TEXTS,
    "event_date": pl.String,
    "cite": pl.String,
}


@dataclass(frozen=True)
class Evaluation:
    """What the law says of every combination.

    Attributes:
        findings: `FINDINGS`: every clause that reaches a combination, sorted by combination, strictest first.
        answers: `ANSWERS`: one row a combination, in the order of the input. For ``not-covered`` the measure
            that came nearest and why it does not reach.
        answers_by_actor: `BY_ACTOR`: the answer had only that actor been asked.
        duties: `DUTIES`: what must be done, as against what must not be.
    """

    findings: pl.DataFrame
    answers: pl.DataFrame
    answers_by_actor: pl.DataFrame
    duties: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Reached:
    """An outcome, the actors and actions it answers, and the rows it holds for."""

    outcome: Outcome
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    rows: Codes


def evaluate(inputs: pl.DataFrame, questions: Questions, law: Law, register: Register) -> Evaluation:
    """Apply the law to distinct combinations.

    Args:
        inputs: ``combo`` (distinct integers) and `patterns.INPUT_COLUMNS`; a missing column counts as null.
        questions: Who, what, when.
        law: The measures to apply.
        register: Ownership and list memberships.

    Raises:
        UsageError: An actor or action is not known.
    """
    law.vocabulary.check(questions.actors, questions.actions)
    table = Combinations(inputs, questions, law, register)
    reached: list[_Reached] = []
    duties: list[pl.DataFrame] = []
    nearest = NearestRows(table.height)
    for limb in law.limbs:
        at = table.conditions.at(limb, questions.on, questions.known_on)
        if at.life is None:
            continue
        pattern = table.pattern(at)
        actors = tuple(a for a in questions.actors if law.vocabulary.as_also(a) & limb.actors)
        actions = tuple(a for a in questions.actions if a in limb.actions)
        if actors and actions and limb.effect is Effect.REQUIRES:
            duties += _duties(at, pattern, actors, table)
        elif actors and actions:
            reached += _judged(at, pattern, actors, actions)
        nearest.offer(at, pattern, actor=bool(actors), action=bool(actions))
    reached.sort(key=lambda item: strictest_first(item.outcome))
    ranked = _ranked(reached, table)
    return Evaluation(
        ranked.select(*FINDINGS),
        _answers(ranked, table, nearest),
        _by_actor(ranked, table, questions),
        (pl.concat(duties) if duties else pl.DataFrame(schema=DUTIES)).sort("combo", "directive", "clause"),
    )


def _judged(
    at: LimbAt, pattern: Pattern, actors: tuple[str, ...], actions: tuple[str, ...]
) -> list[_Reached]:
    found = []
    for index, situation in enumerate(pattern.situations):
        outcome = judge(at, situation)
        if outcome is not None:
            found.append(_Reached(outcome, actors, actions, np.flatnonzero(pattern.codes == index)))
    return found


def _duties(at: LimbAt, pattern: Pattern, actors: tuple[str, ...], table: Combinations) -> list[pl.DataFrame]:
    if at.life is None or at.life.started == FALSE or at.life.over == TRUE:
        return []
    wanted = [index for index, situation in enumerate(pattern.situations) if situation.value() == TRUE]
    rows = np.flatnonzero(np.isin(pattern.codes, wanted))
    duty = {
        "directive": at.limb.directive,
        "clause": at.limb.clause,
        "actors": list(actors),
        "duties": list(at.limb.duties),
        "event_date": at.life.start.text,
        "cite": at.limb.cite,
    }
    schema = {name: dtype for name, dtype in DUTIES.items() if name != "combo"}
    frame = pl.DataFrame([duty], schema=schema)
    return [table.combos.gather(rows).to_frame().join(frame, how="cross")] if rows.size else []


def _ranked(reached: list[_Reached], table: Combinations) -> pl.DataFrame:
    """`FINDINGS` with the row, the rank (lowest decides) and what it makes of the record."""
    schema = {name: dtype for name, dtype in FINDINGS.items() if name != "combo"}
    outcomes = pl.DataFrame(
        [_record(item) for item in reached], schema={**schema, "decides": pl.String}, orient="row"
    ).with_row_index("rank")
    sizes = [item.rows.size for item in reached]
    rows = np.concatenate([item.rows for item in reached]) if reached else np.zeros(0, dtype=np.int64)
    ranks = np.repeat(np.arange(len(reached)), sizes)
    frame = pl.DataFrame({"row": rows.astype(np.int64), "rank": ranks.astype(np.uint32)}).sort("row", "rank")
    name = pl.col("maker").fill_null("this maker")
    return (
        frame.join(outcomes, on="rank", how="left", maintain_order="left")
        .with_columns(
            table.combos.gather(frame["row"]).alias("combo"), table.makers.gather(frame["row"]).alias("maker")
        )
        .with_columns(pl.col("question").str.replace_all(MAKER_PLACEHOLDER, name, literal=True))
    )


def _record(item: _Reached) -> dict[str, Any]:
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
    }


_ADVICE: Final = Answer.ADVISED_AGAINST.value


def _answers(ranked: pl.DataFrame, table: Combinations, nearest: NearestRows) -> pl.DataFrame:
    """One row a combination: the first finding that is law, else the measure that came nearest."""
    columns = [name for name in ANSWERS if name not in ("combo", "answer")]
    deciding = (
        ranked.filter(pl.col("decides") != _ADVICE)
        .unique("row", keep="first", maintain_order=True)
        .select("row", pl.col("decides").alias("answer"), *columns)
    )
    every = pl.DataFrame({"row": np.arange(table.height, dtype=np.int64), "combo": table.combos})
    decided = every.join(deciding, on="row", how="left", maintain_order="left")
    open_rows = decided.filter(pl.col("answer").is_null())["row"].to_numpy()
    missed = nearest.described(open_rows).with_columns(pl.lit(Answer.NOT_COVERED.value).alias("answer"))
    return (
        decided.update(missed, on="row", how="left")
        .with_columns(pl.col("answer").fill_null(Answer.NOT_COVERED.value))
        .select(*ANSWERS)
    )


def _by_actor(ranked: pl.DataFrame, table: Combinations, questions: Questions) -> pl.DataFrame:
    every = table.combos.to_frame().join(pl.DataFrame({"actor": list(questions.actors)}), how="cross")
    found = (
        ranked.filter(pl.col("decides") != _ADVICE)
        .select("combo", "rank", pl.col("decides").alias("answer"), pl.col("actors").alias("actor"))
        .explode("actor")
        .sort("combo", "rank")
        .unique(["combo", "actor"], keep="first", maintain_order=True)
        .drop("rank")
    )
    return (
        every.join(found, on=["combo", "actor"], how="left", maintain_order="left")
        .with_columns(pl.col("answer").fill_null(Answer.NOT_COVERED.value))
        .select(*BY_ACTOR)
    )
