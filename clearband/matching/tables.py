"""Hash tables over 64-bit numbers, for compiled code."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.jit import compiled

Numbers = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]


class Table(NamedTuple):
    """From a number to a row: open addressing, a power of two of slots; row -1 is an empty slot."""

    keys: Numbers
    rows: Ints


class Lists(NamedTuple):
    """From a number to a list of rows; ``sieve`` has a bit for each number that is there."""

    table: Table
    starts: npt.NDArray[np.int64]
    rows: Ints
    sieve: npt.NDArray[np.uint8]


def table_of(keys: Numbers) -> Table:
    """Row i stands for ``keys[i]``; of equal keys the first row counts."""
    table, _, seen = _filled(keys)
    held = table.rows >= 0
    table.rows[held] = seen[table.rows[held]]
    return table


def lists_of(keys: Numbers, rows: Ints) -> Lists:
    """All rows of each key, in the order given."""
    order = np.argsort(keys, kind="stable")
    unique, starts = np.unique(keys[order], return_index=True)
    sieve = np.zeros(1 << min(22, max(8, len(unique).bit_length())), dtype=np.uint8)
    _sift(unique, sieve)
    return Lists(table_of(unique), np.append(starts, len(keys)).astype(np.int64), rows[order], sieve)


@compiled
def _sift(keys: Numbers, sieve: npt.NDArray[np.uint8]) -> None:
    mask = np.uint64(len(sieve) * 8 - 1)
    for key in keys:
        bit = (key >> np.uint64(20)) & mask
        sieve[np.int64(bit >> np.uint64(3))] |= np.uint8(1) << np.uint8(bit & np.uint64(7))


@compiled
def list_of(lists: Lists, key: np.uint64) -> int:
    """The row of ``starts`` for a number; -1 when it is not there."""
    bit = (key >> np.uint64(20)) & np.uint64(len(lists.sieve) * 8 - 1)
    if not lists.sieve[np.int64(bit >> np.uint64(3))] & (np.uint8(1) << np.uint8(bit & np.uint64(7))):
        return -1
    return row_of(lists.table, key)


def numbered(keys: Numbers) -> tuple[Ints, npt.NDArray[np.int64]]:
    """Number equal keys alike, in order of first appearance.

    Returns:
        The number of each key, shape (n,), and where each number appeared first, shape (distinct,).
    """
    _, numbers, seen = _filled(keys)
    return numbers, seen


@compiled
def _filled(keys: Numbers) -> tuple[Table, Ints, npt.NDArray[np.int64]]:
    """A table from each key to its number, and what `numbered` gives."""
    slots = 16
    while slots < len(keys) * 2:
        slots *= 2
    table = Table(np.zeros(slots, dtype=np.uint64), np.full(slots, -1, dtype=np.int32))
    out = np.empty(len(keys), dtype=np.int32)
    seen = np.empty(len(keys), dtype=np.int64)
    count = 0
    for row in range(len(keys)):
        at = _slot(table, keys[row])
        if table.rows[at] < 0:
            table.keys[at] = keys[row]
            table.rows[at] = count
            seen[count] = row
            count += 1
        out[row] = table.rows[at]
    return table, out, seen[:count].copy()


@compiled
def row_of(table: Table, key: np.uint64) -> int:
    """The row of a number; -1 when it is not there."""
    return int(table.rows[_slot(table, key)])


@compiled
def _slot(table: Table, key: np.uint64) -> np.int64:
    """The slot of a number, or the empty one where it would stand."""
    mask = np.uint64(len(table.keys) - 1)
    at = np.int64(key & mask)
    while table.rows[at] >= 0 and table.keys[at] != key:
        at = np.int64(np.uint64(at + 1) & mask)
    return at
