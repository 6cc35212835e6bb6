"""A draft as pages show it: text in which nothing hides, long cells cut with a count, gaps made visible."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from clearband.errors import UsageError
from clearband.reports.filings.form import NOT_KNOWN, Filing, RestsOn
from clearband.reports.plain_text import CELL_LIMIT, visible

MOST_ROWS: Final = 20_000
"""Rows of all tables that a page in a browser shows; a workbook and JSON hold more."""
_HASH: Final = 16
"""Signs of a hash in the line at the foot of each page; the last page has all of them."""


def shown(filing: Filing, most: int = MOST_ROWS) -> dict[str, Any]:
    """The draft for a template.

    Args:
        filing: The draft.
        most: Rows of all tables that it may have.

    Returns:
        The JSON form with every text made visible; each table column has ``blank`` (nothing in it is known)
        and the whole has ``foot``, the line on each page, and ``papers``: sections on paper of one direction.

    Raises:
        UsageError: It has too many rows for pages.
    """
    rows = sum(len(block.rows) for part in filing.sections for block in part.blocks if block.kind == "table")
    if rows > most:
        raise UsageError(
            f"{rows:,} rows are too many for pages (at most {most:,})",
            remedy="use --format xlsx or json, or screen a part of the inventory",
        )
    content: dict[str, Any] = _plain(filing.model_dump(mode="json", by_alias=True))
    for part in content["sections"]:
        for block in part["blocks"]:
            if block["kind"] == "table":
                _mark_blank(block)
    by_paper = groupby(content["sections"], key=itemgetter("wide"))
    return content | {
        "foot": foot(filing),
        "not_known": NOT_KNOWN,
        "hashes": hashes(filing.rests_on),
        "papers": [{"wide": wide, "sections": list(parts)} for wide, parts in by_paper],
    }


def foot(filing: Filing) -> str:
    """The line on each page: the day, the facts, the run."""
    made = filing.rests_on
    parts = [f"As of {filing.on}", f"facts {made.facts_sha256[:_HASH]}"]
    if made.run_sha256:
        parts.append(f"run {made.run_sha256[:_HASH]}")
    return " · ".join(parts)


def hashes(made: RestsOn) -> list[tuple[str, str]]:
    """What the draft rests on, in words and whole."""
    told = [
        ("Clearband", made.clearband),
        ("Facts that answered (SHA-256)", made.facts_sha256),
        ("Facts that law is cited from (SHA-256)", made.facts_cited_sha256),
        ("Run, run.json (SHA-256)", made.run_sha256),
        ("Plan, plan.json (SHA-256)", made.plan_sha256),
        ("Inputs", "; ".join(visible(one, CELL_LIMIT) for one in made.inputs)),
    ]
    return [(name, value) for name, value in told if value]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value, CELL_LIMIT * 4)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {
            key: _rows(one, value["columns"]) if key == "rows" else _plain(one) for key, one in value.items()
        }
    return value


def _rows(rows: list[list[str | None]], columns: list[dict[str, Any]]) -> list[list[str | None]]:
    """Cells of a table: the wider the column, the more of a long text is shown."""
    limits = [int(CELL_LIMIT * max(1.0, column["width"])) for column in columns]
    return [
        [None if cell is None else visible(cell, limit) for cell, limit in zip(row, limits, strict=True)]
        for row in rows
    ]


def _mark_blank(table: dict[str, Any]) -> None:
    for at, column in enumerate(table["columns"]):
        column["blank"] = bool(table["rows"]) and all(row[at] is None for row in table["rows"])
