"""What is wrong with the tables of a network: one line each, the first twenty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import InputError

MOST: Final = 20
"""Problems of one network that are told."""
_LONG: Final = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that is wrong.

    Attributes:
        file: File, or workbook and sheet.
        row: As a person sees it; None where no row is meant.
    """

    file: str
    row: int | None
    column: str | None
    what: str
    remedy: str

    def one_line(self) -> str:
        """File, row, column, what, remedy."""
        place = self.file
        if self.row is not None:
            place += f" row {self.row}"
        if self.column is not None:
            place += f" column {self.column}"
        return InputError(self.what, where=place, remedy=self.remedy).one_line()


class NetworkError(InputError):
    """A network that cannot be used: some of what is wrong, and how much there is."""

    def __init__(self, told: Sequence[str], total: int) -> None:
        self.told = tuple(told)
        self.total = total
        more = total - len(self.told)
        if more > 0:
            self.told = (*self.told, f"and {more} more; mend these first")
        super().__init__(self.told[0])

    def lines(self) -> tuple[str, ...]:
        """One line a problem."""
        return self.told


class Problems:
    """Collects what is wrong, so that it is told together."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._total = 0

    def add(self, cell: Cell) -> None:
        """One problem."""
        self._total += 1
        if len(self._told) < MOST:
            self._told.append(cell.one_line())

    def add_cells(
        self,
        wrong: pl.Series,
        values: pl.Series,
        rows: pl.Series,
        *,
        file: str,
        column: str,
        what: str,
        remedy: str,
    ) -> None:
        """The cells of a column that are wrong.

        Args:
            wrong: Which, Boolean.
            values: The column as it was read.
            rows: Its row numbers.
            what: Said behind the value, such as ``is no number``.
        """
        places = wrong.fill_null(value=False).arg_true()
        for place in places.head(MOST - len(self._told)).to_list():
            said = f"{shown(values[place])} {what}"
            self._told.append(Cell(file, rows[place], column, said, remedy).one_line())
        self._total += len(places)

    def raise_any(self) -> None:
        """Raise when there is one.

        Raises:
            NetworkError: There is.
        """
        if self._total:
            raise NetworkError(self._told, self._total)


def shown(value: object) -> str:
    """A value in quotation marks, shortened."""
    if value is None:
        return "nothing"
    text = " ".join(str(value).split())
    return f'"{text if len(text) <= _LONG else text[: _LONG - 1] + "…"}"'
