"""MAC addresses of whole columns as integers, for the notations that nearly all lists use.

IEEE 802 EUI-48 as ``aa:bb:cc:dd:ee:ff``, ``aa-bb-cc-dd-ee-ff``, ``aabb.ccdd.eeff`` and ``aabbccddeeff`` in
any case: cells of 17, 14 or 12 bytes, read as rows of bytes. Other cells are left to
`clearband.sources.macs.parse_macs`.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

_NO_OCTET: Final = 0x100
_OCTET: Final = np.full(1 << 16, _NO_OCTET, dtype=np.uint16)
"""The number that two digits are, by their letters side by side, the first in the lower byte."""
for _left, _right in product("0123456789abcdefABCDEF", repeat=2):
    _OCTET[ord(_right) << 8 | ord(_left)] = int(_left + _right, 16)

_AT_ONCE: Final = 1 << 14
"""Cells read at once: what is made of them stays in the processor's cache."""
_FORMS: Final = {
    17: ((2, 5, 8, 11, 14), (b":", b"-")),
    14: ((4, 9), (b".", b":", b"-")),
    12: ((), (b"",)),
}
"""Length of a cell: where separators stand, and which there are."""


def mac_numbers(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The addresses of a column.

    Args:
        cells: Text, shape (n,).

    Returns:
        The addresses, UInt64, null where a cell is not one usable address in a usual notation; and whether a
        cell is something else, which has to be read another way.
    """
    height = len(cells)
    numbers = np.zeros(height, dtype=np.uint64)
    read = np.zeros(height, dtype=bool)
    lengths = cells.str.len_bytes().fill_null(0)
    for length, (separators, signs) in _FORMS.items():
        alike = lengths == length
        if not alike.any():
            continue
        places = np.flatnonzero(alike.to_numpy())
        cell_bytes = cells if len(places) == height else cells.filter(alike)
        rows = cell_bytes.cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, length)).to_numpy()
        for at in range(0, len(places), _AT_ONCE):
            some = places[at : at + _AT_ONCE]
            numbers[some], read[some] = _decode(rows[at : at + _AT_ONCE], separators, signs)
    usable = pl.Series(read & (numbers != 0) & (numbers != 0xFFFF_FFFF_FFFF))
    column = pl.Series("mac", numbers)
    return pl.select(mac=pl.when(usable).then(column)).to_series(), ~usable & cells.is_not_null()


def _decode(
    rows: npt.NDArray[np.uint8], separators: tuple[int, ...], signs: tuple[bytes, ...]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """Addresses of cells of one length, and which of them are in the notation."""
    rows = np.ascontiguousarray(rows)
    height, length = rows.shape
    digits = [at for at in range(length) if at not in separators]
    octets = np.zeros((height, 8), dtype=np.uint8)
    seen = np.zeros(height, dtype=np.uint16)
    for place, at in enumerate(digits[::2], start=2):
        # The two digits of an octet stand side by side in all notations.
        found = _OCTET.take(np.ndarray(height, "<u2", rows, offset=at, strides=(length,)))
        seen |= found
        octets[:, place] = found
    numbers = octets.view(">u8").ravel().astype(np.uint64)
    good = seen < _NO_OCTET
    if separators:
        first = rows[:, separators[0]]
        good &= np.isin(first, [sign[0] for sign in signs])
        for at in separators[1:]:
            good &= rows[:, at] == first
    return numbers, good
