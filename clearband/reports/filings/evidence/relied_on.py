"""What the answers of a run rest on: clauses with where their text stands, and the sources of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from clearband.facts.store import compiled
from clearband.reports.filings.form import CitedSource
from clearband.reports.filings.screened import Screened
from clearband.reports.sources import packaged_sources, source_ids, what_it_is


def clauses_relied_on(screened: Screened) -> list[dict[str, Any]]:
    """The clauses that reached a record, by measure, with their text as the facts hold it.

    Returns:
        For each clause: ``directive``, ``title``, ``clause``, ``cite``, ``says``, ``effect``, ``citation``,
        ``force``, ``own``, ``verified``, ``answers`` (records by answer), ``since``, ``sources``,
        ``unverified_parts``. What the facts at hand do not hold (a directive of the user's own, a measure
        that another version had) is null.
    """
    found = screened.findings.filter(pl.col("directive").is_not_null()).with_columns(
        pl.col("clause").str.split("/").list.first()
    )
    keys = ["directive", "directive_title", "clause", "cite"]
    counted = (
        found.group_by(*keys, "answer")
        .agg(
            pl.struct("record_id", "source").n_unique().alias("records"),
            pl.col("event_date").min().alias("since"),
            pl.col("verified").fill_null(value=False).all(),
            pl.col("own").fill_null(value=False).any(),
        )
        .sort(*keys, "answer")
        .collect()
    )
    held: dict[str, Any] = {one["id"]: one for one in compiled().read("directives")}
    clauses: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in counted.iter_rows(named=True):
        key = (row["directive"], row["clause"], row["cite"])
        if key not in clauses:
            clauses[key] = _clause(row, held)
        one = clauses[key]
        one["answers"][row["answer"]] = row["records"]
        one["verified"] = one["verified"] and row["verified"]
        one["since"] = min((day for day in (one["since"], row["since"]) if day), default=None)
    return list(clauses.values())


def _clause(row: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    measure: Mapping[str, Any] = {} if row["own"] else held.get(row["directive"], {})
    text: Mapping[str, Any] = next(
        (one for one in measure.get("clauses", ()) if one["id"] == row["clause"]), {}
    )
    return {
        "directive": row["directive"],
        "title": measure.get("title") or row["directive_title"],
        "clause": row["clause"],
        "cite": row["cite"],
        "says": text.get("says"),
        "effect": text.get("effect"),
        "citation": measure.get("citation"),
        "force": measure.get("force"),
        "own": row["own"],
        "verified": row["verified"],
        "answers": {},
        "since": row["since"],
        "sources": [
            {
                "title": one["title"],
                "url": one["citation_or_url"],
                "supports": one["supports"],
                "read": one["seen"],
            }
            for one in measure.get("sources", ())
        ],
        "unverified_parts": list(measure.get("unverified_parts", ())),
    }


def evidence_sources(screened: Screened) -> tuple[CitedSource, ...]:
    """The sources that evidence of who made an item cites, each once."""
    texts = (
        screened.run.equipment.lazy()
        .select(pl.col("evidence").list.explode(keep_nulls=False, empty_as_null=False).struct.field("source"))
        .unique()
        .drop_nulls()
        .collect()
        .to_series()
        .to_list()
    )
    held = packaged_sources()
    ids = sorted({one for text in texts for one in source_ids(text)})
    return tuple(
        CitedSource(
            id=one,
            what=what_it_is(one, held) or "the packaged facts do not describe it",
            url=held.get(one, {}).get("url"),
            verified=one != "unverified" and held.get(one, {}).get("read") is not False,
        )
        for one in ids
    )
