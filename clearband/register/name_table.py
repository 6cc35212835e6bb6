"""The names of the register as a list that others can be held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from clearband.register.register import Register


def name_table(register: Register) -> pl.DataFrame:
    """Names of the register's organisations, without those that several may bear.

    Returns:
        Columns ``entity_id`` and ``name``; the first of an organisation is its main one.
    """
    import polars as pl

    named = [(entry.org_id, entry.text) for entry in register.names if not entry.ambiguous]
    return pl.DataFrame(named, schema={"entity_id": pl.String, "name": pl.String}, orient="row")
