"""How many rows each value of a column would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.workspace.view.choose import Chosen, Mask, Query
from clearband.workspace.view.coded import GAP, Coded, Codes
from clearband.workspace.view.names import FACETS, NONE, OF_CLAUSE, STATES
from clearband.workspace.view.overlay import Overlay
from clearband.workspace.view.view import View

SHOWN_VALUES: Final = 12
"""Values of a column with the most rows."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a column.

    Attributes:
        value: As filters name it; empty for rows without one.
        title: As people call it.
        rows: How many rows it has among those that the other columns' filters leave.
        chosen: Whether it is filtered by.
    """

    value: str
    title: str
    rows: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A column to filter by.

    Attributes:
        name: One of `FACETS`.
        values: Those with the most rows, and those that are filtered by.
        others: How many more values have rows.
    """

    name: str
    values: tuple[Value, ...]
    others: int


def facets(view: View, query: Query, chosen: Chosen, states: Overlay) -> tuple[Facet, ...]:
    """What the rows of a query are, and what each filter could be turned to.

    A column's own filter does not count for its values, so that one can go from one value to another.
    """
    counted: dict[str | None, _Counts] = {}

    def counts(name: str) -> _Counts:
        without = name if name in chosen.masks else None
        if without not in counted:
            masks = [mask for of, mask in chosen.masks.items() if of != without]
            counted[without] = _Counts(view, query.table, masks, states)
        return counted[without]

    return tuple(_facet(view, name, counts(name), frozenset(query.filters.get(name, ()))) for name in FACETS)


class _Counts:
    """Rows of records, of clauses and of states, counted once for all columns."""

    def __init__(self, view: View, table: str, masks: list[Mask], states: Overlay) -> None:
        wanted = np.logical_and.reduce(masks) if masks else slice(None)
        self.table = table
        of_states = states.findings if table == "findings" else states.records
        self.states = np.bincount(of_states[wanted], minlength=len(STATES))
        if table == "findings":
            self.records = np.bincount(view.of_record[wanted], minlength=view.records)
            self.law = np.bincount(view.of_law[wanted], minlength=view.law.height)
            return
        self.records = np.ones(view.records, dtype=np.int64)
        if masks:
            self.records = np.asarray(wanted).astype(np.int64)
        # A record counts once for a measure, however many of its findings are of it.
        of, directives = view.measures
        width = len(view.of_clauses("directive").words) + 1
        self.directives = np.bincount(directives[self.records[of] > 0], minlength=width)


def _facet(view: View, name: str, counts: _Counts, chosen: frozenset[str]) -> Facet:
    if name == "state":
        pairs = [(state, int(number)) for state, number in zip(STATES, counts.states, strict=True)]
        shown = tuple(
            Value(value, value, rows, value in chosen) for value, rows in pairs if rows or value in chosen
        )
        return Facet(name, shown, 0)
    if name in OF_CLAUSE and counts.table == "findings":
        column = view.of_clauses(name)
        numbers = np.bincount(column.codes, weights=counts.law, minlength=len(column.words) + 1)
    elif name in OF_CLAUSE and name != "answer":
        column, numbers = view.of_clauses(name), counts.directives
    else:
        column = view.of_records("record_answer" if name == "answer" else name)
        numbers = np.bincount(column.codes, weights=counts.records, minlength=len(column.words) + 1)
    return _most(view, name, column, numbers.astype(np.int64), chosen)


def _most(view: View, name: str, column: Coded, numbers: Codes, chosen: frozenset[str]) -> Facet:
    """The values with the most rows; all where the order of the words means something."""
    full = np.flatnonzero(numbers)
    shown = full if name == "answer" else full[np.argsort(-numbers[full], kind="stable")[:SHOWN_VALUES]]
    codes = [int(code) for code in shown]
    codes += [code for value in sorted(chosen) if (code := _code(column, value)) >= 0 and code not in codes]
    values = []
    for code in codes:
        word = _word(column, code)
        title = _name_of_maker(view, column, code) if name == "maker" else word
        values.append(Value(word, title or word, int(numbers[code]), word in chosen))
    return Facet(name, tuple(values), len(full) - len(shown))


def _code(column: Coded, value: str) -> int:
    return GAP if value == NONE else column.code_of(value)


def _word(column: Coded, code: int) -> str:
    return column.word(code) or NONE


def _name_of_maker(view: View, column: Coded, code: int) -> str | None:
    """What the first record of a maker calls it."""
    first = int(np.argmax(column.codes == code))
    names = view.of_records("maker_name")
    return names.word(int(names.codes[first])) if code != GAP and len(names.codes) else None
