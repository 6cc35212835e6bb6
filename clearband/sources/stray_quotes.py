"""Quotation marks that swallow rows: a cell over many lines, or over lines that look like rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from clearband.errors import InputError
from clearband.sources.marks import Marks
from clearband.sources.sign_bits import Counts, first_from, last_before

REMEDY = "close or double the quotation mark"
_MANY_BREAKS = 20
_ROWS_LOST = 3
"""This many lines within one cell that look like rows refuse the file."""
_BREAK = re.compile(r"\r\n|\r|\n")
_OPENING = 200


@dataclass
class StrayQuotes:
    """Judges the quoted cells of a text table that hold line breaks.

    Args:
        file: Its name for messages.
        delimiter: What separates its columns.
        width: How many columns it has.
    """

    file: str
    delimiter: str
    width: int
    _found: list[tuple[int, int]] = field(default_factory=list)

    def judge(self, first: int, lines: Sequence[str]) -> None:
        """Look at one cell.

        Args:
            first: Number of the line in which the cell's quote opens.
            lines: The lines from there to the one in which it closes, whole.

        Raises:
            InputError: Lines within the cell look like rows.
        """
        last = first + len(lines) - 1
        full = [line.count(self.delimiter) >= self.width - 1 for line in lines]
        rows = sum(full[1:-1])
        if self.width > 1 and rows >= _ROWS_LOST:
            raise InputError(
                f"lines {first} to {last} would be read as one cell, and {rows} of them look like rows",
                where=f"{self.file} line {first}",
                remedy=f"{REMEDY} that opens in line {first}, or write the cell on one line",
            )
        like_rows = self.width > 2 and (rows > 0 or all(full))
        narrow = self.width <= 2 and rows >= 2
        if len(lines) - 1 > _MANY_BREAKS or like_rows or narrow:
            self._found.append((first, last))

    def judge_record(self, first: int, record: Sequence[str], lines: Sequence[str]) -> None:
        """Look at the cells of a record that takes several lines, the first of which is number ``first``."""
        at = 0
        for cell in record:
            breaks = len(_BREAK.findall(cell))
            if breaks:
                self.judge(first + at, lines[at : at + breaks + 1])
            at += breaks

    def judge_regular(self, marks: Marks, lines_above: int = 0) -> None:
        """Look at all cells of a text whose quotes are well formed and whose separator is ASCII.

        Args:
            lines_above: Lines of the table that stand above the text.
        """
        quotes = marks.quotes
        if not len(quotes):
            return
        opens, closes = quotes[::2], quotes[1::2]
        joined = opens[1:] - closes[:-1] == 1
        opens = opens[np.concatenate(([True], ~joined))]
        closes = closes[np.concatenate((~joined, [True]))]
        (breaks,) = marks.bits("\n")
        lines = Counts(breaks)
        first = lines.before(opens)
        within = lines.before(closes) - first
        several = within > 0
        if not several.any():
            return
        first, within, opens, closes = first[several], within[several], opens[several], closes[several]
        # A line within the cell that looks like a row has its separators there. What goes on over the end of
        # one line only may look like two rows with what stands around it.
        enough = self.width - 1
        separators = Counts(marks.bits(self.delimiter)[0])
        odd = separators.before(closes) - separators.before(opens) >= enough
        two = np.flatnonzero(within == 1)
        places = (
            last_before(breaks, opens[two]),
            first_from(breaks, opens[two]),
            first_from(breaks, closes[two]),
        )
        left, second, right = map(separators.before, places)
        odd[two] = (second - left >= enough) & (right - second >= enough)
        odd |= within > _MANY_BREAKS
        opens, closes, first = opens[odd], closes[odd], first[odd] + lines_above + 1
        begins, ends = last_before(breaks, opens) + 1, first_from(breaks, closes)
        for line, begin, end in zip(first.tolist(), begins.tolist(), ends.tolist(), strict=True):
            self.judge(line, marks.utf8[begin:end].decode("utf-8", "replace").split("\n"))

    def warnings(self) -> tuple[str, ...]:
        """What a person should look at."""
        if not self._found:
            return ()
        first, last = self._found[0]
        more = len(self._found) - 1
        also = f" (and {more} more such cell{'s' if more > 1 else ''})" if more else ""
        return (f"lines {first} to {last} were read as one cell{also}: look for a stray quotation mark",)


def ends_inside_quotes(lines: Sequence[str], delimiter: str, spaced: bool) -> bool:
    """Whether the last record's quote is still open after its last line."""
    text = [*lines[:-1], lines[-1].rstrip("\r\n") + "\n", "x\n"]
    return len(list(csv.reader(text, delimiter=delimiter, skipinitialspace=spaced))) == 1


def unclosed(file: str, first: int, lines: Sequence[str], delimiter: str, spaced: bool) -> InputError:
    """The refusal of a record, starting in line ``first``, whose quote never closes."""
    head = [line[:4_000] for line in lines[:_OPENING]]
    record = next(csv.reader(head, delimiter=delimiter, skipinitialspace=spaced), [])
    opened = first + sum(len(_BREAK.findall(cell)) for cell in record[:-1])
    return InputError(
        f"the quotation mark that opens a cell in line {opened} never closes",
        where=f"{file} line {opened}",
        remedy=REMEDY,
    )
