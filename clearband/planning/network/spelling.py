"""Makers that differ only in capitals and blanks are one maker."""

from __future__ import annotations

import polars as pl


def one_spelling(tables: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The tables with one spelling a maker: that of ``products``, else the alphabet's first; warnings."""
    spelt: dict[str, list[str]] = {}
    for name in ("products", "supply", "installed"):
        for maker in tables[name]["maker"].drop_nulls().unique().sort().to_list():
            known = spelt.setdefault(" ".join(maker.casefold().split()), [])
            if maker not in known:
                known.append(maker)
    several = {wrong: known[0] for known in spelt.values() for wrong in known[1:]}
    if not several:
        return tables, []
    changed = {
        name: frame.with_columns(pl.col("maker").replace(several)) if "maker" in frame.columns else frame
        for name, frame in tables.items()
    }
    return changed, [f'the maker "{wrong}" is read as "{right}"' for wrong, right in several.items()]
