"""What a draft does to an inventory: which records must go by it, which are open, by when, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.directives.law import Law
from clearband.impact.draft import DraftInUse
from clearband.impact.form import ChangeTold, DeadlineTold, InventoryTold, PlanTold, QuestionTold, SiteTold
from clearband.model.finding import PRECEDENCE, Answer
from clearband.planning.network.begin.duty import duties
from clearband.screening.deadlines import CERTAIN
from clearband.screening.result import Screening
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import Inventory

SOURCES: Final = ("inventory", "draft", "law")
"""What counts of records rest on."""
GOES: Final = (Answer.PROHIBITED.value, Answer.NOT_YET.value)
OPEN: Final = (Answer.REVIEW.value, Answer.UNIDENTIFIED.value)
_NO_SITE: Final = "no site stated"
_WHO: Final = "who made it?"
_NO_QUESTION: Final = "no question is told"
_SCREENED: Final = ("record_id", "site", "quantity", "maker", "maker_name", "model", "category")


@dataclass(frozen=True)
class UnderTheDraft:
    """An inventory screened without the draft, with it, and by it alone.

    Attributes:
        records: `_SCREENED`, ``law``, ``adopted``, ``draft`` (answers), ``question`` (of the draft), and
            ``effect``: ``new`` (must go by the draft and by no law asked), ``already`` (by both), ``open``
            (not known whether the draft reaches it, and no law makes it go), ``freed`` or ``none``.
        equipment: Of the screening, in the same order, with the answers of the draft alone.
        findings: What the draft's own clauses say of each record; what it prohibits from a day on that lies
            ahead of the plan is ``not-yet``.
        deadlines: Of its own duties.
    """

    settings: Settings
    records: pl.DataFrame
    equipment: pl.DataFrame
    findings: pl.DataFrame
    deadlines: list[dict[str, Any]]

    @property
    def touched(self) -> pl.DataFrame:
        """The equipment that the draft may add to what must go."""
        kept = self.records["effect"].is_in(["new", "open"])
        return self.equipment.filter(kept)


def under_the_draft(
    inventory: Inventory, settings: Settings, draft: DraftInUse, first_day: date
) -> UnderTheDraft:
    """Screen an inventory by the law as it is and as it would be.

    Args:
        settings: Who asks and on which day; both laws are asked the same.
        first_day: Of a plan: a prohibition that begins on it or later is a day to keep.
    """
    alone = _screened(inventory, settings, draft, draft.alone)
    adopted = _screened(inventory, settings, draft, draft.adopted)
    said = alone.drafts.filter(pl.col("draft") == draft.id)
    asked = pl.col("question").fill_null(_WHO)
    # What would help is the name of something, or a sentence, which has a colon and stands for itself.
    helps = (
        pl.when(pl.col("would_help").str.contains(": ", literal=True))
        .then(pl.format("{}; {}", asked, "would_help"))
        .otherwise(pl.format("{}; it would help to know: {}", asked, "would_help"))
    )
    unidentified = pl.col("draft") == Answer.UNIDENTIFIED.value
    records = alone.equipment.select(*_SCREENED, "would_help", law="answer").with_columns(
        pl.col("quantity").fill_null(1),
        adopted=adopted.equipment["answer"],
        draft=said["answer_of_draft"],
        question=said["question"],
    )
    told = pl.when(unidentified).then(helps.fill_null(_WHO)).otherwise("question").alias("question")
    equipment = alone.equipment.with_columns(
        answer=said["answer_of_draft"],
        answer_directive=said["directive"],
        answer_clause=said["clause"],
        answer_date=said["event_date"],
        answer_question=said["question"],
    )
    own = [one for one in alone.summary["drafts"] if one["draft"] == draft.id]
    return UnderTheDraft(
        settings,
        records.with_columns(_effect().alias("effect"), told),
        equipment,
        _own_findings(adopted, draft.id, first_day),
        own[0]["deadlines"] if own else [],
    )


def _screened(inventory: Inventory, settings: Settings, draft: DraftInUse, law: Law) -> Screening:
    return screen(inventory, settings, draft.register, law)


def _effect() -> pl.Expr:
    goes, by_law = pl.col("draft").is_in(list(GOES)), pl.col("law").is_in(list(GOES))
    return (
        pl.when(goes & by_law)
        .then(pl.lit("already"))
        .when(goes)
        .then(pl.lit("new"))
        .when(by_law & ~pl.col("adopted").is_in(list(GOES)))
        .then(pl.lit("freed"))
        .when(pl.col("draft").is_in(list(OPEN)) & ~by_law)
        .then(pl.lit("open"))
        .otherwise(pl.lit("none"))
    )


def _own_findings(adopted: Screening, draft: str, first_day: date) -> pl.DataFrame:
    """Findings of the draft's clauses, as seen from the beginning of a plan."""
    ahead = pl.col("event_date").str.to_date("%Y-%m-%d", strict=False) >= first_day
    begun = pl.col("answer") == Answer.PROHIBITED.value
    return (
        adopted.findings.whole()
        .filter(pl.col("directive") == draft)
        .with_columns(
            pl.when(begun & ahead.fill_null(value=False))
            .then(pl.lit(Answer.NOT_YET.value))
            .otherwise("answer")
            .alias("answer")
        )
    )


def inventory_told(
    found: UnderTheDraft, first_day: date, plan: PlanTold | None, no_plan: str | None
) -> InventoryTold:
    """It, in the published form."""
    records = found.records
    counts = {row[0]: row[1] for row in records["effect"].value_counts().iter_rows()}
    asked = found.settings.questions
    return InventoryTold(
        on=asked.on,
        actors=asked.actors,
        actions=asked.actions,
        records=records.height,
        units=int(records["quantity"].sum()),
        changed=records.filter(pl.col("law") != pl.col("adopted")).height,
        **{name: counts.get(name, 0) for name in ("new", "already", "open", "freed")},
        changes=tuple(_changes(records)),
        questions=tuple(_questions(records)),
        sites=tuple(_sites(found, first_day)),
        deadlines=tuple(map(_deadline, found.deadlines)),
        plan=plan,
        no_plan=no_plan,
        sources=SOURCES,
    )


def _changes(records: pl.DataFrame) -> Iterable[ChangeTold]:
    rank = {answer.value: place for answer, place in PRECEDENCE.items()}
    counted = (
        records.filter(pl.col("law") != pl.col("adopted"))
        .group_by("law", "adopted")
        .agg(pl.len().alias("records"), pl.col("quantity").sum())
        .sort(pl.col("adopted", "law").replace_strict(rank, return_dtype=pl.Int64))
    )
    for before, after, number, units in counted.iter_rows():
        yield ChangeTold(before=before, after=after, records=number, units=units, sources=SOURCES)


def _questions(records: pl.DataFrame) -> Iterable[QuestionTold]:
    counted = (
        records.filter(pl.col("effect") == "open")
        .group_by(pl.col("question").fill_null(_NO_QUESTION), "draft")
        .len()
        .sort("len", "question", descending=[True, False])
    )
    for question, answer, number in counted.iter_rows():
        yield QuestionTold(question=question, answer=answer, records=number, sources=SOURCES)


def _sites(found: UnderTheDraft, first_day: date) -> Iterable[SiteTold]:
    days = duties(found.equipment, found.findings, found.deadlines, first_day)
    soonest = days["why"].str.extract(r"out by (\d{4}-\d{2}-\d{2})").str.to_date("%Y-%m-%d")
    touched = found.records.with_columns(soonest.alias("out_by")).filter(
        pl.col("effect").is_in(["new", "open"])
    )
    counted = (
        touched.group_by(pl.col("site").fill_null(_NO_SITE))
        .agg(
            pl.len().alias("records"),
            pl.col("quantity").sum().alias("units"),
            (pl.col("effect") == "open").sum().alias("open_records"),
            pl.col("out_by").filter(pl.col("effect") == "new").min(),
        )
        .sort("records", "site", descending=[True, False])
    )
    for row in counted.iter_rows(named=True):
        yield SiteTold(**row, sources=SOURCES)


def _deadline(raw: dict[str, Any]) -> DeadlineTold:
    return DeadlineTold(
        due=raw["due"],
        duty=raw["duty"],
        cite=", ".join(dict.fromkeys(clause["cite"] for clause in raw["clauses"])),
        records=raw["records"],
        certain=sum(raw["answers"].get(answer, 0) for answer in CERTAIN),
        sources=SOURCES,
        verified=all(clause["verified"] for clause in raw["clauses"]),
    )
