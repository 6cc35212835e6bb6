"""Dates: ISO and other unambiguous forms, and 03/05/2024 when the user says the order.

Other cells never decide it: an unrelated record would change what this one says.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import polars as pl

from clearband.sources.per_distinct import Parsed, is_placeholder, parse_distinct

DateOrder = Literal["day-first", "month-first"]

_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|z|utc|[+\-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([\-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_DOTTED = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_SLASHED = re.compile(rf"(\d{{1,2}})([/\-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?[ \-/]*([a-zäé]{{3,10}})\.?,?[ \-/]*(\d{{4}}|\d{{2}}){_TIME}", re.I
)
_NAME_DAY = re.compile(
    rf"([a-zäé]{{3,10}})\.?[ \-/]*(\d{{1,2}})(?:st|nd|rd|th)?,?[ \-/]+(\d{{4}}){_TIME}", re.I
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january januar janvier enero",
            "feb february februar février febrero",
            "mar march märz mär mrz mars marzo",
            "apr april avril abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august août agosto",
            "sep sept september septembre septiembre",
            "oct october okt oktober octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre diciembre",
        ],
        start=1,
    )
    for name in names.split()
}
_EARLIEST, _LATEST = 1950, 2100
AMBIGUOUS = "ambiguous: day or month first? (--date-order)"


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _date(year: int, month: int, day: int) -> tuple[date | None, str | None]:
    try:
        value = date(year, month, day)
    except ValueError:
        return None, "not a day of the calendar"
    if not _EARLIEST <= year <= _LATEST:
        return None, f"a year outside {_EARLIEST} to {_LATEST}"
    return value, None


def parse_date(cell: str, order: DateOrder | None) -> tuple[date | None, str | None]:
    """One cell: the day, or what is wrong."""
    if match := _YEAR_FIRST.fullmatch(cell):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(cell) or _CHINESE.fullmatch(cell):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(cell):
        return _date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_NAME.fullmatch(cell):
        month = _MONTHS.get(match[2].lower())
        return _date(_year(match[3]), month, int(match[1])) if month else (None, "not a date")
    if match := _NAME_DAY.fullmatch(cell):
        month = _MONTHS.get(match[1].lower())
        return _date(int(match[3]), month, int(match[2])) if month else (None, "not a date")
    if match := _SLASHED.fullmatch(cell):
        return _slashed(int(match[1]), int(match[3]), _year(match[4]), order)
    if is_placeholder(cell):
        return None, None
    return None, "not a date"


def _slashed(first: int, second: int, year: int, order: DateOrder | None) -> tuple[date | None, str | None]:
    if first > 12 or (order == "day-first" and second <= 12):
        return _date(year, second, first)
    if second > 12 or order == "month-first" or first == second:
        return _date(year, first, second)
    return None, AMBIGUOUS


def parse_dates(cells: pl.Series, order: DateOrder | None = None) -> Parsed:
    """Read a date column.

    Args:
        cells: Text.
        order: Order of day and month that the user says; None leaves ambiguous cells unread.
    """
    return parse_distinct(cells, lambda cell: parse_date(cell, order), pl.Date)
