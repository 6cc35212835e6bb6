"""Where each finding of a run stands with the team: its decisions, as far as they count for this run."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.workspace.effect import ENDED, IN_FORCE, OTHER, PROPOSED, effects
from clearband.workspace.view import SAID_SCHEMA, View

_LAPSED: Final = (ENDED, OTHER)


def standing(view: View, decisions: pl.DataFrame, today: date) -> pl.DataFrame:
    """What decisions say of the findings of a run.

    Args:
        view: The run.
        decisions: `clearband.workspace.said.DECISIONS_SCHEMA`, of the run's inventory.
        today: As for `clearband.workspace.effect.effects`.

    Returns:
        `SAID_SCHEMA`. A decision that was refused or withdrawn says nothing; one that ended, or was made for
        something else, says that it lapsed.
    """
    if decisions.is_empty():
        return pl.DataFrame(schema=SAID_SCHEMA)
    told = effect_of_each(view, decisions, today)
    state = (
        pl.when(pl.col("effect") == IN_FORCE)
        .then("kind")
        .when(pl.col("effect") == PROPOSED)
        .then(pl.lit("proposed"))
        .when(pl.col("effect").is_in(_LAPSED))
        .then(pl.lit("lapsed"))
    )
    return told.with_columns(state=state).filter(pl.col("state").is_not_null()).select(*SAID_SCHEMA)


def effect_of_each(view: View, decisions: pl.DataFrame, today: date) -> pl.DataFrame:
    """Decisions with their ``effect`` in a run; arguments as for `standing`."""
    beside = _beside(view, decisions)
    return beside.with_columns(effects(beside, today).alias("effect"))


def _beside(view: View, decisions: pl.DataFrame) -> pl.DataFrame:
    """Decisions beside what the run says of their records now: ``fingerprint_now``, ``answer_now``."""
    numbered = decisions.with_row_index("said")
    records = (
        view.texts.lazy()
        .select("identity", fingerprint_now="fingerprint")
        .with_row_index("record")
        .filter(pl.col("identity").is_in(decisions["identity"].implode()))
        .collect()
    )
    rows = records["record"].to_numpy().astype(np.int64)
    answers = view.of_records("record_answer")
    words = pl.Series([None, *answers.words], dtype=pl.String)
    records = records.with_columns(of_record=words.gather(answers.codes[rows].astype(np.int64)))
    clauses = _clauses(view, rows)
    # A clause may say several things of one record; the strictest is what was decided on.
    clauses = clauses.unique(["record", "directive", "clause"], keep="first", maintain_order=True)
    return (
        numbered.join(records, on="identity", how="left")
        .join(clauses, on=["record", "directive", "clause"], how="left")
        .with_columns(
            answer_now=pl.when(pl.col("directive").is_null()).then("of_record").otherwise("of_clause")
        )
        .sort("said")
    )


def _clauses(view: View, records: npt.NDArray[np.int64]) -> pl.DataFrame:
    """What each clause says of some records: ``record``, ``directive``, ``clause``, ``of_clause``."""
    rows, counts = view.findings_of(records)
    said = view.law.select("directive", "clause", of_clause="answer")[view.of_law[rows].astype(np.int64)]
    return said.with_columns(pl.Series("record", np.repeat(records, counts)).cast(pl.UInt32))
