"""What a second screening of the same equipment says otherwise than the first, and why as far as known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.directives.diff_reasons import Decided
from clearband.model.finding import PRECEDENCE
from clearband.screening.draft_changes import DraftChange, draft_changes
from clearband.screening.earlier import EarlierRun
from clearband.screening.result import Screening
from clearband.screening.run_reasons import other_day_of_finding, own_files_left_out, run_reasons

SCHEMA: Final = "https://clearband.dev/schema/screen-changes-1.json"
_RECORD: Final = ("record_id", "source", "manufacturer", "model", "site", "quantity")
BOTH: Final = {
    "answer": "answer",
    "maker": "maker",
    "maker_name": "maker_name",
    "category": "category",
    "directive": "answer_directive",
    "clause": "answer_clause",
    "date": "answer_date",
    "ground": "answer_ground",
    "question": "answer_question",
}
"""Column of the changes, without its ``_before`` or ``_after``, to column of the equipment."""

CHANGES_SCHEMA: Final[dict[str, Any]] = {
    **{name: pl.Int64 if name == "quantity" else pl.String for name in _RECORD},
    "changed": pl.List(pl.String),
    **{f"{name}_{side}": pl.String for name in BOTH for side in ("before", "after")},
    "why": pl.List(pl.String),
}
"""One row a record with another answer or maker: ``changed`` says which (``answer``, ``maker``), ``why`` what
is otherwise that bears on it."""

Events = Callable[[Decided], Sequence[str]]
"""What happened between the two days to what an answer rests on."""
_DECIDED: Final = ("directive", "clause", "ground", "question")


@dataclass(frozen=True)
class Changes:
    """The difference of two screenings.

    Attributes:
        table: `CHANGES_SCHEMA`, the strictest new answer first, then in the order of the records.
        counts: before, after, records, units: the records whose answer changed.
        reasons: What differs between the runs as wholes; none when they rest on the same.
        records: Records compared.
        drafts: What drafts say otherwise, apart from the law.
        own_left_out: The user's own directive files that the earlier run used and this one does not.
    """

    table: pl.DataFrame
    counts: pl.DataFrame
    reasons: tuple[str, ...]
    records: int
    own_left_out: tuple[str, ...] = ()
    drafts: tuple[DraftChange, ...] = ()

    @property
    def answers(self) -> int:
        """Records with another answer."""
        return int(self.counts["records"].sum())

    @property
    def only_makers(self) -> int:
        """Records with another maker and the same answer."""
        return self.table.height - self.answers


def changes(earlier: EarlierRun, now: Screening, events: Events) -> Changes:
    """Compare a screening with the run that its equipment comes from.

    Records are matched by ``record_id``; of several with one id, the first with the first.

    Args:
        earlier: The earlier run.
        now: The new screening.
        events: Asked once for each deciding clause and ground.
    """
    reasons = run_reasons(earlier, now.run)
    pairs = _sides(earlier.equipment, "before").join(
        _sides(now.equipment, "after").drop(*(name for name in _RECORD if name != "record_id")),
        on=["record_id", "nth"],
        how="inner",
        maintain_order="left",
    )
    told = pairs.with_columns(what_changed()).filter(pl.col("changed").list.len() > 0)
    table = with_why(told, reasons, events)
    rank = {answer.value: number for answer, number in PRECEDENCE.items()}
    ordered = (
        table.with_columns(pl.col("answer_after").replace_strict(rank, default=len(rank)).alias("rank"))
        .sort("rank", maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in CHANGES_SCHEMA.items())
    )
    counts = (
        ordered.filter(pl.col("changed").list.contains("answer"))
        .group_by(before="answer_before", after="answer_after")
        .agg(pl.len().alias("records"), pl.col("quantity").fill_null(1).sum().alias("units"))
        .sort("records", "before", "after", descending=[True, False, False])
    )
    return Changes(
        ordered,
        counts,
        (*reasons, *other_day_of_finding(earlier, now.run)),
        now.equipment.height,
        own_files_left_out(earlier, now.run),
        draft_changes(earlier.drafts, now.drafts),
    )


def what_changed() -> pl.Expr:
    """``changed`` of records with what both runs say of them: ``answer``, ``maker``, both or none."""
    answer = pl.col("answer_before").ne_missing(pl.col("answer_after"))
    maker = pl.col("maker_before").ne_missing(pl.col("maker_after"))
    return (
        pl.concat_list(pl.when(answer).then(pl.lit("answer")), pl.when(maker).then(pl.lit("maker")))
        .list.drop_nulls()
        .alias("changed")
    )


def _sides(equipment: pl.DataFrame, side: str) -> pl.DataFrame:
    return equipment.select(
        *_RECORD,
        pl.int_range(pl.len()).over("record_id").alias("nth"),
        *(pl.col(held).alias(f"{name}_{side}") for name, held in BOTH.items()),
    )


def with_why(told: pl.DataFrame, reasons: tuple[str, ...], events: Events) -> pl.DataFrame:
    """Each record with what was identified otherwise, what happened to its law, and what differs at all."""
    deciding = pl.concat(
        told.select(pl.col(f"{name}_{side}").alias(name) for name in _DECIDED) for side in ("before", "after")
    )
    deciding = deciding.drop_nulls("directive").unique().sort(_DECIDED)
    happened = pl.Series(
        [list(events(Decided(row[0], row[1] or "", row[2], row[3]))) for row in deciding.rows()],
        dtype=pl.List(pl.String),
    )
    for side in ("before", "after"):
        keys = {name: f"{name}_{side}" for name in _DECIDED}
        told = told.join(
            deciding.with_columns(happened.alias(f"events_{side}")).rename(keys),
            on=list(keys.values()),
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
    none = pl.lit("not known")
    other_maker = pl.format(
        "another maker: {} → {}",
        pl.col("maker_before").fill_null(none),
        pl.col("maker_after").fill_null(none),
    )
    other_kind = pl.format(
        "another kind: {} → {}",
        pl.col("category_before").fill_null(none),
        pl.col("category_after").fill_null(none),
    )
    seen = [
        pl.when(pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))).then(text)
        for name, text in (("maker", other_maker), ("category", other_kind))
    ]
    events_of_sides = [pl.col(f"events_{side}").fill_null([]) for side in ("before", "after")]
    return told.with_columns(
        pl.concat_list(*seen, *events_of_sides, *(pl.lit(reason) for reason in reasons))
        .list.drop_nulls()
        .list.unique(maintain_order=True)
        .alias("why")
    )
