"""From the counts of all parts to the summary, the findings and the cases of the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.register import Register
from clearband.runs.answered import INPUT_PREFIX
from clearband.runs.part import CASE, CHECK
from clearband.runs.tally import Tally, sum_of
from clearband.screening.combos import LAW_INPUTS, sorted_combos
from clearband.screening.contested import CONTESTED
from clearband.screening.deadlines import deadlines
from clearband.screening.drafts import ask_drafts, summary_of, under_drafts
from clearband.screening.findings import FINDINGS_SCHEMA, LAW_COLUMNS, RECORD_COLUMNS, Findings
from clearband.screening.purposes import PURPOSE_NOT_UNDERSTOOD
from clearband.screening.screen import answers_by_actor, law_findings, not_asked
from clearband.screening.settings import Settings
from clearband.screening.summary import Counted, summarise

COMBINATION: Final = "combination"
_INPUTS: Final = [INPUT_PREFIX + name for name in LAW_INPUTS]
_RECORDS: Final = {name: FINDINGS_SCHEMA[name] for name in RECORD_COLUMNS} | {"combo": pl.UInt32}


@dataclass(frozen=True)
class Concluded:
    """What a run found, all parts together.

    Attributes:
        cases: The cases with their verdicts and answers, ``records``, ``units``, and `COMBINATION`, the
            number of what the law looked at.
        findings: By `COMBINATION`, what each clause says.
        summary: Counts and lists of ``summary.json``.
        invalid: ``column``, ``problem``, ``value`` (one of them), ``cells``.
    """

    cases: pl.DataFrame
    findings: pl.DataFrame
    summary: dict[str, Any]
    invalid: pl.DataFrame


def conclude(
    tallies: Iterable[Tally],
    settings: Settings,
    register: Register,
    law: Law,
    standings: Standings | None = None,
) -> Concluded:
    """Add up the counts of the parts, in their order.

    Args:
        standings: What was found out of makers while cases were answered.

    Raises:
        ValueError: Two different cases have one key.
    """
    added = sum_of(tallies)
    cases, combos = _with_combos(added)
    asked = settings.questions
    evaluation = evaluate(combos, asked, law, register, standings)
    drafts = ask_drafts(combos, asked, law, register)
    findings = Findings(
        pl.DataFrame(schema=_RECORDS),
        law_findings(evaluation.findings, law, pl.UInt32),
        cases.group_by("combo").agg(pl.col("records").sum()),
    )
    by_actor = answers_by_actor(
        cases.group_by("combo", CONTESTED).agg(pl.col("records").sum()),
        evaluation.answers_by_actor.with_columns(pl.col("combo").cast(pl.UInt32)),
    )
    invalid = pl.concat([added.invalid, _purposes_lost(cases, added.invalid.schema)])
    counted = Counted(
        cases.with_columns(made_in="made_in_of_case", mentioned="mentions_makers"),
        added.sites,
        added.examples,
        int(invalid["cells"].sum()),
    )
    summary = summarise(
        counted,
        findings,
        by_actor,
        settings.as_json(),
        not_asked(evaluation),
        [],
        summary_of(under_drafts(cases, drafts.answers), law, drafts.due, findings),
        deadlines(evaluation.due, findings, law),
    )
    kept = [name for name in cases.columns if name not in (*_INPUTS, "combo", CHECK)]
    return Concluded(
        cases.select(*kept, pl.col("combo").alias(COMBINATION)),
        findings.law.select(pl.col("combo").alias(COMBINATION), *LAW_COLUMNS),
        summary,
        invalid,
    )


def _purposes_lost(cases: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Stated purposes that fit no word of the vocabulary, as cells that could not be read."""
    records = int(cases.filter("purpose_lost")["records"].sum())
    rows = [("purpose", PURPOSE_NOT_UNDERSTOOD, None, records)] if records else []
    names = ("column", "problem", "value", "cells")
    return pl.DataFrame(rows, schema={name: schema[name] for name in names}, orient="row")


def _with_combos(added: Tally) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cases with their counts and the number of their combination, and the combinations."""
    cases = added.cases.join(added.counts, on=[CASE, CHECK], maintain_order="left")
    inputs = cases.select(_INPUTS).unique(maintain_order=True)
    places, combos = sorted_combos(inputs.rename(lambda name: name.removeprefix(INPUT_PREFIX)))
    numbered = inputs.with_columns(places.cast(pl.UInt32).alias("combo"))
    return cases.join(numbered, on=_INPUTS, how="left", nulls_equal=True, maintain_order="left"), combos
