"""Choose rows: by values of columns, by state, by text, in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.workspace.errors import InvalidError
from clearband.workspace.view.coded import GAP, Coded, Codes
from clearband.workspace.view.folded import folded_text
from clearband.workspace.view.names import FACETS, NONE, OF_CLAUSE, SEARCHED, SEARCHED_TEXTS, SORTS, STATES
from clearband.workspace.view.overlay import Overlay
from clearband.workspace.view.view import View

Mask = npt.NDArray[np.bool_]

_TEXT_LENGTH = 200
_VALUES = 50


@dataclass(frozen=True)
class Query:
    """What a table shows.

    Attributes:
        table: ``findings`` (a row a record and clause) or ``records``.
        filters: Column (`FACETS`) to the values that are wanted; an empty value stands for a gap.
        text: Letters that occur in one of the columns that are searched, without regard to case.
        sort: One of `SORTS`.
        descending: Whether the order is turned round.
    """

    table: str = "findings"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    sort: str = "answer"
    descending: bool = False

    def checked(self) -> Query:
        """The query, when it can be asked.

        Raises:
            InvalidError: It names a column that there is not, or is too long.
        """
        if self.table not in ("findings", "records"):
            raise InvalidError("the table is findings or records", where="table")
        for name, values in self.filters.items():
            if name not in FACETS:
                raise InvalidError(f"there is no column {name[:40]!r}", remedy=f"one of {', '.join(FACETS)}")
            if len(values) > _VALUES:
                raise InvalidError(f"more than {_VALUES} values are asked for", where=name)
        if self.sort not in SORTS:
            raise InvalidError(
                f"nothing is sorted by {self.sort[:40]!r}", remedy=f"one of {', '.join(SORTS)}"
            )
        if len(self.text) > _TEXT_LENGTH:
            raise InvalidError(f"the text is longer than {_TEXT_LENGTH} letters", where="text")
        return self

    @property
    def leaves_all(self) -> bool:
        """Whether all rows are wanted."""
        return not any(self.filters.values()) and not self.text.strip()

    @property
    def key(self) -> tuple[object, ...]:
        """Equal where the same rows in the same order are wanted."""
        filters = tuple(
            sorted((name, tuple(sorted(values))) for name, values in self.filters.items() if values)
        )
        return (self.table, filters, folded_text(self.text), self.sort, self.descending)


@dataclass(frozen=True)
class Chosen:
    """Rows that a query chose.

    Attributes:
        rows: Their numbers, in order.
        masks: For each column that is filtered by, and ``text``, which rows it leaves.
    """

    rows: Codes
    masks: Mapping[str, Mask]


def choose(view: View, query: Query, states: Overlay) -> Chosen:
    """Choose rows of a table.

    Args:
        states: As laid over this view.
    """
    masks = {
        name: mask_of(view, query.table, name, values, states)
        for name, values in query.filters.items()
        if values
    }
    if query.text.strip():
        masks["text"] = _holds(view, query)
    order = view.order(query.sort, query.table)
    size = view.findings if query.table == "findings" else view.records
    if masks:
        wanted = np.logical_and.reduce(list(masks.values()))
        rows = np.flatnonzero(wanted).astype(np.uint32) if order is None else order[wanted[order]]
    else:
        rows = np.arange(size, dtype=np.uint32) if order is None else order
    return Chosen(rows[::-1] if query.descending else rows, masks)


def mask_of(view: View, table: str, name: str, values: tuple[str, ...], states: Overlay) -> Mask:
    """Which rows have one of the values in a column."""
    if name == "state":
        wanted = np.isin(np.array(STATES), values)
        found: Mask = wanted[states.findings if table == "findings" else states.records]
        return found
    if name in OF_CLAUSE and not (table == "records" and name == "answer"):
        of_findings: Mask = _wanted(view.of_clauses(name), values)[view.of_law]
        if table == "findings":
            return of_findings
        # A record has the value where one of its findings has.
        return np.logical_or.reduceat(of_findings, view.first[:-1].astype(np.int64))
    of_records = _wanted(view.of_records("record_answer" if name == "answer" else name), values)
    return of_records if table == "records" else of_records[view.of_record]


def _wanted(column: Coded, values: tuple[str, ...]) -> Mask:
    wanted = np.zeros(len(column.words) + 1, dtype=bool)
    for value in values:
        code = GAP if value == NONE else column.code_of(value)
        if code >= 0:
            wanted[code] = True
    found: Mask = wanted[column.codes]
    return found


def _holds(view: View, query: Query) -> Mask:
    text = folded_text(query.text)
    found = np.zeros(view.records, dtype=bool)
    for name in SEARCHED:
        holds = _contains(view.folded(name), text)
        if name in SEARCHED_TEXTS:
            found |= holds
        elif holds.any():
            found |= np.concatenate([[False], holds])[view.of_records(name).codes]
    return found if query.table == "records" else found[view.of_record]


def _contains(words: pl.Series, text: str) -> Mask:
    found: Mask = words.str.contains(text, literal=True).fill_null(value=False).to_numpy()
    return found
