"""Where the header of a table is: among the first rows, below titles, dates and blank lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl

from clearband.sources.macs import looks_like_macs
from clearband.sources.object_ids import looks_like_object_ids
from clearband.sources.options import HEADER_ROWS
from clearband.sources.synonyms import fields_of_header, normal_header, only_little_words

EQUIPMENT_FIELDS = frozenset(
    {
        "manufacturer",
        "real_maker",
        "platform",
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
    """The header among the rows given.

    Args:
        index: Index of its first row.
        score: How sure it is (0 when there is none).
        cells: Its cells: of two rows joined ("MAC" over "Address") where it takes two.
        rows: How many rows it takes.
    """

    index: int
    score: float
    cells: tuple[str, ...] = ()
    rows: int = 1

    @property
    def last(self) -> int:
        """Index of its last row."""
        return self.index + self.rows - 1


_UNIT = re.compile(
    r"[(\[]?(?:pcs?|pieces?|ea|each|units?|stk|st(?:ü|u)ck|no|nos|#|text|string|number|int(?:eger)?|date|usd|eur"
    r"|gbp|chf|cny|rmb|jpy|pln|us ?\$|\$|€|£|¥|kg|g|lbs?|w|kw|va|kva|v|vac|vdc|a|mm|cm|m|km|in|ft|u|ru|gb|mb"
    r"|tb|gbps|mbps|ghz|mhz|hz|dbm?|dbi|°?c|°?f|%|y/n|yes/no|(?:yyyy|yy|jjjj|aaaa|mm|dd|tt|jj)"
    r"(?:[-/. ](?:yyyy|yy|jjjj|aaaa|mm|dd|tt|jj)){1,2}|个|台|元|mandatory|required|optional|-)[)\]]?",
    re.IGNORECASE,
)
"""What a row of units below a header holds."""
_SURE_UNIT = re.compile(
    r"[(\[].+[)\]]|pcs|pieces|each|stk|text|string|date|usd|eur|gbp|chf|cny|rmb|jpy|[$€£¥]|kg|kw|kva|mm|ghz|mhz|mbps"
    r"|gbps|\w{2,4}[-/. ]\w\w[-/. ]\w{2,4}|mandatory|required|optional|元",
    re.IGNORECASE,
)
_ANY_COLUMN = re.compile(r"[(\[].+[)\]]|text|string|-|mandatory|required|optional", re.IGNORECASE)
"""What a row of units says even of a maker or a model."""


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
    scores = [_score(row, given) for row in rows[: HEADER_ROWS + 1]]
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = sum(1 for cell in row if cell)
        if not filled or filled < 0.4 * _usual_width(rows[index + 1 : index + 11]):
            continue
        score, cells, count = scores[index], tuple(row), 1
        if score and index + 1 < len(scores) and _may_continue(row, rows[index + 1]):
            joined = _joined(row, rows[index + 1])
            both = _score(joined, given)
            if both >= score and both > scores[index + 1] and _loses_nothing(row, rows[index + 1], given):
                score, cells, count = both, joined, 2
        if score > 0 and (best is None or score > best.score):
            best = HeaderFound(index, score, cells, count)
    if best is None:
        return _header_by_content(rows)
    return _with_units(_with_groups(best, rows, given), rows, given)


_LATER_EQUIPMENT = re.compile(
    r"(?i)\b(?:replacement|replace[ds]?|new|proposed|planned|future|target|successor|neu\w*"
    r"|ersatz\w*|geplant\w*|nouveau\w*|remplacement|nuevo\w*|reemplazo|novo\w*|nuov[oai])\b|新|替换|замена"
)
"""Groups of columns about what will stand there, not about what does."""


def _with_groups(found: HeaderFound, rows: Sequence[Sequence[str]], given: Collection[str]) -> HeaderFound:
    """Names that stand twice below different groups ("Old | New" over "Make") get the group's name first.

    The first group's stay as they are, unless it is about equipment to come and the other is not.
    """
    cells = list(found.cells)
    twice = {cell for cell in cells if cell and cells.count(cell) > 1}
    above = rows[found.index - 1] if found.index else ()
    if not twice or sum(1 for cell in above if cell) < 2 or found.rows > 1:
        return found
    groups: list[str] = []
    for at in range(len(cells)):
        here = above[at] if at < len(above) else ""
        groups.append(here or (groups[-1] if groups else ""))
    for name in twice:
        places = [at for at, cell in enumerate(cells) if cell == name]
        stays = next((at for at in places if not _LATER_EQUIPMENT.search(groups[at])), places[0])
        for at in places:
            if at != stays and groups[at] != groups[stays] and name not in given:
                cells[at] = f"{groups[at]}: {name}".removeprefix(": ")
    return HeaderFound(found.index, found.score, tuple(cells), found.rows)


def _may_continue(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below can be the second line of a header: words only, none of them data."""
    words = [cell for cell in below if cell]
    if not words or any(len(cell) > 30 or any(c.isdigit() for c in cell) for cell in words):
        return False
    return sum(1 for cell in row if cell) >= 2


def _joined(row: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    width = max(len(row), len(below))
    above = [*row, *[""] * (width - len(row))]
    under = [*below, *[""] * (width - len(below))]
    return tuple(" ".join(cell for cell in pair if cell) for pair in zip(above, under, strict=True))


def _loses_nothing(row: Sequence[str], below: Sequence[str], given: Collection[str]) -> bool:
    """No column that the first line names becomes unknown by the second, and most second words help."""
    helped = count = 0
    for at, under in enumerate(below):
        if not under:
            continue
        if only_little_words(under):
            return False
        count += 1
        above = row[at] if at < len(row) else ""
        if above and (above in given or normal_header(above) in given):
            return False
        known, joined = fields_of_header(above), fields_of_header(f"{above} {under}".strip())
        if known and (not joined or joined[0][1] < known[0][1] - 0.05):
            return False
        helped += bool(joined)
    return helped >= 0.5 * count


def _with_units(found: HeaderFound, rows: Sequence[Sequence[str]], given: Collection[str]) -> HeaderFound:
    """The header with a row of units below it taken in: "Cost" over "USD" is "Cost (USD)"."""
    at = found.last + 1
    if at >= len(rows) or at + 1 >= len(rows):
        return found
    units = rows[at]
    cells = [*found.cells, *[""] * (len(units) - len(found.cells))]
    if not any(_SURE_UNIT.fullmatch(cell) for cell in units):
        return found
    for cell, unit in zip(cells, units, strict=False):
        about = any(field in EQUIPMENT_FIELDS for field, _ in fields_of_header(cell))
        if unit and not (_ANY_COLUMN if about else _UNIT).fullmatch(unit):
            return found
    for index, unit in enumerate(units):
        cell = cells[index]
        if unit and unit != "-" and cell and cell not in given and normal_header(cell) not in given:
            cells[index] = f"{cell} ({unit.strip('()[]')})"
    return HeaderFound(found.index, found.score, tuple(cells), found.rows + 1)


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
                return HeaderFound(index, 0.5, tuple(row))
        return None
    return None


def _telling(cells: pl.Series, *, at_least: float) -> bool:
    return max(looks_like_macs(cells), looks_like_object_ids(cells)) >= at_least


def headers_seen(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The cells of the fullest of the first rows: what to show when no header was found."""
    full = max(rows[:HEADER_ROWS], key=lambda row: sum(1 for cell in row if cell), default=[])
    return tuple(cell[:40] for cell in full if cell)[:12]
