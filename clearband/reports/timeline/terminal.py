"""A timeline in letters: one row a measure, readable without colour and through a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from clearband.directives.timeline import Row, Timeline
from clearband.reports.plain_text import visible

MARKS: Final = {
    "proposed": "o",
    "expected": "o",
    "signed": "+",
    "published": "+",
    "effective": "E",
    "compliance-deadline": "D",
    "extended": "~",
    "amended": "~",
    "delayed": "~",
    "stayed": "X",
    "vacated": "X",
    "expired": "X",
    "superseded": "X",
}
"""Event to its letter; of two in one place the later stands."""
BARS: Final = {"prohibits": "█", "requires": "▒", "advises": "░", "owner": "═", "list": "█"}
_STRENGTH: Final = ("advises", "requires", "owner", "list", "prohibits")
LEGEND: Final = (
    "█ prohibits   ▒ requires   ░ advises   ═ owned",
    "o proposed or expected   + signed or published   E effective   D deadline   ~ changed   X ended",
    "│ the day of the question   ! not everything in the row was verified",
)
_LABEL: Final = 34
_FEW: Final = 3


def lines(drawn: Timeline, width: int) -> Iterator[str]:
    """The drawing, line by line, at most ``width`` signs wide."""
    room = max(width - _LABEL - 1, 20)
    yield _axis(drawn, room)
    group = None
    for row in drawn.rows:
        if row.group != group and row.group:
            group = row.group
            yield group
        yield _line(row, drawn, room)
    yield ""
    yield from LEGEND
    if any(row.force == "maker" for row in drawn.rows) or _are_few(drawn):
        yield from _told(drawn)


def _are_few(drawn: Timeline) -> bool:
    return sum(bool(row.marks) for row in drawn.rows) <= _FEW


def _told(drawn: Timeline) -> Iterator[str]:
    """Events and stretches in words: of the maker, and of measures where they are few."""
    said = ""
    for row in drawn.rows:
        if row.force != "maker" and not _are_few(drawn):
            continue
        head = visible(row.group if row.force == "maker" else f"{row.title} ({row.id})")
        if head != said:
            said = head
            yield ""
            yield head
        for mark in row.marks:
            note = f": {mark.note}" if mark.note else ""
            sure = "" if mark.verified else " [not verified]"
            yield f"  {mark.text:<10} {mark.event}{visible(note)}{sure}"
        for span in row.spans:
            since = span.begins.isoformat() if span.begins else "not known"
            until = f" until {span.ends}" if span.ends else ""
            sure = "" if span.verified else " [not verified]"
            yield f"  {since:<10} {span.what}: {visible(span.label)}{until}{sure}"


def _column(day: date, drawn: Timeline, room: int) -> int:
    whole = (drawn.last - drawn.first).days or 1
    return min(max((day - drawn.first).days * room // whole, 0), room - 1)


def _axis(drawn: Timeline, room: int) -> str:
    signs = [" "] * (room + 6)
    step = max(1, -(-(drawn.last.year - drawn.first.year) * 6 // room))
    for year in range(drawn.first.year, drawn.last.year + 1, step):
        at = _column(date(year, 1, 1), drawn, room)
        if year < drawn.last.year and at + 4 <= room:
            signs[at : at + 4] = str(year)
    return (" " * (_LABEL + 1) + "".join(signs[:room])).rstrip()


def _line(row: Row, drawn: Timeline, room: int) -> str:
    signs = [" "] * room
    for what in _STRENGTH:
        for span in row.spans:
            begins, ends = span.begins or drawn.first, span.ends or drawn.last
            if span.what != what or begins > drawn.last or ends < drawn.first:
                continue
            for at in range(_column(begins, drawn, room), _column(ends, drawn, room) + 1):
                signs[at] = BARS[what]
    today = _column(drawn.on, drawn, room)
    if signs[today] == " ":
        signs[today] = "│"
    for mark in row.marks:
        if drawn.first <= mark.latest <= drawn.last:
            signs[_column(mark.latest, drawn, room)] = MARKS[mark.event]
    title = visible(row.title)
    title = title if len(title) <= _LABEL - 4 else title[: _LABEL - 5] + "…"
    return f"  {title:<{_LABEL - 4}} {' ' if row.verified else '!'} {''.join(signs)}".rstrip()
