"""Merging clears nothing: groups that the law would judge more mildly than one of their records are found."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.directives.equipment_classes import UNSPECIFIED
from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law
from clearband.identify.categories import agrees, is_finer
from clearband.model.finding import PRECEDENCE, Answer
from clearband.register import Register
from clearband.screening.answered import answered_cases
from clearband.screening.cases import Cases
from clearband.screening.combos import sorted_combos
from clearband.screening.contested import CONTESTED, watched_makers
from clearband.screening.settings import Settings

_LOOKED_AT: Final = ("purpose_read", "made_in", "law_obtained")
"""What the law looks at beside maker and kind."""
_REACHED: Final = (Answer.EXEMPT.value, Answer.NOT_YET.value, Answer.ADVISED_AGAINST.value)
_OPEN: Final = (Answer.REVIEW.value, *_REACHED)
_RANK: Final = {answer.value: rank for answer, rank in PRECEDENCE.items()}
_PAIR: Final = ("combo", CONTESTED, "suspected", "contrary", "united_combo", "united_contested")


def judged_more_mildly(
    groups: pl.Series,
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
    contest the answer. Who made a thing that nobody knew may be told by another source, unless a signal of it
    speaks for a maker that lists name, and the other source's word would clear it.

    Args:
        groups: The group of each record, shape (n,).
        alone: The number of each one's case, shape (n,).
        together: ``group``, and ``case``: the number of the case of the united record.
        cases: What the numbers are of.
    """
    places, combos = sorted_combos(cases.combos)
    evaluation = evaluate(combos, settings.questions, law, register)
    answered = answered_cases(cases.table, places, evaluation.answers, register)
    answered = answered.select("combo", CONTESTED, suspected=_suspected(register))
    own = pl.concat([groups.to_frame("group"), answered[alone]], how="horizontal")
    whole = answered.select(united_combo="combo", united_contested=CONTESTED)[together["case"]]
    contrary = _contrary(groups, cases.combos[cases.table["combo_came"].gather(alone)])
    pairs = own.join(pl.concat([together.select("group"), whole], how="horizontal"), on="group")
    pairs = pairs.join(contrary, on="group")
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
    suspect = (before == Answer.UNIDENTIFIED.value) & pl.col("suspected")
    held = (before.is_in(_REACHED) | suspect) & pl.col("actor").is_null()
    cleared = held & (after == Answer.NOT_COVERED.value)
    doubt = before.is_in(_OPEN) & (pl.col("contrary") | pl.col(CONTESTED))
    binds = (before == Answer.PROHIBITED.value) | cleared | doubt
    wrong = both.filter(binds & (_rank(after) > _rank(before))).select(_PAIR).unique()
    return pairs.join(wrong, on=_PAIR, how="semi")["group"].unique().sort()


def _suspected(register: Register) -> pl.Expr:
    """Whether nobody knows who made a thing, and a signal speaks for a maker that lists name."""
    watched = pl.element().is_in(watched_makers(register))
    return (pl.col("maker").is_null() & pl.col("speaks_for").list.eval(watched).list.any()).fill_null(
        value=False
    )


def _with_contest(answer: str, contested: str) -> pl.Expr:
    turned = (pl.col(answer) == Answer.NOT_COVERED.value) & pl.col(contested)
    return pl.when(turned).then(pl.lit(Answer.REVIEW.value)).otherwise(answer)


def _rank(answer: pl.Expr) -> pl.Expr:
    return answer.replace_strict(_RANK, return_dtype=pl.Int32)


def _contrary(groups: pl.Series, asked: pl.DataFrame) -> pl.DataFrame:
    """``group`` and ``contrary``: whether sources say different things of what the law looks at.

    Args:
        groups: The group of each record, shape (n,).
        asked: `LAW_INPUTS` of each.
    """
    stated = asked.with_columns(groups, kind=pl.col("law_category").replace(UNSPECIFIED, None))
    differ = pl.any_horizontal(pl.col(name).drop_nulls().n_unique() > 1 for name in _LOOKED_AT)
    found = stated.group_by("group", maintain_order=True).agg(differ.alias("contrary"))
    kinds = stated.select("group", one="kind").drop_nulls().unique()
    kinds = kinds.filter(pl.col("group").is_duplicated())
    pairs = kinds.join(kinds.rename({"one": "other"}), on="group").filter(pl.col("one") < pl.col("other"))
    distinct = pairs.select("one", "other").unique(maintain_order=True)
    apart = [not _are_one_kind(one, other) for one, other in distinct.iter_rows()]
    wrong = pairs.join(distinct.filter(pl.Series(apart, dtype=pl.Boolean)), on=["one", "other"])["group"]
    return found.with_columns(pl.col("contrary") | pl.col("group").is_in(wrong.implode()))


def _are_one_kind(one: str, other: str) -> bool:
    """Whether two kinds are words for one, or one only says more than the other."""
    return agrees(one, other) or is_finer(one, other) or is_finer(other, one)
