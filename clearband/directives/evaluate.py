"""Findings on columns: each distinct pattern of truth values is judged once and joined back to its rows.

No Python runs per row: see `patterns` for how rows become codes, and `judge` for the rule itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.directives.due import Due, due_rows
from clearband.directives.gathered import gathered
from clearband.directives.law import Law
from clearband.directives.limb_by_limb import DUTIES, NotAsked, judge_limbs
from clearband.directives.maker_match import Register
from clearband.directives.nearest import NearestRows
from clearband.directives.patterns import Combinations
from clearband.directives.question import Questions
from clearband.directives.reached import FINDINGS, TEXTS, described, ranked, record_of
from clearband.directives.standings import Standings
from clearband.model.finding import Answer

ANSWERS: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "answer": pl.String,
    "directive": pl.String,
    "clause": pl.String,
    "event_date": pl.String,
    "ground": pl.String,
    "question": pl.String,
    "would_change": TEXTS,
}
BY_ACTOR: Final[dict[str, Any]] = {"combo": pl.Int64, "actor": pl.String, "answer": pl.String}


@dataclass(frozen=True)
class Evaluation:
    """What the law says of every combination.

    Attributes:
        findings: `FINDINGS`: every clause that reaches a combination, sorted by combination, strictest first.
            Of makers that nobody knows: one row a measure (see `gathered`).
        answers: `ANSWERS`: one row a combination, in the order of the input. For ``not-covered`` the measure
            that came nearest and why it does not reach. The question is one missing fact, in the same words
            for all that miss the same.
        answers_by_actor: `BY_ACTOR`: the answer had only that actor been asked. An actor of which nothing
            that binds was asked (see ``not_asked``) has no row: it has no answer.
        duties: `DUTIES`: what must be done, as against what must not be.
        due: Duties with the day on which they are due, and the combinations that owe them.
        not_asked: Measures left out because their actor was not named, by id.
    """

    findings: pl.DataFrame
    answers: pl.DataFrame
    answers_by_actor: pl.DataFrame
    duties: pl.DataFrame
    due: Due
    not_asked: tuple[NotAsked, ...] = ()


def evaluate(
    inputs: pl.DataFrame,
    questions: Questions,
    law: Law,
    register: Register,
    standings: Standings | None = None,
) -> Evaluation:
    """Apply the law to distinct combinations.

    Args:
        inputs: ``combo`` (distinct integers) and `patterns.INPUT_COLUMNS`; a missing column counts as null.
        questions: Who, what, when.
        law: The measures to apply.
        register: Ownership and list memberships.
        standings: What was found out of makers for the same questions, law and register; more is added.

    Raises:
        UsageError: An actor or action is not known.
    """
    judged = judge_limbs(inputs, questions, law, register, standings)
    table, reached = judged.table, judged.reached
    ranks = ranked(reached)
    limbs = described(ranks, [record_of(item) for item in reached], table)
    duties = judged.duties
    return Evaluation(
        described(*gathered(ranks, reached, table, questions), table).select(*FINDINGS),
        _answers(limbs, table, judged.nearest),
        _by_actor(limbs, table, _with_answer(questions, judged.binding, judged.left_out)),
        (pl.concat(duties) if duties else pl.DataFrame(schema=DUTIES)).sort("combo", "directive", "clause"),
        due_rows(ranks, reached, table),
        tuple(judged.left_out[directive] for directive in sorted(judged.left_out)),
    )


def answers(
    inputs: pl.DataFrame, questions: Questions, law: Law, register: Register, standings: Standings
) -> pl.DataFrame:
    """The answers of `evaluate` alone, without findings, duties and what each actor is told."""
    judged = judge_limbs(inputs, questions, law, register, standings)
    records = [record_of(item) for item in judged.reached]
    return _answers(described(ranked(judged.reached), records, judged.table), judged.table, judged.nearest)


def _with_answer(questions: Questions, binding: set[str], left_out: dict[str, NotAsked]) -> list[str]:
    """The actors asked, without those of which only what was left out would have bound them."""
    silent = {actor for entry in left_out.values() for actor in entry.actors} - binding
    return [actor for actor in questions.actors if actor not in silent]


_ADVICE: Final = Answer.ADVISED_AGAINST.value


def _answers(limbs: pl.DataFrame, table: Combinations, nearest: NearestRows) -> pl.DataFrame:
    """One row a combination: the first finding that is law, else the measure that came nearest."""
    columns = [name for name in ANSWERS if name not in ("combo", "answer")]
    first = limbs.filter(pl.col("decides") != _ADVICE).unique("row", keep="first", maintain_order=True)
    deciding = (
        first.join(_what_kinds(limbs, first, table), on="row", how="left", maintain_order="left")
        .with_columns(pl.coalesce("kind_question", "question").alias("question"))
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


def _what_kinds(limbs: pl.DataFrame, first: pl.DataFrame, table: Combinations) -> pl.DataFrame:
    """row and kind_question: where the kind is asked first, one question with all the kinds that matter."""
    asking = first.filter("asks_kind").select("row", service=~pl.col("equipment"))
    kinds = (
        asking.join(limbs.select("row", "open_kinds"), on="row")
        .explode("open_kinds")
        .group_by("row", "service")
        .agg(pl.col("open_kinds").drop_nulls().unique().sort())
    )
    facts = table.conditions.law.equipment
    texts = [
        (service, open_kinds, facts.what_kind(open_kinds, service=service))
        for service, open_kinds in kinds.select("service", "open_kinds").unique().rows()
    ]
    schema: dict[str, Any] = {"service": pl.Boolean, "open_kinds": TEXTS, "kind_question": pl.String}
    known = pl.DataFrame(texts, schema=schema, orient="row")
    joined = kinds.join(known, on=["service", "open_kinds"], how="left")
    return joined.select("row", "kind_question")


def _by_actor(limbs: pl.DataFrame, table: Combinations, actors: list[str]) -> pl.DataFrame:
    every = table.combos.to_frame().join(
        pl.DataFrame({"actor": actors}, schema={"actor": pl.String}), how="cross"
    )
    found = (
        limbs.filter(pl.col("decides") != _ADVICE)
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
