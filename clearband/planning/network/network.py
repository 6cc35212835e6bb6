"""A network in memory: settings and typed tables, in an order of their own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from clearband.planning.network.settings import NetworkSettings


@dataclass(frozen=True, eq=False)
class Network:
    """A network that was read. Absent is null, never the empty text.

    The tables have the columns and types of `clearband.planning.network.tables.TABLES`, whatever format and
    order they were read in, and are sorted by their keys.

    Attributes:
        supply, crews, money: Spelt out: ``quarter`` is never null but counts from 0 to ``quarters`` - 1, and
            a row of its own quarter has gone before the one for each quarter. A key (maker and role, region,
            owner) that has no row has no limit; a key that has rows has one in every quarter that is limited,
            0 where the input said nothing of it. (Money of a quarter without a row is 0.)
        sha256: Of settings and tables as they are here: the same network has the same, in any format.
        warnings: What reading left out or took for granted, one line each.
    """

    settings: NetworkSettings
    sites: pl.DataFrame
    clusters: pl.DataFrame
    installed: pl.DataFrame
    products: pl.DataFrame
    pairs: pl.DataFrame
    supply: pl.DataFrame
    crews: pl.DataFrame
    money: pl.DataFrame
    warnings: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, hexadecimal."""
        digest = hashlib.sha256()
        settings = self.settings.model_dump(mode="json", by_alias=True)
        digest.update(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode())
        for name in TABLE_NAMES:
            table: pl.DataFrame = getattr(self, name)
            digest.update(f"\n{name} {table.height}\n".encode())
            for column in table.iter_columns():
                digest.update(f"{column.name}\n".encode())
                _add(column, digest)
        return digest.hexdigest()


TABLE_NAMES: Final = ("sites", "clusters", "installed", "products", "pairs", "supply", "crews", "money")


def _add(column: pl.Series, digest: hashlib._Hash) -> None:
    """One column: which cells are absent, then the values (texts: lengths, then UTF-8)."""
    digest.update(np.packbits(column.is_null().to_numpy()).tobytes())
    if column.dtype == pl.String:
        texts = column.fill_null("")
        digest.update(texts.str.len_bytes().cast(pl.Int64).to_numpy().astype("<i8").tobytes())
        digest.update((texts.str.join("").item() or "").encode() if len(texts) else b"")
        return
    if column.dtype == pl.Date:
        column = column.cast(pl.Int32)
    kind = "<f8" if column.dtype.is_float() else "<i8"
    # Adding 0.0 turns the negative zero, which is equal to zero, into it.
    digest.update((column.fill_null(0).to_numpy().astype(kind) + 0).tobytes())
