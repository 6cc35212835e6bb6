"""SNMP object identifiers (sysObjectID, RFC 3418) in the notations that tools print."""

from __future__ import annotations

import polars as pl

from clearband.sources.per_distinct import Parsed, bad_cells

_ENTERPRISE = r"^(?:\.?(?:1|iso)\.(?:3|org)\.(?:6|dod)\.(?:1|internet)\.(?:4|private)\.(?:1|enterprises)|(?:[A-Za-z0-9-]+::)?enterprises)\.\d+(?:\.\d+)*$"  # noqa: E501
_PREFIX = r"^(?:\.?(?:1|iso)\.(?:3|org)\.(?:6|dod)\.(?:1|internet)\.(?:4|private)\.(?:1|enterprises)|(?:[A-Za-z0-9-]+::)?enterprises)\."  # noqa: E501
_OID = r"^[0-2](?:\.\d+)+$"


def looks_like_object_ids(cells: pl.Series) -> float:
    """Share of non-null cells that are identifiers below 1.3.6.1.4.1 (private enterprises)."""
    known = cells.drop_nulls()
    return float(known.str.contains(_ENTERPRISE).mean()) if len(known) else 0.0  # type: ignore[arg-type]


def parse_object_ids(cells: pl.Series) -> Parsed:
    """Read a sysObjectID column; the result is dotted digits without a leading dot."""
    frame = cells.to_frame("cell").with_columns(
        oid=pl.col("cell")
        .str.replace(r"^OID:\s*", "")
        .str.replace(_PREFIX, "1.3.6.1.4.1.")
        .str.strip_prefix(".")
    )
    frame = frame.with_columns(
        problem=pl.when(pl.col("oid").is_not_null() & ~pl.col("oid").str.contains(_OID)).then(
            pl.lit("not an object identifier")
        )
    )
    values = frame.select(pl.when(pl.col("problem").is_null()).then("oid").alias("oid"))["oid"]
    return Parsed(values, bad_cells(cells, frame["problem"]))
