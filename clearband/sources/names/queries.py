"""The names that are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.names.columns import NAME, QUERY_ID, place_of, said_place
from clearband.sources.names.content import read_content
from clearband.sources.names.options import NameOptions
from clearband.sources.names.tables import Table, columns_seen, lines_of, no_names, table_of

QUERIES: Final = pl.Schema({"id": pl.String, "name": pl.String})
"""The names asked about: an id each, and the name; null where the cell is blank."""


@dataclass(frozen=True)
class AskedNames:
    """Names to be matched, in the order of the file.

    Attributes:
        table: `QUERIES`.
        warnings: What a person should look at.
    """

    table: pl.DataFrame
    warnings: tuple[str, ...]


def read_asked(path: str, options: NameOptions) -> AskedNames:
    """Read the names of a file; "-" is standard input.

    Without a column of ids, the number of the row (of a JSON Lines file, of the line) is the id. Rows with
    a blank name stay: they are asked about and answered by nothing.

    Raises:
        InputError: The file cannot be read or holds no names.
        UsageError: A column that the user named is not there.
    """
    content = read_content(path, options)
    table = lines_of(content) if options.form == "lines" else table_of(content, options.name_column)
    if table is None:
        seen = columns_seen(content)
        if options.name_column or options.form or seen:
            if options.name_column:
                said_place(seen, options.name_column, "--name-column")
            raise no_names(content, seen, "--name-column, or say --format lines")
        table = lines_of(content)
    place = (
        said_place(table.header, options.name_column, "--name-column")
        if options.name_column
        else place_of(table.header, NAME)
    )
    if place is None:
        raise no_names(content, table.header, "--name-column")
    if not len(table.rows):
        raise InputError("there are no rows", where=content.file, remedy="check that the export is complete")
    ids = _ids(table, options)
    return AskedNames(
        pl.DataFrame({"id": ids, "name": table.column(place)}, schema=QUERIES),
        table.warnings,
    )


def _ids(table: Table, options: NameOptions) -> pl.Series:
    rows = table.rows.cast(pl.String)
    place = (
        said_place(table.header, options.id_column, "--id-column")
        if options.id_column
        else place_of(table.header, QUERY_ID)
    )
    return rows if place is None else table.column(place).fill_null("row " + rows)
