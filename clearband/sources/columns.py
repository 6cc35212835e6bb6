"""What each column of a table means: told by the user, by its header, by its cells.

A field is used at most once in a table. What the user says wins, then what the cells show beyond doubt, then
the surer header; the other columns are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX
from clearband.sources.column_mapping import IGNORE, ColumnMapping
from clearband.sources.countries import country_of_what
from clearband.sources.inventory import ColumnFound, Found
from clearband.sources.macs import looks_like_macs, readable_share
from clearband.sources.object_ids import looks_like_object_ids
from clearband.sources.real_makers import names_makers, names_sellers
from clearband.sources.synonyms import (
    IDENTITY,
    KIND_WORDS,
    LABEL,
    PLATFORM,
    REAL_MAKER,
    VENDOR_MODEL,
    fields_of_header,
    normal_header,
)

_SAMPLE = 20_000
"""Cells of a column that are looked at when its content is judged."""
_MOSTLY = 0.6
_ID_SHARE = 0.8
"""A column can name the records when this share of its cells is filled, and this share of those differs."""
_FEW_ROWS = 10
"""In a table with fewer rows one blank or repeated id is forgiven instead."""
_LATER = frozenset({"type", PLATFORM, REAL_MAKER, LABEL})
"""What a header can mean that the other columns decide."""
_IS_STATUS = (
    r"(?i)^(?:in|out of|not in|on)?[ -]?(?:active|inactive|use|stock|service|repair|transit|order|retired"
    r"|installed|maintenance|spare|planned|offline|online|decommissioned|disposed|missing|stolen|production|deployed"
    r"|storage|absent|pending[ \w]*|up|down|working|broken|failed|ok|operational)$"
)
_DATE_SHAPE = r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]|$)"
_TOGETHER = "vendor and model together"
_NETBOX = frozenset(
    {
        "status",
        "role",
        "device role",
        "device type",
        "type",
        "site",
        "rack",
        "tenant",
        "platform",
        "location",
        "manufacturer",
        "serial number",
        "asset tag",
        "region",
    }
)


@dataclass(frozen=True)
class Columns:
    """The meaning of the columns of one table.

    Args:
        found: One entry per column, in the input's order.
        fields: Field to column index; one column may serve ``record_id`` and another field.
        extras: ``x_`` name to column index.
        other_maker: The column that names the manufacturer where the one of the real maker names none.
        second_maker: A second column of manufacturers, taken where the first names none.
        own_ids: The id column is a ``record_id`` of an earlier run, taken without a sheet's name before it.
        warnings: What a person should look at.
    """

    found: tuple[ColumnFound, ...]
    fields: dict[str, int]
    extras: dict[str, int]
    other_maker: int | None = None
    second_maker: int | None = None
    own_ids: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    index: int
    field: str
    weight: float
    found: Found


@dataclass
class _Choice:
    """Columns and fields taken so far."""

    by_field: dict[str, int] = field(default_factory=dict)
    by_column: dict[int, ColumnFound] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    def take(self, header: str, index: int, name: str, found: Found) -> bool:
        target = "model" if name == VENDOR_MODEL else name
        if index in self.by_column or target in self.by_field:
            return False
        note = _TOGETHER if name == VENDOR_MODEL else ""
        self.by_field[target] = index
        self.by_column[index] = ColumnFound(header, target, found, note)
        return True


def _sample(cells: pl.DataFrame, index: int) -> pl.Series:
    return cells.to_series(index).drop_nulls().head(_SAMPLE)


def _can_name_records(column: pl.Series, *, sure: bool = False) -> bool:
    """Whether its cells tell the records apart; a surely named one of two rows may say the same twice."""
    known = len(column) - column.null_count()
    if not known:
        return False
    different = column.drop_nulls().n_unique()
    if len(column) < _FEW_ROWS and len(column) - different <= 1:
        return different > 1 or known == 1 or sure
    return known >= _ID_SHARE * len(column) and different >= _ID_SHARE * known


def _is_netbox(header: Sequence[str]) -> bool:
    """NetBox's device export: its columns are known, and there Name is what people call a device."""
    names = {normal_header(text) for text in header}
    typed = names & {"type", "device type"} and names & {"role", "device role"}
    return "name" in names and bool(typed) and len(names & _NETBOX) >= 5


def _content_candidates(index: int, cells: pl.Series) -> list[_Candidate]:
    macs, oids = looks_like_macs(cells), looks_like_object_ids(cells)
    found = []
    if macs >= _MOSTLY:
        found.append(_Candidate(index, "macs", 2 + macs, "content"))
    if oids >= _MOSTLY:
        found.append(_Candidate(index, "sys_object_id", 2 + oids, "content"))
    return found


def _words(cell: str) -> list[str]:
    """Words of a cell, and each without the plural's s."""
    words = re.findall(r"[^\W\d_]+", cell.casefold())
    return words + [word.removesuffix("s") for word in words]


def _reads_like_categories(cells: pl.Series) -> bool:
    """Mostly words for kinds of equipment ("Access Switch", "camera") rather than names of models."""
    distinct = cells.unique().to_list()
    kinds = sum(1 for cell in distinct if KIND_WORDS & set(_words(cell)))
    with_digit = sum(1 for cell in distinct if any(c.isdigit() for c in cell))
    return kinds >= 0.5 * len(distinct) and with_digit < 0.3 * len(distinct)


def _reads_like_status(cells: pl.Series) -> bool:
    return len(cells) > 0 and float(cells.str.contains(_IS_STATUS).mean() or 0) >= _MOSTLY  # type: ignore[arg-type]


def _reads_like_dates(cells: pl.Series) -> bool:
    return len(cells) > 0 and float(cells.str.contains(_DATE_SHAPE).mean() or 0) >= _MOSTLY  # type: ignore[arg-type]


def _candidates(
    header: Sequence[str], cells: pl.DataFrame, skip: Collection[int], warnings: list[str]
) -> list[_Candidate]:
    netbox = _is_netbox(header)
    found: list[_Candidate] = []
    for index, text in enumerate(header):
        if index in skip or text.startswith(EXTRA_PREFIX):
            continue
        sample = _sample(cells, index)
        by_content = _content_candidates(index, sample)
        by_header = [
            _Candidate(index, name, 1.1 if netbox and normal_header(text) == "name" else weight, "header")
            for name, weight in fields_of_header(text)
        ]
        if by_content:
            said = {candidate.field for candidate in by_header}
            found += [replace(c, found="header") if c.field in said else c for c in by_content]
            continue
        for candidate in by_header:
            if (
                candidate.field == IDENTITY
                and candidate.weight <= 1.1
                and not _can_name_records(cells.to_series(index), sure=candidate.weight >= 0.7)
            ):
                continue
            if candidate.field == "macs" and len(sample) >= 20 and readable_share(sample) < 0.05:
                warnings.append(
                    f'column "{text}" is named like MAC addresses and holds none; it is kept as it is'
                )
                continue
            if candidate.field == "status" and _reads_like_dates(sample):
                # "In service" over a column of dates is when, not whether.
                candidate = replace(candidate, field="installed_on", found="content")
            if candidate.field == "region" and normal_header(text) == "state" and _reads_like_status(sample):
                candidate = replace(candidate, field="status", found="content")
            if candidate.field == PLATFORM and netbox:
                continue
            found.append(candidate)
    return found


def decide_columns(
    header: Sequence[str],
    cells: pl.DataFrame,
    mapping: ColumnMapping | None = None,
    taken: Collection[str] = (),
) -> Columns:
    """Decide what every column means.

    Args:
        header: Column names, trimmed; may be blank or repeated.
        cells: Cleaned text, one column per name.
        mapping: What the user says.
        taken: Fields that the format gave ready and no column may claim.
    """
    warnings: list[str] = []
    choice = _Choice(by_field=dict.fromkeys(taken, -1))
    given = mapping.given_fields(header) if mapping else {}
    for index, (_, name) in given.items():
        if name == IGNORE:
            choice.by_column[index] = ColumnFound(header[index], "", "ignored")
        else:
            choice.take(header[index], index, name, "given")
    candidates = _candidates(header, cells, given, warnings)
    order = {"model": 0, VENDOR_MODEL: 1}
    candidates.sort(key=lambda c: (-c.weight, order.get(c.field, 0), c.index))
    for candidate in candidates:
        if candidate.field not in _LATER:
            choice.take(header[candidate.index], candidate.index, candidate.field, candidate.found)
    for candidate in candidates:
        if candidate.field == "type":
            _place_type(choice, header, cells, candidate)
        elif candidate.field == PLATFORM:
            choice.take(header[candidate.index], candidate.index, "model", "header")
    other = _place_real_maker(choice, header, cells, candidates, warnings)
    second = None if other is not None else _second_maker(choice, header, cells, candidates)
    _second_uses(choice, header, cells)
    region = choice.by_field.get("region", -1)
    if region >= 0 and "made_in" not in choice.by_field and choice.by_column[region].found != "given":
        warnings += country_of_what(header[region], _sample(cells, region))
    return replace(_finish(header, cells, choice, warnings), other_maker=other, second_maker=second)


def _place_real_maker(
    choice: _Choice,
    header: Sequence[str],
    cells: pl.DataFrame,
    candidates: Sequence[_Candidate],
    warnings: list[str],
) -> int | None:
    """Let a column of real makers ("OEM") be the manufacturer, and the manufacturer column the brand.

    Returns:
        The column that names the manufacturer where the real maker is not said.
    """
    other = choice.by_field.get("manufacturer")
    free = [
        column
        for column in candidates
        if column.field == REAL_MAKER
        and column.index not in choice.by_column
        and (other is None or names_makers(_sample(cells, column.index)))
    ]
    warnings.extend(
        f'column "{header[column.index]}" names makers too and is kept as it is; '
        f'"{header[free[0].index]}" is taken for the makers of the hardware'
        for column in free[1:]
    )
    if other is not None and other >= 0 and choice.by_column[other].found == "given":
        return _beside_given(choice, header, candidates, free, warnings)
    if not free:
        return None
    index, text = free[0].index, header[free[0].index]
    if other is None:
        choice.take(text, index, "manufacturer", "header")
        for column in candidates:
            if column.field == LABEL:
                choice.take(header[column.index], column.index, "brand", "header")
        return None
    if other < 0:
        warnings.append(_UNUSED_MAKER.format(text))
        return None
    choice.by_column[index] = ColumnFound(text, "manufacturer", "header")
    _coalesce(choice, header, index, other)
    return other


_UNUSED_MAKER = 'column "{}" may name the real makers and is kept as it is, because another one is given'


def _coalesce(choice: _Choice, header: Sequence[str], index: int, other: int) -> None:
    """Make column ``index`` the manufacturer, with ``other`` where it is blank, and say so."""
    choice.by_field["manufacturer"] = index
    note = f'who made the hardware; "{header[other]}" is taken where this is blank or names nobody'
    choice.by_column[index] = replace(choice.by_column[index], note=note)
    if "brand" in choice.by_field:
        choice.by_column.pop(other, None)
        choice.notes[other] = f'the manufacturer where "{header[index]}" names none'
    else:
        choice.by_field["brand"] = other
        note = f'the brand where "{header[index]}" names the maker, the manufacturer where it does not'
        choice.by_column[other] = ColumnFound(header[other], "brand", "header", note)


def _second_maker(
    choice: _Choice, header: Sequence[str], cells: pl.DataFrame, candidates: Sequence[_Candidate]
) -> int | None:
    """A second column of manufacturers that fills the blanks of the first; it is kept as it is, too."""
    first = choice.by_field.get("manufacturer", -1)
    if first < 0 or choice.by_column[first].found == "given":
        return None
    for column in candidates:
        second = column.index
        if column.field != "manufacturer" or second in choice.by_column:
            continue
        if names_sellers(cells.to_series(first), cells.to_series(second)):
            continue
        note = f'"{header[second]}" is taken where this is blank or names nobody'
        choice.by_column[first] = replace(choice.by_column[first], note=note)
        choice.notes[second] = f'the manufacturer where "{header[first]}" names none'
        return second
    return None


def _beside_given(
    choice: _Choice,
    header: Sequence[str],
    candidates: Sequence[_Candidate],
    free: Sequence[_Candidate],
    warnings: list[str],
) -> int | None:
    """The user named the manufacturer column; if it is one of real makers, another fills its blanks."""
    index = choice.by_field["manufacturer"]
    if any(name == REAL_MAKER for name, _ in fields_of_header(header[index])):
        others = [
            c.index for c in candidates if c.field == "manufacturer" and c.index not in choice.by_column
        ]
        if others:
            _coalesce(choice, header, index, others[0])
            return others[0]
    warnings.extend(_UNUSED_MAKER.format(header[column.index]) for column in free[:1])
    return None


def _place_type(choice: _Choice, header: Sequence[str], cells: pl.DataFrame, column: _Candidate) -> None:
    """A "Type" beside a model is the category; alone it is the model, unless its cells are kinds of thing."""
    text = header[column.index]
    categories = _reads_like_categories(_sample(cells, column.index))
    if "model" in choice.by_field or (categories and "category" not in choice.by_field):
        choice.take(text, column.index, "category", "header" if "model" in choice.by_field else "content")
    else:
        choice.take(text, column.index, "model", "header")


def _second_uses(choice: _Choice, header: Sequence[str], cells: pl.DataFrame) -> None:
    """A host name also names the record when nothing better does; a bare name also describes it."""
    if IDENTITY not in choice.by_field:
        index = choice.by_field.get("sys_name", -1)
        if index >= 0 and _can_name_records(cells.to_series(index)):
            choice.by_field[IDENTITY] = index
            choice.by_column[index] = replace(choice.by_column[index], note="also the record id")
    described = {"model", "description", "part_number"} & set(choice.by_field)
    if described:
        return
    index = choice.by_field.get(IDENTITY, -1)
    named = [i for i, text in enumerate(header) if (IDENTITY, 0.5) in fields_of_header(text)]
    if index in named:
        choice.by_field["description"] = index
        choice.by_column[index] = replace(choice.by_column[index], note="also the description")
    elif named:
        choice.take(header[named[0]], named[0], "description", "header")


def _finish(header: Sequence[str], cells: pl.DataFrame, choice: _Choice, warnings: list[str]) -> Columns:
    extras: dict[str, int] = {}
    found: list[ColumnFound] = []
    for index, text in enumerate(header):
        if index in choice.by_column:
            found.append(choice.by_column[index])
            continue
        if not text and cells.to_series(index).null_count() == cells.height:
            continue
        name = _extra_name(text, index, extras)
        extras[name] = index
        found.append(ColumnFound(text, name, "kept", choice.notes.get(index, "")))
    fields = {name: index for name, index in choice.by_field.items() if index >= 0}
    own_ids = IDENTITY in fields and header[fields[IDENTITY]].strip() == IDENTITY
    return Columns(tuple(found), fields, extras, own_ids=own_ids, warnings=tuple(warnings))


def _extra_name(text: str, index: int, used: Collection[str]) -> str:
    plain = " ".join(text.split())[:200] or f"column {index + 1}"
    name = plain if plain.startswith(EXTRA_PREFIX) and plain != EXTRA_PREFIX else EXTRA_PREFIX + plain
    unique, count = name, 1
    while unique in used:
        count += 1
        unique = f"{name} ({count})"
    return unique
