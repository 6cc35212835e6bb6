"""One record of a run, whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.workspace.errors import NotFoundError
from clearband.workspace.view.names import EQUIPMENT
from clearband.workspace.view.view import View

Row = dict[str, Any]
_DAMAGED: Final = "the run is damaged"


@dataclass(frozen=True)
class WholeRecord:
    """A record.

    Attributes:
        number: Its place in the run, from 0.
        identity, fingerprint: See `clearband.workspace.identity`.
        equipment: Its row of ``equipment.parquet``.
        findings: What each clause says of it (`clearband.screening.findings.LAW_COLUMNS`).
        drafts: Its rows of ``drafts.parquet``.
    """

    number: int
    identity: str
    fingerprint: str
    equipment: Row
    findings: list[Row]
    drafts: list[Row]

    def answer_of(self, directive: str | None, clause: str | None) -> str:
        """The answer of a clause, or of the record as a whole without one.

        Raises:
            NotFoundError: The clause says nothing of the record.
        """
        if directive is None and clause is None:
            return str(self.equipment["answer"])
        for row in self.findings:
            if (row["directive"], row["clause"]) == (directive, clause):
                return str(row["answer"])
        raise NotFoundError("this clause says nothing of the record", where=f"{directive} {clause}"[:200])


def whole_record(run_folder: Path, view: View, number: int) -> WholeRecord:
    """Read one record: of the equipment only the part that it stands in.

    Args:
        number: Its place in the run, from 0.

    Raises:
        NotFoundError: The run has fewer records.
        InputError: The run cannot be read.
    """
    if not 0 <= number < view.records:
        raise NotFoundError(f"the run has no record {number + 1}", remedy=f"it has {view.records:,}")
    first, last = int(view.first[number]), int(view.first[number + 1])
    try:
        equipment = _one(view.folder / EQUIPMENT, number)
        law = view.law[view.of_law[first:last].astype("int64")]
        drafts = _drafts(run_folder / "drafts.parquet", equipment["record_id"])
    except (OSError, pl.exceptions.PolarsError, IndexError):
        raise InputError(_DAMAGED, where=run_folder.name, remedy="run it again") from None
    text = view.texts.row(number, named=True)
    return WholeRecord(number, text["identity"], text["fingerprint"], equipment, law.to_dicts(), drafts)


def _one(path: Path, number: int) -> Row:
    return pl.scan_parquet(path, glob=False).slice(number, 1).collect().row(0, named=True)


def _drafts(path: Path, record_id: str) -> list[Row]:
    if not path.exists():
        return []
    mine = pl.scan_parquet(path, glob=False).filter(pl.col("record_id") == record_id)
    return mine.unique("draft", keep="first", maintain_order=True).collect().to_dicts()
