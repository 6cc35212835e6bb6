"""Rows of a view as a page shows them."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from clearband.workspace.view.coded import Codes
from clearband.workspace.view.names import OF_RECORD, STATES
from clearband.workspace.view.overlay import Overlay
from clearband.workspace.view.view import View

Row = dict[str, Any]
_LAW: Final = (
    "directive", "directive_title", "clause", "cite", "answer", "event", "event_date", "until", "ground",
    "question", "verified", "own",
)  # fmt: skip


def rows(view: View, table: str, numbers: Codes, states: Overlay) -> list[Row]:
    """Some rows of a table, as `row_frame` gives them."""
    return row_frame(view, table, numbers, states).to_dicts()


def row_frame(view: View, table: str, numbers: Codes, states: Overlay) -> pl.DataFrame:
    """Some rows of a table.

    Args:
        table: ``findings`` or ``records``.
        numbers: Which, in order; a page of them.

    Returns:
        What the record is (its ``number`` in the run, ``record_id``, ``source``, ``serial``, ``identity``,
        `OF_RECORD`, ``quantity``, ``confidence``), the ``state``, for findings what the clause says, for
        records how many ``findings``
        they have.
    """
    findings = table == "findings"
    records = view.of_record[numbers] if findings else numbers
    columns: Row = {
        name: [coded.word(int(code)) for code in coded.codes[records]]
        for name in OF_RECORD
        for coded in [view.of_records(name)]
    }
    frame = view.texts[records.astype("int64")].with_columns(
        number=pl.Series(records.astype("int64")),
        **{name: pl.Series(values, dtype=pl.String) for name, values in columns.items()},
        quantity=pl.Series(view.number("quantity")[records]).fill_nan(None).cast(pl.Int64),
        confidence=pl.Series(view.number("confidence")[records]).fill_nan(None),
        state=pl.Series(
            [STATES[code] for code in (states.findings if findings else states.records)[numbers]],
            dtype=pl.String,
        ),
    )
    if findings:
        law = view.law[view.of_law[numbers].astype("int64")].select(_LAW)
        return pl.concat([frame, law], how="horizontal")
    counts = (view.first[records + 1] - view.first[records]).astype("int64")
    return frame.with_columns(findings=pl.Series(counts), answer="record_answer")
