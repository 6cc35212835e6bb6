"""The main job: identify every record, ask the law of each, and gather the findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from clearband import __version__
from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law
from clearband.facts.store import content_hash
from clearband.identify import identify
from clearband.model.evidence import VERDICT_SCHEMA
from clearband.model.finding import Answer
from clearband.register import Register
from clearband.screening.approved import on_the_lists
from clearband.screening.approved_list import ApprovedList
from clearband.screening.combos import numbered_combos
from clearband.screening.contested import CONTESTED, contested_to_review
from clearband.screening.deadlines import deadlines
from clearband.screening.drafts import ask_drafts, of_records, summary_of
from clearband.screening.findings import LAW_COLUMNS, RECORD_COLUMNS, Findings
from clearband.screening.profile import apply_purposes
from clearband.screening.result import ANSWER_COLUMNS, Screening
from clearband.screening.settings import Settings
from clearband.screening.summary import summarise
from clearband.sources import Inventory

RUN_SCHEMA: Final = "https://clearband.dev/schema/run-1.json"

PURPOSE_NOT_UNDERSTOOD: Final = "not understood as a purpose; it counts as not stated"
"""What ``invalid`` says of a stated purpose; it is no cell that the reading could not read."""

Progress = Callable[[str], None]


def screen(
    inventory: Inventory,
    settings: Settings,
    register: Register,
    law: Law,
    *,
    approved: Sequence[ApprovedList] = (),
    progress: Progress | None = None,
) -> Screening:
    """Screen an inventory that was read.

    Args:
        inventory: The equipment, and what was read from where.
        settings: Who asks, on which dates, and what the equipment is for.
        register: The organisations.
        law: The measures; its drafts are asked apart.
        approved: Approved lists, whose entries are looked up for each record; an approval that one grants
            is held by what may be bought under it.
        progress: Called with the name of each step as it begins.

    Returns:
        Equipment with verdicts and answers, findings, summary. The order of records is the input's; nothing
        in the result depends on the time of day.
    """
    say = progress or (lambda _: None)
    say("Identifying makers")
    verdicts = identify(inventory.equipment, register, on=settings.questions.on)
    say("Asking the law")
    table = _with_verdicts(inventory.equipment, verdicts)
    table = _with_doubts(table, register, law)
    table = _with_purposes_read(table, law)
    table = _without_purposes_not_understood(table)
    table = apply_purposes(table, settings.purposes)
    table = _with_purposes_read(table, law)
    lists = on_the_lists(table, approved, register, law) if approved else None
    none = pl.lit(None, pl.String)
    table = table.with_columns(approval=lists.approvals if lists else none)
    table, combos = numbered_combos(table, settings.questions, register, law)
    evaluation = evaluate(combos, settings.questions, law, register)
    if lists:
        evaluation = replace(
            evaluation,
            answers=lists.told(evaluation.answers, combos),
            findings=lists.told(evaluation.findings, combos),
        )
    under_drafts = ask_drafts(combos, settings.questions, law, register)
    say("Gathering findings")
    equipment = contested_to_review(_with_answers(table, evaluation.answers), register)
    findings = _findings(equipment, evaluation.findings, law)
    by_actor = _by_actor(equipment, evaluation.answers_by_actor)
    drafts = of_records(equipment, under_drafts.answers)
    equipment = equipment.drop("combo", "purpose_read", "approval", CONTESTED)
    listed = {"approved": lists.summary} if lists else {}
    return Screening(
        equipment=equipment,
        findings=findings,
        approved=lists.table if lists else None,
        summary=summarise(
            equipment,
            findings,
            by_actor,
            settings.as_json(),
            [
                {
                    "directive": left.directive,
                    "title": left.title,
                    "actors": list(left.actors),
                    "reason": left.reason,
                }
                for left in evaluation.not_asked
            ],
            [
                {"file": table.file, "sheet": table.sheet, "reason": table.skipped}
                for table in inventory.tables
                if table.skipped
            ],
            summary_of(drafts, law, under_drafts.due, findings),
            deadlines(evaluation.due, findings, law),
        )
        | listed,
        run={
            "schema": RUN_SCHEMA,
            "clearband": __version__,
            "facts_sha256": content_hash(),
            "own_facts": list(settings.own_facts),
            "enterprise_numbers": settings.enterprise_numbers,
            "inputs": [
                {"file": entry.file, "sha256": entry.sha256, "bytes": entry.bytes}
                for entry in inventory.inputs
            ],
            "settings": {**settings.as_json(), "reading": settings.reading},
            **({"approved": [one.as_json() for one in approved]} if approved else {}),
        },
        tables=inventory.tables,
        drafts=drafts,
    )


def _by_actor(equipment: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Records by actor and answer; what signals contest is open for every actor it would be cleared for."""
    cleared = (pl.col("answer") == Answer.NOT_COVERED) & pl.col(CONTESTED)
    return (
        equipment.group_by("combo", CONTESTED)
        .agg(pl.len().alias("records"))
        .join(answers, on="combo")
        .with_columns(pl.when(cleared).then(pl.lit(Answer.REVIEW.value)).otherwise("answer").alias("answer"))
        .group_by("actor", "answer")
        .agg(pl.col("records").sum())
        .sort("actor", "answer")
    )


def _with_verdicts(equipment: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Equipment columns, then the verdict's; brand, category and purpose as stated are kept beside.

    What the input said can be read back from the table (`clearband.screening.earlier`).
    """
    own = [name for name in equipment.columns if not name.startswith("x_")]
    extra = [name for name in equipment.columns if name.startswith("x_")]
    return (
        pl.concat(
            [
                equipment.select(own)
                .rename({"category": "category_stated"})
                .with_columns(brand_stated="brand", purpose_stated="purpose"),
                verdicts.drop("record_id").rename({"brand": "brand_of_verdict"}),
                equipment.select(extra),
            ],
            how="horizontal",
        )
        .with_columns(brand=pl.coalesce("brand_of_verdict", "brand_stated"))
        .select(
            *(name if name != "category" else "category_stated" for name in own),
            "brand_stated",
            "purpose_stated",
            *(name for name in VERDICT_SCHEMA if name not in ("record_id", "brand")),
            *extra,
        )
    )


def _with_doubts(table: pl.DataFrame, register: Register, law: Law) -> pl.DataFrame:
    """A plain word such as "module" means two things where the maker makes both: the category says so."""
    for doubt in law.equipment.doubts:
        makers = [one.id for one in register.organisations.values() if doubt["makes"] in one.makes]
        said = pl.col("category_stated").str.to_lowercase().str.strip_chars() == doubt["word"]
        table = table.with_columns(
            pl.when(said & pl.col("maker").is_in(makers) & (pl.col("category_basis") == "stated"))
            .then(pl.lit(doubt["category"]))
            .otherwise("category")
            .alias("category")
        )
    return table


def _with_purposes_read(table: pl.DataFrame, law: Law) -> pl.DataFrame:
    """One text for all stated purposes that mean the same to the law; what is not understood stays unknown.

    It is one of the texts and not the ids they were read as: words of ids in a row can mean something else.
    """
    texts = table.get_column("purpose").drop_nulls().unique().sort()
    readings = {text: law.purposes.read(text) for text in texts}
    first: dict[tuple[str, ...], str] = {}
    mapping = {
        text: first.setdefault(reading.stated, text)
        for text, reading in readings.items()
        if reading.understood
    }
    return table.with_columns(
        pl.col("purpose").replace_strict(mapping, default=None, return_dtype=pl.String).alias("purpose_read")
    )


def _without_purposes_not_understood(table: pl.DataFrame) -> pl.DataFrame:
    """A stated purpose that fits no word of the vocabulary is a cell that could not be read."""
    lost = pl.col("purpose").is_not_null() & pl.col("purpose_read").is_null()
    if not table.select(lost.any()).item():
        return table
    cell = pl.struct(
        pl.lit("purpose").alias("column"),
        pl.col("purpose").alias("value"),
        pl.lit(PURPOSE_NOT_UNDERSTOOD).alias("problem"),
    )
    told = pl.concat_list(pl.col("invalid").fill_null([]), pl.concat_list(cell))
    return table.with_columns(
        pl.when(lost).then(told).otherwise("invalid").alias("invalid"),
        pl.when(~lost).then("purpose").alias("purpose"),
    )


def _with_answers(table: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    named = answers.select(
        "combo",
        pl.col("answer"),
        pl.col("directive").alias("answer_directive"),
        pl.col("clause").alias("answer_clause"),
        pl.col("event_date").alias("answer_date"),
        pl.col("ground").alias("answer_ground"),
        pl.col("question").alias("answer_question"),
    )
    extra = [name for name in table.columns if name.startswith("x_")]
    joined = table.join(named, on="combo", how="left", maintain_order="left")
    return joined.select(pl.exclude(*extra, *ANSWER_COLUMNS), *ANSWER_COLUMNS, *extra)


def _findings(equipment: pl.DataFrame, by_combo: pl.DataFrame, law: Law) -> Findings:
    titles = {measure.id: measure.short_title for measure in law.measures.values()}
    records = equipment.select(
        *RECORD_COLUMNS,
        "combo",
        record_answer="answer",
        record_ground="answer_ground",
        record_question="answer_question",
    )
    own = pl.col("directive").is_in([measure.id for measure in law.measures.values() if measure.own])
    title = pl.col("directive").replace_strict(titles, default=None, return_dtype=pl.String)
    said = by_combo.with_columns(
        pl.col("combo").cast(records.schema["combo"]), directive_title=title, own=own
    )
    return Findings(records, said.select("combo", *LAW_COLUMNS))
