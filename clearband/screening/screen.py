"""The main job: identify every record, ask the law of each, and gather the findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from clearband import __version__
from clearband.directives.evaluate import Evaluation, evaluate
from clearband.directives.law import Law
from clearband.facts.store import content_hash
from clearband.model.equipment import EXTRA_PREFIX
from clearband.model.evidence import VERDICT_SCHEMA
from clearband.model.finding import Answer
from clearband.register import Register
from clearband.screening.answered import answered_cases
from clearband.screening.approved_list import ApprovedList
from clearband.screening.cases import CaseBatch, Cases
from clearband.screening.combos import sorted_combos
from clearband.screening.contains import with_contents
from clearband.screening.contested import CONTESTED
from clearband.screening.deadlines import deadlines
from clearband.screening.drafts import ask_drafts, of_records, summary_of
from clearband.screening.findings import LAW_COLUMNS, RECORD_COLUMNS, Findings
from clearband.screening.merging.told import summary_of as summary_of_merges
from clearband.screening.purposes import told_as_invalid
from clearband.screening.result import ANSWER_COLUMNS, Screening
from clearband.screening.settings import Settings
from clearband.screening.summary import Counted, summarise
from clearband.sources import Inventory

RUN_SCHEMA: Final = "https://clearband.dev/schema/run-1.json"

Progress = Callable[[str], None]


def screen(
    inventory: Inventory,
    settings: Settings,
    register: Register,
    law: Law,
    *,
    approved: Sequence[ApprovedList] = (),
    merges: pl.DataFrame | None = None,
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
        merges: What was merged to make the inventory (`clearband.screening.merging.MERGES_SCHEMA`).
        progress: Called with the name of each step as it begins.

    Returns:
        Equipment with verdicts and answers, findings, summary. The order of records is the input's; nothing
        in the result depends on the time of day.
    """
    say = progress or (lambda _: None)
    say("Identifying makers")
    cases = Cases(settings, register, law, approved)
    batch = cases.batch(inventory.equipment)
    say("Asking the law")
    lists = batch.lists
    places, combos = sorted_combos(cases.combos)
    evaluation = evaluate(combos, settings.questions, law, register)
    if lists:
        evaluation = replace(
            evaluation,
            answers=lists.told(evaluation.answers, combos),
            findings=lists.told(evaluation.findings, combos),
        )
    under_drafts = ask_drafts(combos, settings.questions, law, register)
    answered = answered_cases(cases.table, places, evaluation.answers, register)
    say("Gathering findings")
    equipment = _with_cases(inventory.equipment, answered, batch, cases)
    said = law_findings(evaluation.findings, law, equipment.schema["combo"])
    risen = with_contents(equipment, said, evaluation.answers_by_actor, evaluation.due, law)
    equipment = risen.equipment
    findings = _findings(equipment.with_columns(combo=risen.combos), risen.findings)
    by_actor = answers_by_actor(
        equipment.group_by(risen.combos.alias("combo"), CONTESTED).agg(pl.len().alias("records")),
        risen.by_actor,
    )
    drafts = of_records(equipment, under_drafts.answers)
    of_own = replace(findings, records=findings.records.with_columns(combo=equipment["combo"]))
    equipment = equipment.drop("combo", CONTESTED)
    listed: dict[str, Any] = {"approved": lists.summary} if lists else {}
    if merges is not None:
        listed["merged"] = summary_of_merges(merges)
    if "contains" in equipment.columns:
        listed["containing"] = equipment.height - equipment["contains"].null_count()
    return Screening(
        equipment=equipment,
        findings=findings,
        approved=lists.table if lists else None,
        summary=summarise(
            Counted.of(equipment),
            findings,
            by_actor,
            settings.as_json(),
            not_asked(evaluation),
            [
                {"file": table.file, "sheet": table.sheet, "reason": table.skipped}
                for table in inventory.tables
                if table.skipped
            ],
            summary_of(_each_alone(drafts), law, under_drafts.due, of_own),
            deadlines(risen.due, findings, law),
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
        merges=merges,
    )


def _each_alone(records: pl.DataFrame) -> pl.DataFrame:
    return records.with_columns(records=pl.lit(1, dtype=pl.UInt32), units=pl.col("quantity").fill_null(1))


def answers_by_actor(groups: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Records by actor and answer; what signals contest is open for every actor it would be cleared for.

    Args:
        groups: ``combo``, `CONTESTED`, ``records``.
        answers: By ``combo`` and ``actor``.
    """
    cleared = (pl.col("answer") == Answer.NOT_COVERED) & pl.col(CONTESTED)
    return (
        groups.join(answers, on="combo")
        .with_columns(pl.when(cleared).then(pl.lit(Answer.REVIEW.value)).otherwise("answer").alias("answer"))
        .group_by("actor", "answer")
        .agg(pl.col("records").sum())
        .sort("actor", "answer")
    )


def _with_cases(
    equipment: pl.DataFrame, answered: pl.DataFrame, batch: CaseBatch, cases: Cases
) -> pl.DataFrame:
    """Equipment columns, the verdict's, the answer's, then the input's own; with ``combo`` and `CONTESTED`.

    Brand, category and purpose as stated are kept beside: what the input said can be read back from the table
    (`clearband.screening.earlier`).
    """
    own = [name for name in equipment.columns if not name.startswith(EXTRA_PREFIX)]
    extra = [name for name in equipment.columns if name.startswith(EXTRA_PREFIX)]
    told = (answered[batch.numbers] if len(batch.numbers) else answered.clear()).rename(
        {"brand": "brand_of_verdict", "purpose": "purpose_of_case"}
    )
    invalid = told_as_invalid(equipment, told["purpose_lost"])
    stated = equipment.select(own).rename({"category": "category_stated"})
    table = pl.concat([stated, told, equipment.select(extra)], how="horizontal").with_columns(
        *cases.identifier.evidence(batch.identified),
        invalid,
        brand_stated="brand",
        purpose_stated="purpose",
        brand=pl.coalesce("brand_of_verdict", "brand"),
        purpose="purpose_of_case",
    )
    return table.select(
        *(name if name != "category" else "category_stated" for name in own),
        "brand_stated",
        "purpose_stated",
        *(name for name in VERDICT_SCHEMA if name not in ("record_id", "brand")),
        "combo",
        CONTESTED,
        *ANSWER_COLUMNS,
        *extra,
    )


def not_asked(evaluation: Evaluation) -> list[dict[str, Any]]:
    """For ``summary.json``: measures left out because their actor was not named."""
    return [
        {
            "directive": left.directive,
            "title": left.title,
            "actors": list(left.actors),
            "reason": left.reason,
        }
        for left in evaluation.not_asked
    ]


def _findings(equipment: pl.DataFrame, said: pl.DataFrame) -> Findings:
    records = equipment.select(
        *RECORD_COLUMNS,
        "combo",
        record_answer="answer",
        record_ground="answer_ground",
        record_question="answer_question",
    )
    return Findings(records, said)


def law_findings(by_combo: pl.DataFrame, law: Law, combo: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    """``combo`` and `LAW_COLUMNS` of what clauses say of combinations.

    Args:
        by_combo: Findings of an evaluation.
        combo: Type of the number of a combination.
    """
    titles = {measure.id: measure.short_title for measure in law.measures.values()}
    own = pl.col("directive").is_in([measure.id for measure in law.measures.values() if measure.own])
    title = pl.col("directive").replace_strict(titles, default=None, return_dtype=pl.String)
    said = by_combo.with_columns(pl.col("combo").cast(combo), directive_title=title, own=own)
    return said.select("combo", *LAW_COLUMNS)
