"""What a box contains: a finding on a part rises to everything that the part is in.

The maker of a box stays its own, and a part of a covered maker prohibits no box by itself. Where a clause
speaks of components ("a substantial or essential component of any system"), the box is asked whether the part
is one: it is open, with that question, and never cleared in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from clearband.directives.due import DUE, Due
from clearband.directives.law import Law
from clearband.model.finding import PRECEDENCE, Answer
from clearband.screening.boxes import boxes_of, has_parts, parents
from clearband.screening.contested import CONTESTED
from clearband.screening.findings import LAW_COLUMNS

CONTAINS: Final = pl.List(
    pl.Struct(
        {
            "path": pl.String,
            "record_id": pl.String,
            "maker": pl.String,
            "maker_name": pl.String,
            "answer": pl.String,
            "directive": pl.String,
            "clause": pl.String,
            "date": pl.String,
        }
    )
)
"""Parts in a box, strictest first: the way down to each, whose it is, and what the law says of it."""

CONTAINS_COLUMNS: Final = ("contains", "contains_parts")
"""Columns of equipment of which something is a part of something: at most `LISTED` parts of a box, and how
many there are. Parts are those that a measure prohibits, and those of makers that a clause names or whose
owner it names, whatever is still open; null where there is none."""

LISTED: Final = 25
_NAMED: Final = 3
"""Parts that a question names."""
_RISES: Final = (Answer.REVIEW.value, Answer.NOT_YET.value)
_RANK: Final = {answer.value: rank for answer, rank in PRECEDENCE.items()}


@dataclass(frozen=True)
class Risen:
    """Records with what they contain.

    Attributes:
        equipment: With `CONTAINS_COLUMNS`, the answers of boxes, and ``combo`` as before.
        combos: The number of each record in the tables below: boxes that are asked have one of their own.
        findings, by_actor, due: Of the evaluation, with the boxes that are asked.
    """

    equipment: pl.DataFrame
    combos: pl.Series
    findings: pl.DataFrame
    by_actor: pl.DataFrame
    due: Due


def with_contents(
    equipment: pl.DataFrame, findings: pl.DataFrame, by_actor: pl.DataFrame, due: Due, law: Law
) -> Risen:
    """Let findings on parts rise to what they are in.

    Args:
        equipment: With verdicts, answers, ``combo`` and `CONTESTED`.
        findings: By combination: ``combo`` and `LAW_COLUMNS`, strictest first.
        by_actor: ``combo``, ``actor``, ``answer``.
        due: What is due, by combination.
        law: The measures, for what their clauses say of components.
    """
    unchanged = Risen(equipment, equipment["combo"], findings, by_actor, due)
    if not has_parts(equipment):
        return unchanged
    covering = _covering(findings)
    wanted = equipment["combo"].is_in(covering["combo"].unique().implode()) | equipment[CONTESTED]
    rows = wanted.fill_null(value=False).arg_true()
    names = equipment.select(pl.coalesce("model", "description", "record_id")).to_series()
    inside = boxes_of(parents(equipment), rows, names)
    equipment = equipment.with_columns(_contents(equipment, inside, covering))
    if inside.is_empty():
        return replace(unchanged, equipment=equipment)
    asked = _asked(equipment, inside, covering, law)
    if asked.is_empty():
        return replace(unchanged, equipment=equipment)
    return _with_asked(equipment, asked, findings, by_actor, due)


def _covering(findings: pl.DataFrame) -> pl.DataFrame:
    """Findings that prohibit, or would do so for a maker that the clause names, strictest first."""
    prohibits = pl.col("answer") == Answer.PROHIBITED.value
    may = pl.col("answer").is_in(_RISES) & pl.col("control").is_not_null()
    return findings.filter(prohibits | may)


def _contents(equipment: pl.DataFrame, inside: pl.DataFrame, covering: pl.DataFrame) -> list[pl.Series]:
    """`CONTAINS_COLUMNS` of all records."""
    first = covering.unique("combo", keep="first", maintain_order=True).select(
        "combo", directive="directive", clause="clause", date="event_date"
    )
    own = equipment.select("record_id", "maker", "maker_name", "answer", "combo").with_row_index("part")
    parts = (
        inside.join(own, on="part")
        .join(first, on="combo", how="left")
        .with_columns(rank=pl.col("answer").replace_strict(_RANK, default=len(_RANK)))
        .sort("box", "rank", "part")
    )
    fields = [field.name for field in CONTAINS.inner.fields]  # type: ignore[union-attr]
    lists = parts.group_by("box", maintain_order=True).agg(
        pl.struct(fields).head(LISTED).alias("contains"), pl.len().cast(pl.UInt32).alias("contains_parts")
    )
    rows = pl.DataFrame({"box": pl.int_range(equipment.height, dtype=pl.UInt32, eager=True)})
    joined = rows.join(lists, on="box", how="left", maintain_order="left")
    return [joined["contains"].cast(CONTAINS), joined["contains_parts"]]


def _asked(equipment: pl.DataFrame, inside: pl.DataFrame, covering: pl.DataFrame, law: Law) -> pl.DataFrame:
    """``box``, ``of`` (combinations of the parts) and `LAW_COLUMNS`: the clauses of which a box is asked.

    A clause is asked once a box, of all its parts; the path is in ``contains``, so that boxes with the same
    parts share their findings.
    """
    clauses = covering.select("directive", "clause").unique(maintain_order=True)
    tests = [
        law.component_tests.get((directive, (clause or "").partition("/")[0]))
        for directive, clause in clauses.iter_rows()
    ]
    speaking = clauses.with_columns(test=pl.Series(tests, dtype=pl.String)).filter(
        pl.col("test").is_not_null()
    )
    said = covering.join(speaking, on=["directive", "clause"], maintain_order="left", nulls_equal=True)
    number = pl.coalesce("model", "part_number", "description", "record_id")
    parts = equipment.select(
        "combo", name=pl.concat_str("maker_name", number, separator=" ", ignore_nulls=True)
    ).with_row_index("part")
    found = inside.join(parts, on="part").join(said, on="combo").sort("box", "part", maintain_order=True)
    found = found.unique(["box", "directive", "clause", "name"], keep="first", maintain_order=True)
    others = [name for name in LAW_COLUMNS if name not in ("directive", "clause", "answer")]
    grouped = found.group_by("box", "directive", "clause", maintain_order=True).agg(
        pl.col(others).first(),
        pl.col("test").first(),
        pl.col("name").head(_NAMED).str.join(", ").alias("names"),
        (pl.len().cast(pl.Int64) - _NAMED).alias("more"),
        pl.col("combo").unique(maintain_order=True).alias("of"),
    )
    more = pl.when(pl.col("more") > 0).then(pl.format(" and {} more", "more")).otherwise(pl.lit(""))
    named = pl.concat_str("names", more)
    return grouped.with_columns(
        answer=pl.lit(Answer.REVIEW.value),
        control=pl.lit(None, dtype=pl.String),
        ground=pl.format("it contains {}, and the clause speaks of parts: {}", named, "test"),
        question=pl.format("it contains {}: is that what the clause speaks of? {}", named, "test"),
        would_change=pl.concat_list(
            pl.format("what it contains of {} is replaced, or is no part of that kind", named),
            pl.col("would_change").fill_null(pl.lit([], dtype=pl.List(pl.String))),
        ),
    ).select("box", "of", *LAW_COLUMNS)


def _with_asked(
    equipment: pl.DataFrame, asked: pl.DataFrame, findings: pl.DataFrame, by_actor: pl.DataFrame, due: Due
) -> Risen:
    kind = equipment.schema["combo"]
    boxes = asked.group_by("box", maintain_order=True).agg(
        signature=pl.concat_str(
            "directive", "clause", "question", separator="\n", ignore_nulls=True
        ).str.join("\n")
    )
    boxes = boxes.with_columns(old=equipment["combo"].gather(boxes["box"]))
    distinct = boxes.unique(["old", "signature"], keep="first", maintain_order=True).select(
        "old", "signature", example="box"
    )
    start = int(equipment["combo"].max() or 0) + 1  # type: ignore[arg-type]
    distinct = distinct.with_row_index("combo", offset=start).with_columns(pl.col("combo").cast(kind))
    boxes = boxes.join(distinct, on=["old", "signature"], maintain_order="left")
    combos = equipment["combo"].scatter(boxes["box"], boxes["combo"])
    new = asked.join(distinct.select(box="example", combo="combo"), on="box", maintain_order="left")
    return Risen(
        _answered(equipment, asked),
        combos,
        _all_findings(findings, new, distinct),
        _all_by_actor(by_actor, new, distinct),
        _all_due(due, new, distinct),
    )


def _answered(equipment: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Boxes that would be cleared, or less than open, are open with the question of the first clause."""
    first = asked.unique("box", keep="first", maintain_order=True).select(
        row="box",
        new_directive="directive",
        new_clause="clause",
        new_date="event_date",
        new_ground="ground",
        new_question="question",
    )
    joined = equipment.with_row_index("row").join(first, on="row", how="left", maintain_order="left")
    milder = pl.col("answer").replace_strict(_RANK, default=0) > _RANK[Answer.REVIEW.value]
    turned = pl.col("new_question").is_not_null() & milder
    names = ("directive", "clause", "date", "ground", "question")
    return joined.with_columns(
        pl.when(turned).then(pl.lit(Answer.REVIEW.value)).otherwise("answer").alias("answer"),
        *(
            pl.when(turned).then(f"new_{name}").otherwise(f"answer_{name}").alias(f"answer_{name}")
            for name in names
        ),
    ).drop("row", *(f"new_{name}" for name in names))


def _all_findings(findings: pl.DataFrame, new: pl.DataFrame, distinct: pl.DataFrame) -> pl.DataFrame:
    own = distinct.select("combo", "old").join(
        findings, left_on="old", right_on="combo", maintain_order="left_right"
    )
    columns = findings.columns
    both = pl.concat([own.select(columns), new.select(columns)], how="vertical_relaxed")
    rank = pl.col("answer").replace_strict(_RANK, default=len(_RANK))
    return pl.concat([findings, both.sort("combo", rank, maintain_order=True)])


def _all_by_actor(by_actor: pl.DataFrame, new: pl.DataFrame, distinct: pl.DataFrame) -> pl.DataFrame:
    kind = by_actor.schema["combo"]
    open_for = new.select("combo", actor="actors").explode("actor").unique()
    own = distinct.select("combo", pl.col("old").cast(kind)).join(by_actor, left_on="old", right_on="combo")
    is_open = own.join(open_for.with_columns(open=True), on=["combo", "actor"], how="left")
    milder = pl.col("answer").replace_strict(_RANK, default=0) > _RANK[Answer.REVIEW.value]
    turned = pl.col("open").fill_null(value=False) & milder
    answer = pl.when(turned).then(pl.lit(Answer.REVIEW.value)).otherwise("answer")
    told = is_open.select(pl.col("combo").cast(kind), "actor", answer.alias("answer"))
    return pl.concat([by_actor, told.select(by_actor.columns)])


def _all_due(due: Due, new: pl.DataFrame, distinct: pl.DataFrame) -> Due:
    """What a box owes by its own maker, and, if its part counts, what the part would owe."""
    kind = due.rows.schema["combo"]
    own = distinct.select("combo", pl.col("old").cast(kind)).join(due.rows, left_on="old", right_on="combo")
    clauses = pl.DataFrame(
        {
            "deadline": range(len(due.deadlines)),
            "directive": [one.deadline.directive for one in due.deadlines],
            "clause": [one.deadline.clause for one in due.deadlines],
        },
        schema={"deadline": pl.UInt32, "directive": pl.String, "clause": pl.String},
    )
    risen = (
        new.select("combo", "directive", pl.col("clause").str.replace(r"/.*$", ""), part="of")
        .explode("part")
        .join(clauses, on=["directive", "clause"])
        .with_columns(pl.col("part").cast(kind))
        .join(due.rows.select(part="combo", deadline="deadline"), on=["part", "deadline"])
        .select("combo", "deadline", answer=pl.lit(Answer.REVIEW.value, dtype=DUE["answer"]))
    )
    both = pl.concat([own.select("combo", "deadline", "answer"), risen])
    surest = both.group_by("combo", "deadline").agg(pl.col("answer").min()).sort("combo", "deadline")
    rows = surest.select(pl.col("combo").cast(kind), "deadline", "answer")
    return replace(due, rows=pl.concat([due.rows, rows]))
