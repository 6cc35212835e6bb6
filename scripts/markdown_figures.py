"""Tables and lists of figures in Markdown, for the page that ``export_figures.py`` writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clearband.reports.figure_words import mark, told


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    """A table; a column whose title ends with ``>`` is set to the right."""
    columns = [one.strip() for one in head.split("|")]
    rule = "|".join("---:" if one.endswith(">") else "---" for one in columns)
    titles = " | ".join(one.removesuffix(">").strip() for one in columns)
    body = "".join(f"| {' | '.join(_cell(value) for value in row)} |\n" for row in rows)
    return f"| {titles} |\n|{rule}|\n{body}"


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).split()).replace("|", "\\|") or "-"


def ids(names: Iterable[str]) -> str:
    """Ids as code."""
    return ", ".join(f"`{one}`" for one in names)


def remarks(rows: Iterable[dict[str, Any]], key: str) -> str:
    """A list of what was said, by whom, with sources."""
    lines = []
    for row in rows:
        whose = f"{row['by']}: " if "by" in row else ""
        lines.append(f"- {whose}{row[key].rstrip('.')}{mark(row['verified'])} ({ids(row['sources'])})\n")
    return "".join(lines)


def figures(rows: Iterable[dict[str, Any]]) -> str:
    """Compiled figures in one line."""
    return "; ".join(
        f"{one['what']}: {told(one)}" + (f" ({one['note']})" if "note" in one else "") for one in rows
    )
