"""The products that are asked about: those of a maker, or of a product line."""

from __future__ import annotations

from datetime import date

import polars as pl

from clearband.assess.chain.ban import Ban
from clearband.assess.chain.plain import plain, plain_text
from clearband.assess.chain.reach import Reach
from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.register import Register


def only_of(chain: pl.DataFrame, word: str, register: Register, on: date) -> pl.DataFrame:
    """The rows of some products: ``supplier:ericsson`` with all it controls, or ``product:AirScale``.

    Args:
        chain: `CHAIN_SCHEMA`.
        word: As written; a product line is the beginning of a model or part number.

    Raises:
        UsageError: Another word, an organisation that the register does not know, or nothing is of it.
    """
    kind, _, value = word.partition(":")
    value = value.strip()
    tops = chain.filter(pl.col("tier") == 0)
    line = plain_text(value)
    if kind == "supplier" and value in register.organisations:
        none = pl.DataFrame(
            schema={"record_id": pl.String, "certificate": pl.String, "laboratory": pl.String}
        )
        reach = Reach(tops.filter("known"), none, [Ban("supplier", value)], register, on)
        found = reach.parts.filter(pl.col("hit") == "certain")
    elif kind == "supplier":
        near = nearest_or(value, register.organisations, "`clearband who NAME` shows its id")
        raise UsageError(f'"{value}" is no organisation of the register', where="--of", remedy=near)
    elif kind == "product" and line is not None:
        found = tops.filter(plain(pl.col("part")).str.starts_with(line))
    else:
        raise UsageError(
            f'"{word}" names no products',
            where="--of",
            remedy="write supplier:ID or product:BEGINNING-OF-MODEL",
        )
    if found.is_empty():
        raise UsageError(f"no product in the inputs is of {word}", where="--of")
    return chain.join(found.select("product").unique(), on="product", how="semi", maintain_order="left")
