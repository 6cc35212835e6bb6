"""Merging clears nothing: groups that the law would judge more mildly than one of their records are found."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law
from clearband.model.finding import PRECEDENCE, Answer
from clearband.register import Register
from clearband.screening.answered import answered_cases
from clearband.screening.cases import Cases
from clearband.screening.combos import sorted_combos
from clearband.screening.contested import CONTESTED
from clearband.screening.settings import Settings

_LOOKED_AT: Final = (
    "category", "purpose", "made_in", "site", "network", "owner", "acquired_on", "installed_on",
)  # fmt: skip
"""What the law, or the profile, looks at beside the maker."""
_REACHED: Final = (Answer.EXEMPT.value, Answer.NOT_YET.value, Answer.ADVISED_AGAINST.value)
_OPEN: Final = (Answer.REVIEW.value, *_REACHED)
_RANK: Final = {answer.value: rank for answer, rank in PRECEDENCE.items()}
_PAIR: Final = ("combo", CONTESTED, "contrary", "united_combo", "united_contested")


def judged_more_mildly(
    members: pl.DataFrame,
    alone: pl.Series,
    together: pl.DataFrame,
    cases: Cases,
    settings: Settings,
    register: Register,
    law: Law,
) -> pl.Series:
    """The groups whose united record has a milder answer than one of its records alone, without good reason.

    What is prohibited for an actor stays so, and what any measure reaches as a whole is not cleared. An open
    question, and an answer for one actor that turns on the kind of thing, may be settled by what another
    source knows, but not where sources contradict each other in what the law looks at, or where signals
    contest the answer. Who made a thing that nobody knew may be told by another source.

    Args:
        members: ``group``, and the columns of the equipment table, a row a record.
        alone: The number of each one's case, shape (n,).
        together: ``group``, and ``case``: the number of the case of the united record.
        cases: What the numbers are of.
    """
    places, combos = sorted_combos(cases.combos)
    evaluation = evaluate(combos, settings.questions, law, register)
    answered = answered_cases(cases.table, places, evaluation.answers, register).select("combo", CONTESTED)
    own = pl.concat([members.select("group"), answered[alone]], how="horizontal")
    whole = answered[together["case"]].rename({"combo": "united_combo", CONTESTED: "united_contested"})
    pairs = own.join(pl.concat([together.select("group"), whole], how="horizontal"), on="group").join(
        _contrary(members), on="group"
    )
    distinct = pairs.select(_PAIR).unique(maintain_order=True)
    for_all = evaluation.answers.select("combo", "answer", actor=pl.lit(None, dtype=pl.String))
    each = [table.select(pl.col("combo").cast(pl.UInt32), "actor", "answer")
            for table in (evaluation.answers_by_actor, for_all)]  # fmt: skip
    answers = pl.concat(each)
    both = distinct.join(answers, on="combo").join(
        answers.rename({"combo": "united_combo", "answer": "united_answer"}),
        on=["united_combo", "actor"],
        nulls_equal=True,
    )
    before = _with_contest("answer", CONTESTED)
    after = _with_contest("united_answer", "united_contested")
    cleared = before.is_in(_REACHED) & (after == Answer.NOT_COVERED.value) & pl.col("actor").is_null()
    doubt = before.is_in(_OPEN) & (pl.col("contrary") | pl.col(CONTESTED))
    binds = (before == Answer.PROHIBITED.value) | cleared | doubt
    wrong = both.filter(binds & (_rank(after) > _rank(before))).select(_PAIR).unique()
    return pairs.join(wrong, on=_PAIR, how="semi")["group"].unique().sort()


def _with_contest(answer: str, contested: str) -> pl.Expr:
    turned = (pl.col(answer) == Answer.NOT_COVERED.value) & pl.col(contested)
    return pl.when(turned).then(pl.lit(Answer.REVIEW.value)).otherwise(answer)


def _rank(answer: pl.Expr) -> pl.Expr:
    return answer.replace_strict(_RANK, return_dtype=pl.Int32)


def _contrary(members: pl.DataFrame) -> pl.DataFrame:
    """``group`` and ``contrary``: whether sources say different things of what the law looks at."""
    values = [
        pl.col(name).str.to_lowercase().str.strip_chars()
        if members.schema[name] == pl.String
        else pl.col(name)
        for name in _LOOKED_AT
    ]
    differ = pl.any_horizontal(value.drop_nulls().n_unique() > 1 for value in values)
    return members.group_by("group", maintain_order=True).agg(differ.alias("contrary"))
