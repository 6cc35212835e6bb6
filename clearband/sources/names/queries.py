"""The names that are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.names.columns import NAME, QUERY_ID, Taken, place_of, said_place, unused_ids
from clearband.sources.names.content import read_content
from clearband.sources.names.options import NameOptions
from clearband.sources.names.tables import columns_seen, lines_of, no_names, table_of

QUERIES: Final = pl.Schema({"id": pl.String, "name": pl.String})
"""The names asked about: an id each, and the name; null where the cell is blank."""


@dataclass(frozen=True)
class AskedNames:
    """Names to be matched, in the order of the file.

    Attributes:
        table: `QUERIES`.
        warnings: What a person should look at.
        taken: Which columns were read.
    """

    table: pl.DataFrame
    warnings: tuple[str, ...]
    taken: Taken


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
    said, lines = options.id_column, table.form == "lines"
    id_place = said_place(table.header, said, "--id-column") if said else place_of(table.header, QUERY_ID)
    rows = table.rows.cast(pl.String)
    ids = rows if id_place is None else table.column(id_place).fill_null("row " + rows)
    unused = unused_ids(table.header, "--id-column", content.file) if id_place is None else ()
    return AskedNames(
        pl.DataFrame({"id": ids, "name": table.column(place)}, schema=QUERIES),
        (*table.warnings, *unused),
        Taken(
            content.file,
            table.form,
            None if lines else table.header[place],
            None if id_place is None else table.header[id_place],
        ),
    )
