"""The lists that names are held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.names.columns import LISTED_ID, NAME, Taken, place_of, said_place, unused_ids
from clearband.sources.names.content import Content, read_content
from clearband.sources.names.options import NameOptions
from clearband.sources.names.published import Found, entities, form_of, is_entity, screening_list, simple
from clearband.sources.names.tables import Table, columns_seen, lines_of, no_names, table_of

LISTED: Final = pl.Schema({"entity_id": pl.String, "name": pl.String})
"""Names of organisations; the first of an organisation is its main one. None is null."""


@dataclass(frozen=True)
class ListedNames:
    """The names of a list.

    Attributes:
        table: `LISTED`, each pair once.
        taken: In which of `LIST_FORMS` it was, and which columns were read.
        left_out: How many entries of which kind were left out: persons, ships and the like.
        blank: Entries without a name.
        warnings: What a person should look at.
    """

    table: pl.DataFrame
    taken: Taken
    left_out: dict[str, int] = field(default_factory=dict)
    blank: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """In which form it was."""
        return self.taken.form


def read_listed(path: str, options: NameOptions) -> ListedNames:
    """Read a list; "-" is standard input.

    Without a column of ids each row is an organisation of its own, and its number the id.

    Raises:
        InputError: The file cannot be read or holds no organisation.
        UsageError: A column that the user named is not there.
    """
    content = read_content(path, options)
    taken, (frame, left_out), warnings = _found(content, options)
    named = frame.filter(pl.col("name").is_not_null())
    if not named.height:
        left = f"; {sum(left_out.values())} entries are no organisations" if left_out else ""
        raise InputError(
            f"no organisation with a name{left}", where=content.file, remedy="check that the list is complete"
        )
    return ListedNames(
        named.unique(maintain_order=True).match_to_schema(LISTED),
        taken,
        left_out,
        frame.height - named.height,
        warnings,
    )


def _found(content: Content, options: NameOptions) -> tuple[Taken, Found, tuple[str, ...]]:
    form = options.form
    if form is None and content.kind in ("json", "jsonl") and not options.name_column:
        first = next(content.objects(), None)
        form = "followthemoney" if first is not None and is_entity(first[1]) else None
    if form == "followthemoney":
        if content.kind not in ("json", "jsonl"):
            raise InputError("not JSON", where=content.file, remedy="give one entity a line")
        return Taken(content.file, form), entities(content), content.warnings
    table = lines_of(content) if form == "lines" else table_of(content, options.name_column)
    if table is None:
        seen = columns_seen(content)
        if options.name_column or form or seen:
            if options.name_column:
                said_place(seen, options.name_column, "--list-name-column")
            raise no_names(content, seen, "--list-name-column, or say --list-format lines")
        form, table = "lines", lines_of(content)
    if form is None and not options.name_column:
        form = form_of(table)
    if form == "simple":
        return Taken(content.file, form), simple(table), table.warnings
    if form == "screening-list":
        return Taken(content.file, form), screening_list(table), table.warnings
    return _rows(table, content, options)


def _rows(table: Table, content: Content, options: NameOptions) -> tuple[Taken, Found, tuple[str, ...]]:
    said, said_id = options.name_column, options.id_column
    name = said_place(table.header, said, "--list-name-column") if said else place_of(table.header, NAME)
    if name is None:
        raise no_names(content, table.header, "--list-name-column")
    place = (
        said_place(table.header, said_id, "--list-id-column")
        if said_id
        else place_of(table.header, LISTED_ID)
    )
    rows = table.rows.cast(pl.String)
    ids = rows if place is None else table.column(place).fill_null("row " + rows)
    taken = Taken(
        content.file,
        table.form,
        None if table.form == "lines" else table.header[name],
        None if place is None else table.header[place],
    )
    unused = unused_ids(table.header, "--list-id-column", content.file) if place is None else ()
    frame = pl.DataFrame({"entity_id": ids, "name": table.column(name)})
    return taken, (frame, {}), (*table.warnings, *unused)
