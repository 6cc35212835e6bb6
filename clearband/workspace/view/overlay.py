"""What a team has said, laid over the findings of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.workspace.view.coded import Codes
from clearband.workspace.view.names import SETTLED_BY_LAW, STATES

if TYPE_CHECKING:
    from clearband.workspace.view.view import View

SAID_SCHEMA: Final = {
    "identity": pl.String,
    "directive": pl.String,
    "clause": pl.String,
    "state": pl.String,
}
"""What is said of records: ``directive`` and ``clause`` null for the record as a whole; ``state`` one of
`STATES`, as it counts for the run that is looked at, later ones behind earlier ones."""


OPEN_CODE: Final = STATES.index("open")
NONE_NEEDED: Final = STATES.index("none-needed")


@dataclass(frozen=True)
class Overlay:
    """A state for each finding and each record.

    Attributes:
        findings: Places in `STATES`, one a finding.
        records: Places in `STATES`, one a record: the first that one of its findings is in, so that a record
            waits while one of its findings does.
    """

    findings: npt.NDArray[np.uint8]
    records: npt.NDArray[np.uint8]


def overlay(view: View, said: pl.DataFrame) -> Overlay:
    """Lay what is said over a run.

    Args:
        said: `SAID_SCHEMA`.
    """
    answers = view.of_clauses("answer")
    needed = np.array([word not in SETTLED_BY_LAW for word in (None, *answers.words)])
    waits = needed[answers.codes][view.of_law]
    states = np.where(waits, OPEN_CODE, NONE_NEEDED).astype(np.uint8)
    known = said.filter(pl.col("state").is_in(STATES))
    if not known.is_empty() and view.findings:
        # Of a record as a whole first, so that what is said of one clause stands above it.
        for whole in (True, False):
            part = known.filter(pl.col("directive").is_null() == whole)
            rows, codes = _reached(view, part, whole=whole)
            # Rows come in the order of what was said, so that the last word stands.
            mine = waits[rows]
            states[rows[mine]] = codes[mine]
    return Overlay(states, _of_records(view, states))


def _reached(view: View, said: pl.DataFrame, *, whole: bool) -> tuple[Codes, Codes]:
    """The findings that something is said of, and the state that each thing gives them."""
    numbered = said.with_row_index("said")
    records = view.texts.lazy().select("identity").with_row_index("record")
    pairs = (
        records.filter(pl.col("identity").is_in(said["identity"].implode()))
        .join(numbered.lazy(), on="identity")
        .sort("said", "record")
        .collect()
    )
    record = pairs["record"].to_numpy().astype(np.int64)
    rows, counts = view.findings_of(record)
    places = pairs["state"].replace_strict({state: place for place, state in enumerate(STATES)})
    codes = np.repeat(places.to_numpy().astype(np.uint8), counts)
    if whole:
        return rows, codes
    law = view.of_law[rows]
    same = np.ones(len(rows), dtype=bool)
    for name in ("directive", "clause"):
        column = view.of_clauses(name)
        distinct = pairs[name].unique().to_list()
        wanted = pairs[name].replace_strict(
            {word: column.code_of(word) for word in distinct}, return_dtype=pl.Int64
        )
        same &= column.codes[law] == np.repeat(wanted.to_numpy(), counts)
    return rows[same], codes[same]


def _of_records(view: View, states: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    if not view.findings:
        return np.zeros(0, dtype=np.uint8)
    least: npt.NDArray[np.uint8] = np.minimum.reduceat(states, view.first[:-1].astype(np.int64))
    return least
