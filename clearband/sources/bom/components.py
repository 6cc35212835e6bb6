"""The components of a bill of materials, gathered as columns while the document goes by."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import polars as pl

from clearband.errors import InputError
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.record_ids import record_ids
from clearband.sources.text_cells import clean_cells

FIELDS: Final = (
    "record_id",
    "manufacturer",
    "model",
    "part_number",
    "description",
    "serial",
    "macs",
    "fcc_id",
    "cpe",
    "purl",
    "hw_version",
    "firmware",
    "made_in",
    "category",
    "quantity",
    "x_supplier",
    "x_publisher",
    "x_group",
    "x_type",
    "x_version",
    "x_location",
    "x_properties",
)
"""What a component may say; the first is the id that it has in the document."""

DEEPEST: Final = 64
"""Levels of components within components."""
_AT_ONCE: Final = 50_000
"""Components after which what was gathered becomes columns of text, which take a third of the memory."""
_NAMED: Final = 8
"""Names of properties that a warning lists."""
_TEXT: Final = dict.fromkeys(FIELDS, pl.String)


class Components:
    """Components with the numbers of their parents; a component may come after those within it.

    Args:
        file: Name of the file as used in record ids.
        options: Limits.
    """

    def __init__(self, file: str, options: ReadOptions) -> None:
        self.file = file
        self.told: Counter[str] = Counter()
        """What a person should know, as sentences with {} for the count."""
        self.left_properties: Counter[str] = Counter()
        self._options = options
        self._most = options.max_cells // len(FIELDS)
        self._given = 0
        self._columns: dict[str, list[str | None]] = {name: [] for name in FIELDS}
        self._order: list[int] = []
        self._parents: list[int] = []
        self._done: list[pl.DataFrame] = []

    def number(self) -> int:
        """The number of a component that begins here: the order of the records.

        Raises:
            InputError: There are too many.
        """
        if self._given >= self._most:
            raise InputError(f"more than {self._most} components", where=self.file, remedy="split the file")
        self._given += 1
        return self._given - 1

    def add(self, number: int, parent: int | None, values: dict[str, str]) -> None:
        """Take a component in.

        Args:
            number: Of `number`.
            parent: The number of what it is a part of.
            values: By `FIELDS`; what is not stated is left out.
        """
        self._order.append(number)
        self._parents.append(-1 if parent is None else parent)
        if "model" not in values:
            # A row with nothing in it would count as blank, and its parts would lie in nothing.
            values.setdefault("x_type", "not stated")
            self.told["{} components have no name"] += 1
        for name, column in self._columns.items():
            column.append(values.get(name))
        if len(self._order) >= _AT_ONCE:
            self._to_columns()

    def table(self, kind: str) -> RawTable:
        """All that was gathered, in the order of the numbers.

        Raises:
            InputError: There is nothing.
        """
        self._to_columns()
        frame = pl.concat(self._done, rechunk=True) if self._done else pl.DataFrame()
        if not frame.height:
            raise InputError("there are no components", where=self.file, remedy="check that it is complete")
        frame = frame.sort("order")
        # A number that no component took, as that of a top which is not named, is no parent.
        row_of = np.full(self._given + 1, -1, dtype=np.int64)
        row_of[frame["order"].to_numpy()] = np.arange(frame.height)
        parents = pl.Series(row_of[frame["parent"].to_numpy()], dtype=pl.Int64)
        rows = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True)
        cleaned, _ = clean_cells(frame.select("record_id"), self._options.max_cell_characters)
        ids, warnings = record_ids(self.file, None, rows, cleaned["record_id"], as_given=True)
        place = pl.when(pl.col("parent") >= 0).then("parent")
        parent_ids = ids.gather(parents.to_frame("parent").select(place).to_series())
        said = [name for name in FIELDS[1:] if name == "model" or frame[name].null_count() < frame.height]
        texts = [frame[name] for name in said]
        return RawTable(
            file=self.file,
            sheet=None,
            format=kind,
            header=tuple(text.name for text in texts),
            cells=pl.DataFrame([text.alias(str(index)) for index, text in enumerate(texts)]),
            rows=rows,
            typed={"record_id": ids, "parent_id": parent_ids.alias("parent_id")},
            has_totals=False,
            warnings=(*warnings, *self._warnings()),
        )

    def _to_columns(self) -> None:
        if not self._order:
            return
        texts = pl.DataFrame(self._columns, schema=_TEXT)
        places = [
            pl.Series("order", self._order, dtype=pl.Int64),
            pl.Series("parent", self._parents, dtype=pl.Int64),
        ]
        self._done.append(texts.with_columns(places))
        self._columns = {name: [] for name in FIELDS}
        self._order, self._parents = [], []

    def _warnings(self) -> list[str]:
        said = [sentence.format(count) for sentence, count in self.told.items()]
        if self.left_properties:
            names = ", ".join(f'"{name[:60]}"' for name, _ in self.left_properties.most_common(_NAMED))
            more = ", …" if len(self.left_properties) > _NAMED else ""
            said.append(f"{self.left_properties.total()} properties are not read: {names}{more}")
        return said


def text_of(value: object) -> str | None:
    """A stated text; None for what is none or blank, or is a list or an object.

    A half of a surrogate pair, which JSON can write and UTF-8 cannot, becomes a question mark.
    """
    if not isinstance(value, str):
        return None
    if not value.isascii():
        value = value.encode("utf-8", "replace").decode("utf-8")
    return value if value and not value.isspace() else None
