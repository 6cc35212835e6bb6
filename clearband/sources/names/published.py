"""Lists of organisations in the forms in which they are published.

Sources: the entity model of FollowTheMoney (https://followthemoney.tech/explorer/), OpenSanctions' bulk data
(https://www.opensanctions.org/docs/bulk/), and the Consolidated Screening List of the International Trade
Administration (https://www.trade.gov/consolidated-screening-list).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.names.content import Content
from clearband.sources.names.tables import Table, one_line
from clearband.sources.synonyms import normal_header

ORGANISATIONS: Final = frozenset({"LegalEntity", "Organization", "Company", "PublicBody"})
"""Schemata of organisations in FollowTheMoney: legal entities but for persons."""
_NAMES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_PERSONS: Final = frozenset({"individual", "vessel", "aircraft"})
_SIMPLE: Final = frozenset({"id", "schema", "name", "aliases"})
_SCREENING: Final = frozenset({"source", "type", "name", "alt names"})

Found = tuple[pl.DataFrame, dict[str, int]]
"""Columns ``entity_id`` and ``name``, and how many entries of which kind were left out."""


def is_entity(record: Any) -> bool:
    """Whether an object is an entity of FollowTheMoney."""
    return (
        isinstance(record, dict)
        and isinstance(record.get("schema"), str)
        and isinstance(record.get("properties"), dict)
        and isinstance(record.get("id"), str)
    )


def form_of(table: Table) -> str | None:
    """The published form that a table has, by its columns: ``simple``, ``screening-list``, or None."""
    header = {normal_header(cell) for cell in table.header}
    if header >= _SIMPLE:
        return "simple"
    return "screening-list" if header >= _SCREENING else None


def entities(content: Content) -> Found:
    """Names of the organisations among FollowTheMoney entities: name, alias, weak alias, former name.

    Raises:
        InputError: An object is no entity.
    """
    left: Counter[str] = Counter()
    ids: list[str] = []
    names: list[str] = []
    for number, record in content.objects():
        if not is_entity(record):
            raise InputError(
                "not an entity with id, schema and properties",
                where=content.where(number),
                remedy="give the file as it is published, or say another --list-format",
            )
        if record["schema"] not in ORGANISATIONS:
            left[record["schema"]] += 1
            continue
        own = list(dict.fromkeys(_names_of(record)))
        ids.extend([record["id"]] * len(own))
        names.extend(own)
    frame = pl.DataFrame(
        {"entity_id": ids, "name": names}, schema={"entity_id": pl.String, "name": pl.String}
    )
    return frame.with_columns(name=one_line(frame["name"])), dict(left)


def _names_of(record: dict[str, Any]) -> Iterator[str]:
    values = [record.get("caption"), *(record["properties"].get(key) for key in _NAMES)]
    for value in values:
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str):
                yield name.encode("utf-8", "replace").decode("utf-8")


def simple(table: Table) -> Found:
    """Names of the organisations of OpenSanctions' simple CSV, whose aliases stand in one cell."""
    frame = _columns(table, ("id", "schema", "name", "aliases"))
    return _told_apart(frame, pl.col("schema").is_in(sorted(ORGANISATIONS)))


def screening_list(table: Table) -> Found:
    """Names of the organisations of the Consolidated Screening List.

    Some of its lists say no type; such entries are kept, for nothing says that they are persons.
    """
    frame = _columns(table, ("id", "type", "name", "alt names"))
    rows = table.rows.cast(pl.String)
    frame = frame.with_columns(id=frame["id"].fill_null("row " + rows))
    person = pl.col("type").str.to_lowercase().is_in(sorted(_PERSONS))
    return _told_apart(frame, ~person.fill_null(value=False))


def _columns(table: Table, names: Sequence[str]) -> pl.DataFrame:
    header = [normal_header(cell) for cell in table.header]
    missing = [name for name in names if name not in header]
    if missing:
        raise InputError(
            f"no column {missing[0]}",
            where=table.file,
            remedy="give the file as it is published, or say another --list-format",
        )
    named = ("id", "kind", "name", "others")
    columns = {short: table.column(header.index(name)) for short, name in zip(named, names, strict=True)}
    return pl.DataFrame(columns).rename({"kind": names[1]})


def _told_apart(frame: pl.DataFrame, wanted: pl.Expr) -> Found:
    kind = frame.columns[1]
    left = frame.filter(~wanted.fill_null(value=False)).get_column(kind).fill_null("not told").value_counts()
    kept = frame.filter(wanted.fill_null(value=False))
    names = pl.concat_list(pl.col("name"), pl.col("others").fill_null("").str.split(";"))
    every = kept.select(pl.col("id").alias("entity_id"), names.alias("name")).explode("name")
    return every.with_columns(name=one_line(every["name"])).drop_nulls("name"), dict(
        left.sort(kind).iter_rows()
    )
