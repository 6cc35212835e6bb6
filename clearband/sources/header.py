"""Where the header of a table is: among the first rows, below titles, dates and blank lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl

from clearband.sources.macs import looks_like_macs
from clearband.sources.object_ids import looks_like_object_ids
from clearband.sources.options import HEADER_ROWS
from clearband.sources.synonyms import fields_of_header, normal_header

EQUIPMENT_FIELDS = frozenset(
    {
        "manufacturer",
        "brand",
        "model",
        "vendor_model",
        "type",
        "part_number",
        "description",
        "serial",
        "macs",
        "sys_object_id",
        "sys_descr",
        "sys_name",
        "fcc_id",
        "cpe",
        "purl",
        "ent_physical",
        "banners",
    }
)
"""A table is about equipment when at least one column means one of these."""


@dataclass(frozen=True)
class HeaderFound:
    """The header's index among the rows given, and how sure that is (0 when there is none)."""

    index: int
    score: float


def _score(row: Sequence[str], given: Collection[str]) -> float:
    best: dict[str, float] = {}
    about_equipment = False
    matched = 0
    for cell in row:
        if not cell:
            continue
        if normal_header(cell) in given or cell in given:
            best[cell], about_equipment, matched = 2.0, True, matched + 1
            continue
        fields = fields_of_header(cell)
        if not fields:
            continue
        matched += 1
        for field, weight in fields:
            about_equipment = about_equipment or field in EQUIPMENT_FIELDS
            best[field] = max(best.get(field, 0.0), weight)
    if not about_equipment:
        return 0.0
    filled = sum(1 for cell in row if cell)
    return sum(sorted(best.values(), reverse=True)[:matched]) + matched / filled


def _usual_width(rows: Sequence[Sequence[str]]) -> float:
    widths = [sum(1 for cell in row if cell) for row in rows]
    filled = [width for width in widths if width]
    return median(filled) if filled else 0.0


def find_header(rows: Sequence[Sequence[str]], given: Collection[str] = ()) -> HeaderFound | None:
    """Find the header among the first rows of a table.

    Args:
        rows: First rows, cells trimmed; some rows after the header's latest place help to judge.
        given: Column names that the user mapped, as they are and in normal form.

    Returns:
        The best row, or None when no row reads like a header and no column tells by its cells.
    """
    best: HeaderFound | None = None
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = sum(1 for cell in row if cell)
        if not filled or filled < 0.4 * _usual_width(rows[index + 1 : index + 11]):
            continue
        score = _score(row, given)
        if score > 0 and (best is None or score > best.score):
            best = HeaderFound(index, score)
    return best or _header_by_content(rows)


def _header_by_content(rows: Sequence[Sequence[str]]) -> HeaderFound | None:
    """A first full row of words over a column of MAC addresses or object identifiers."""
    usual = _usual_width(rows)
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = sum(1 for cell in row if cell)
        if not filled or filled < 0.8 * usual:
            continue
        if _telling(pl.Series([cell or None for cell in row], dtype=pl.String), at_least=0.01):
            return None
        below = rows[index + 1 :]
        for column in range(len(row)):
            cells = pl.Series([r[column] or None for r in below if column < len(r)], dtype=pl.String)
            if _telling(cells, at_least=0.6):
                return HeaderFound(index, 0.5)
        return None
    return None


def _telling(cells: pl.Series, *, at_least: float) -> bool:
    return max(looks_like_macs(cells), looks_like_object_ids(cells)) >= at_least


def headers_seen(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The cells of the fullest of the first rows: what to show when no header was found."""
    full = max(rows[:HEADER_ROWS], key=lambda row: sum(1 for cell in row if cell), default=[])
    return tuple(cell[:40] for cell in full if cell)[:12]
