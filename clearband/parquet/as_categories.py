"""Texts of Parquet files read as the categories that they are stored as.

Writers keep a column of texts that repeat as a dictionary and numbers. Read as texts, and made categories
then, each row is looked up again; read by way of the dictionary, each distinct text is looked up once.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from clearband.parquet.compact import Fields
from clearband.parquet.footer import NOTES, Footer, fields_of
from clearband.parquet.joined import Columns, write_joined

_KIND, _ENCODINGS = 1, 2
_BYTE_ARRAY: Final = 6
_BY_DICTIONARY: Final = frozenset({2, 8})
"""PLAIN_DICTIONARY and RLE_DICTIONARY."""
_READ: Final = _BY_DICTIONARY | {0, 3, 4}
"""Encodings that may stand beside them: PLAIN for what the dictionary did not hold, RLE and BIT_PACKED for
nulls. Polars reads others as texts only."""


def by_dictionary(footer: Footer, groups: Sequence[int], name: str) -> bool:
    """Whether a column of a file is stored as numbers of a dictionary in all of some row groups."""
    column = footer.names.index(name)
    if footer.leaves[column] != 1:
        return False
    leaf = sum(footer.leaves[:column])
    return all(_is_by_dictionary(footer.groups[group].chunks[leaf].meta) for group in groups)


def _is_by_dictionary(meta: Fields) -> bool:
    used = set(meta[_ENCODINGS][1].items) if _ENCODINGS in meta else set()
    return meta[_KIND][1] == _BYTE_ARRAY and bool(used & _BY_DICTIONARY) and used <= _READ


def read_as_categories(
    path: Path, footer: Footer, groups: Sequence[int], kinds: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """Columns of texts as categories.

    Args:
        path: The file; its ``footer``.
        groups: Numbers of the row groups that are read.
        kinds: The categories of each column; all are `by_dictionary`.

    Returns:
        The columns of ``kinds``, shape (n,) each. Texts that only the file's dictionaries hold can be among
        their categories.

    Raises:
        OSError: The file cannot be read.
        ValueError: The bytes of a column end early.
        polars.exceptions.PolarsError: Pages are damaged.
    """
    names = footer.names
    columns = [names.index(name) for name in kinds]
    copy = io.BytesIO()
    with path.open("rb") as file:
        write_joined(copy, ([Columns(file, footer, group, columns)] for group in groups), notes=_notes(kinds))
    copy.seek(0)
    return pl.read_parquet(copy)


def _notes(kinds: Mapping[str, pl.DataType]) -> Fields:
    """What Polars notes in a file of such columns for itself, to find their categories by."""
    empty = io.BytesIO()
    pl.DataFrame(schema=dict(kinds)).write_parquet(empty)
    fields = fields_of(empty)
    return {NOTES: fields[NOTES]}
