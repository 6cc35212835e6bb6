"""Which certificate, of which laboratory, covers which record, and until when."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from clearband.assess.chain.plain import plain
from clearband.errors import InputError
from clearband.model.equipment import EXTRA_PREFIX

COVERS_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "certificate": pl.String,
    "laboratory": pl.String,
    "expires": pl.Date,
}
"""One row a record and certificate. Null ``certificate``: the record has none, somebody said; null
``laboratory``: not told who tested; ``expires``: last day, null where none was told. A certificate that the
inputs name without a record that it covers has a null ``record_id``."""

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "certificate": (
        "certificate", "certificates", "certificate id", "certificate number", "certificate no", "cert",
        "cert id", "cert number", "certificate reference",
    ),
    "laboratory": (
        "laboratory", "lab", "test laboratory", "test lab", "testing laboratory", "evaluation facility",
        "itsef", "certificate laboratory",
    ),
    "expires": (
        "certificate expires", "certificate expiry", "certificate valid until", "certificate until",
        "certificate expiry date", "expires", "expiry", "expiry date", "valid until",
    ),
}  # fmt: skip
"""Column headers that are understood, in small letters without signs."""

_NONE: Final = ("none", "no certificate", "not certified")
_BETWEEN: Final = r"\s*[;|\n]\s*"
"""Signs between several certificates in a cell."""


def stated(equipment: pl.DataFrame) -> pl.DataFrame:
    """What the columns of a table say of certificates.

    Returns:
        ``at`` (row), and `COVERS_SCHEMA`: a row for each certificate of a cell. Rows that say nothing have
        none; a laboratory without a certificate is one of a certificate whose number is not told (``?``).

    Raises:
        InputError: Two columns say the same, a day is none, or a cell names several certificates and not as
            many laboratories or days.
    """
    found = {field: _column(equipment, field) for field in HEADERS}
    if found["certificate"] is None and found["laboratory"] is None:
        return pl.DataFrame(schema={"at": pl.UInt32, **COVERS_SCHEMA})
    cells = equipment.select(
        "record_id",
        *(
            (pl.col(name).str.strip_chars() if name else pl.lit(None, pl.String)).alias(field)
            for field, name in found.items()
        ),
    ).with_row_index("at")
    cells = cells.with_columns(
        pl.when(pl.col(field) != "").then(field).alias(field) for field in HEADERS
    ).filter(pl.col("certificate").is_not_null() | pl.col("laboratory").is_not_null())
    many = pl.col("certificate").fill_null("?").str.replace_all(_BETWEEN, "\n").str.split("\n")
    cells = cells.with_columns(certificate=many, many=many.list.len())
    for field in ("laboratory", "expires"):
        held = pl.col(field).str.replace_all(_BETWEEN, "\n").str.split("\n")
        alike = held.list.len() == pl.col("many")
        odd = cells.filter(held.list.len() != 1, ~alike)
        if odd.height:
            raise InputError(
                f'{odd["many"][0]} certificates and another number in the column "{found[field]}"',
                where=odd["record_id"][0],
                remedy="write one for all, or one for each, with ; between them",
            )
        one = pl.col(field).repeat_by("many")
        cells = cells.with_columns(pl.when(alike).then(held).otherwise(one).alias(field))
    rows = cells.explode("certificate", "laboratory", "expires").with_columns(
        pl.when(pl.col(field).str.strip_chars() != "").then(pl.col(field).str.strip_chars()).alias(field)
        for field in HEADERS
    )
    rows = rows.filter(pl.col("certificate").is_not_null() | pl.col("laboratory").is_not_null())
    none = pl.col("certificate").str.to_lowercase().is_in(_NONE)
    rows = rows.with_columns(
        certificate=pl.when(~none).then("certificate"),
        day=pl.col("expires").str.to_date("%Y-%m-%d", strict=False),
    )
    wrong = rows.filter(pl.col("expires").is_not_null() & pl.col("day").is_null())
    if wrong.height:
        raise InputError(
            f'"{wrong["expires"][0]}" is no day', where=wrong["record_id"][0], remedy="write YYYY-MM-DD"
        )
    return rows.select("at", "record_id", "certificate", "laboratory", expires="day")


def covers_of(chain: pl.DataFrame, equipment: pl.DataFrame, tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Which certificates cover which records.

    Args:
        chain: `CHAIN_SCHEMA`.
        equipment: The inventory, with columns of its own on certificates or without.
        tables: Tables of certificates: equipment tables with ``maker`` beside the columns on certificates.
            A row covers the records of its part number or model, of its maker where it tells one.

    Returns:
        `COVERS_SCHEMA`, each row once, sorted.

    Raises:
        InputError: As of `stated`, or a table names no certificates.
    """
    names = list(COVERS_SCHEMA)
    found = [stated(equipment).select(names)]
    parts = chain.select("record_id", "maker", key=plain(pl.col("part"))).unique().drop_nulls("key")
    for table in tables:
        said = stated(table)
        if said.is_empty():
            raise InputError(
                "a table of certificates names none",
                where="--certificates",
                remedy='it needs the columns "certificate" and "part number", and "laboratory" if known',
            )
        of = table.select(
            key=plain(pl.coalesce("part_number", "model")), of_maker="maker", told=_told(table)
        ).with_row_index("at")
        rows = said.join(of, on="at", how="left").drop("record_id", "at")
        reached = rows.join(parts, on="key", how="left").with_columns(
            record_id=pl.when(
                ~pl.col("told") | pl.col("maker").is_null() | (pl.col("of_maker") == pl.col("maker"))
            ).then("record_id")
        )
        found.append(reached.select(names))
    return pl.concat(found).unique().sort(names)


def in_force(on: date) -> pl.Expr:
    """Whether a certificate is in force on a day; one without an end is."""
    return pl.col("expires").is_null() | (pl.col("expires") >= on)


def _told(table: pl.DataFrame) -> pl.Expr:
    """Whether a row tells its maker."""
    names = [name for name in ("manufacturer", "brand") if name in table.columns]
    return (
        pl.any_horizontal(*(pl.col(name).is_not_null() for name in names)) if names else pl.lit(value=False)
    )


def _column(equipment: pl.DataFrame, field: str) -> str | None:
    spelt = {
        " ".join(
            "".join(sign if sign.isalnum() else " " for sign in name.removeprefix(EXTRA_PREFIX)).split()
        ).lower(): name
        for name in equipment.columns
        if name.startswith(EXTRA_PREFIX) and equipment.schema[name] == pl.String
    }
    found = [spelt[header] for header in HEADERS[field] if header in spelt]
    if len(found) > 1:
        raise InputError(
            f'the columns "{found[0]}" and "{found[1]}" both tell the {field}', remedy="keep one of them"
        )
    return found[0] if found else None
