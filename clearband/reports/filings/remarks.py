"""What to look at beside the records of a draft: mentions, contradictions, what could not be read."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.register.register import load_register
from clearband.reports.filings.form import Block, Column, Said, Section, Table
from clearband.reports.filings.screened import Screened
from clearband.reports.plain_text import count

_ROWS: Final = 200
MENTIONED: Final = ("maker", "makers", "named where a name is no evidence (a note, a neighbour)")
UNREADABLE: Final = ("cell", "cells", "that could not be read")


def remarks(screened: Screened) -> Section:
    """What bears on whether the inventory may be relied on."""
    equipment, summary = screened.run.equipment, screened.summary
    blocks: list[Block] = [
        _listed(equipment, "mentions", MENTIONED, ("text", "maker", "why")),
        _listed(equipment, "invalid", UNREADABLE, ("column", "value", "problem")),
    ]
    contradicting = equipment.filter(pl.col("contradiction").fill_null(value=False))
    if contradicting.height:
        ids = ", ".join(contradicting["record_id"].head(_ROWS).to_list())
        text = f"Signals of {count(contradicting.height, 'record')} point to different makers: {ids}."
        blocks.append(Said(text=text, tone="open"))
    told = [
        *(f"Not read: {one['file']} {one['sheet'] or ''}: {one['reason']}." for one in summary["not_read"]),
        *(f"Not asked, because no actor named it: {left['title']}." for left in summary["not_asked"]),
    ]
    blocks += [Said(text=text, tone="open") for text in told]
    return Section(title="To look at before anybody relies on this", blocks=tuple(blocks))


def _listed(
    equipment: pl.DataFrame, column: str, what: tuple[str, str, str], fields: tuple[str, ...]
) -> Table:
    """The entries of a list column, each beside its record."""
    entries = equipment.filter(pl.col(column).list.len() > 0).select("record_id", "source", column)
    each = entries.explode(column)
    listed = each.head(_ROWS).unnest(column).select("record_id", "source", *fields)
    if "maker" in fields:
        names = {name: one.name for name, one in load_register().organisations.items()}
        listed = listed.with_columns(pl.col("maker").replace(names))
    rows = listed.rows()
    more = each.height - len(rows)
    one, many, rest = what
    columns = [Column(title=name, width=2 if name in ("text", "value") else 1) for name in fields]
    return Table(
        title=f"{count(each.height, one, many)} {rest}",
        columns=(Column(title="record"), Column(title="from"), *columns),
        rows=tuple(rows),
        empty="None in what was read.",
        note=f"{more:,} more are in equipment.parquet of the run." if more else "",
        short=column,
    )
