"""A prepared run, opened."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.workspace.errors import NotFoundError
from clearband.workspace.view.coded import Coded, Codes, read_words
from clearband.workspace.view.coordinates import PLACE
from clearband.workspace.view.write import FORM

_MAPPED: Final = 1 << 20
"""Bytes from which a file of numbers is mapped: each file that is mapped stays open, and a process may have a
thousand, which some thirty runs would take."""


def open_view(folder: Path) -> View:
    """Open a prepared run.

    Raises:
        NotFoundError: There is none of this form; it is to be made from the run.
    """
    try:
        said = json.loads((folder / "view.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = {}
    if said.get("form") != FORM:
        raise NotFoundError("the run is not prepared for pages", where=folder.name)
    return View(folder, said["records"], said["findings"])


class View:
    """A prepared run. Its words and short columns of numbers are read, long ones mapped, when they are first
    used; all threads share them.

    Attributes:
        folder: Where it lies.
        records: How many records.
        findings: How many findings.
        bytes: What it takes in memory once all is read that is not mapped, about.
    """

    def __init__(self, folder: Path, records: int, findings: int) -> None:
        self.folder = folder
        self._columns: dict[str, Any] = {}
        self.records = records
        self.findings = findings
        self.bytes = sum(one.stat().st_size for one in folder.glob("*.arrow"))
        self.bytes += sum(size for one in folder.glob("*.npy") if (size := one.stat().st_size) < _MAPPED)

    def _numbers(self, name: str) -> Codes:
        if name not in self._columns:
            path = self.folder / f"{name}.npy"
            mapped = path.stat().st_size >= _MAPPED
            self._columns[name] = np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)
            self._columns[name].flags.writeable = False
        found: Codes = self._columns[name]
        return found

    def _coded(self, name: str) -> Coded:
        if f"coded {name}" not in self._columns:
            words = read_words(self.folder / f"{name}.arrow")
            self._columns[f"coded {name}"] = Coded(self._numbers(name), words)
        found: Coded = self._columns[f"coded {name}"]
        return found

    def of_records(self, name: str) -> Coded:
        """A column of records (`clearband.workspace.view.names.OF_RECORD`): a code each."""
        return self._coded(f"record-{name}")

    def folded(self, name: str) -> pl.Series:
        """A column that is searched (`SEARCHED`), as `clearband.workspace.view.folded` has it.

        Returns:
            A text for each record, or for each word of a coded column.
        """
        if f"folded {name}" not in self._columns:
            self._columns[f"folded {name}"] = read_words(self.folder / f"folded-{name}.arrow")
        found: pl.Series = self._columns[f"folded {name}"]
        return found

    def of_clauses(self, name: str) -> Coded:
        """A column of what the law says (`OF_CLAUSE`): a code for each row of `law`."""
        return self._coded(f"clause-{name}")

    def order(self, name: str, table: str) -> Codes | None:
        """Rows in an order (`SORTS`); None where they stand in it."""
        if name == "record":
            return None
        if table == "records":
            return self._numbers(f"record-order-{'answer' if name == 'directive' else name}")
        return self._numbers(f"order-{name}")

    def number(self, name: str) -> Codes:
        """``quantity`` or ``confidence`` of each record."""
        return self._numbers(f"record-{name}")

    @cached_property
    def places(self) -> tuple[Codes, Codes] | None:
        """Latitude and longitude of each record, not a number where it is not given; None where none is."""
        if not (self.folder / f"record-{PLACE[0]}.npy").exists():
            return None
        return self._numbers(f"record-{PLACE[0]}"), self._numbers(f"record-{PLACE[1]}")

    @cached_property
    def of_record(self) -> Codes:
        """The record of each finding."""
        return self._numbers("finding-record")

    @cached_property
    def of_law(self) -> Codes:
        """The row of `law` of each finding."""
        return self._numbers("finding-law")

    @cached_property
    def first(self) -> Codes:
        """The first finding of each record, and behind the last record their number."""
        return self._numbers("record-first")

    def findings_of(self, records: npt.NDArray[np.int64]) -> tuple[Codes, Codes]:
        """The findings of some records, one record after the other, and how many each has."""
        begins = self.first[records].astype(np.int64)
        counts = self.first[records + 1].astype(np.int64) - begins
        return np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum()), counts

    @cached_property
    def measures(self) -> tuple[Codes, Codes]:
        """Records and codes of measures: a pair for each measure that speaks of a record."""
        return self._numbers("measure-record"), self._numbers("measure-directive")

    @cached_property
    def law(self) -> pl.DataFrame:
        """What the law says, each thing once (`clearband.screening.findings.LAW_COLUMNS`)."""
        return pl.read_ipc(self.folder / "law.arrow")

    @cached_property
    def texts(self) -> pl.DataFrame:
        """``record_id``, ``source``, ``serial``, ``identity``, ``fingerprint`` of each record."""
        return pl.read_ipc(self.folder / "records.arrow")
