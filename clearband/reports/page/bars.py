"""Bars made on the server: how many records are prohibited and how many are not decided, by site or maker.

A place with nothing prohibited and much undecided must not look clear, so both stand in one bar. The
undecided part is hatched: the two are told apart without colour.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from clearband.reports.answers import UNDECIDED

BARS: Final = 12
"""Bars of one chart; the table beside it says how many places are left out."""

_LABEL_WIDTH: Final = 230
_BAR_WIDTH: Final = 270
_ROW_HEIGHT: Final = 26
_LABEL_COLUMNS: Final = 27
"""Room for a label, in columns of a narrow letter; a Chinese sign takes two."""


@dataclass(frozen=True)
class Bar:
    """One bar, with its place in the drawing in its own units."""

    label: str
    short_label: str
    prohibited: int
    undecided: int
    records: int
    y: int
    prohibited_width: float
    undecided_x: float
    undecided_width: float
    figures_x: float

    @property
    def figures(self) -> str:
        """The numbers written behind the bar."""
        return f"{self.prohibited:,}" + (f" + {self.undecided:,} open" if self.undecided else "")


@dataclass(frozen=True)
class BarChart:
    """A chart of horizontal bars.

    Attributes:
        kind: ``site`` or ``maker``.
        bars: Most prohibited first.
        left_out: How many further sites or makers have something prohibited or undecided.
        untouched: How many have neither.
    """

    kind: str
    bars: tuple[Bar, ...]
    left_out: int
    untouched: int
    width: int
    height: int
    label_width: int
    bar_x: int


def bar_chart(kind: str, entries: Iterable[tuple[str, dict[str, Any]]]) -> BarChart:
    """The chart of the summary's ``by_site`` or ``by_maker``.

    Args:
        kind: ``site`` or ``maker``.
        entries: Label and entry of the summary.
    """
    counted = [(label, *_counts(entry)) for label, entry in entries]
    touched = sorted((row for row in counted if row[1] or row[2]), key=lambda row: (-row[1], -row[2], row[0]))
    shown = touched[:BARS]
    longest = max((prohibited + undecided for _, prohibited, undecided, _ in shown), default=1)
    bars = tuple(_bar(index, *row, scale=_BAR_WIDTH / longest) for index, row in enumerate(shown))
    return BarChart(
        kind=kind,
        bars=bars,
        left_out=len(touched) - len(shown),
        untouched=len(counted) - len(touched),
        width=_LABEL_WIDTH + _BAR_WIDTH + 130,
        height=_ROW_HEIGHT * len(bars) + 4,
        label_width=_LABEL_WIDTH - 8,
        bar_x=_LABEL_WIDTH,
    )


def _counts(entry: dict[str, Any]) -> tuple[int, int, int]:
    answers = entry["answers"]
    return answers.get("prohibited", 0), sum(answers.get(answer, 0) for answer in UNDECIDED), entry["records"]


def _bar(index: int, label: str, prohibited: int, undecided: int, records: int, *, scale: float) -> Bar:
    prohibited_end = _LABEL_WIDTH + prohibited * scale
    end = prohibited_end + undecided * scale
    return Bar(
        label=label,
        short_label=_short(label),
        prohibited=prohibited,
        undecided=undecided,
        records=records,
        y=index * _ROW_HEIGHT + 2,
        prohibited_width=round(prohibited * scale, 2),
        undecided_x=round(prohibited_end, 2),
        undecided_width=round(undecided * scale, 2),
        figures_x=round(end + 6, 2),
    )


def _short(label: str) -> str:
    """The label, cut to the room there is."""
    columns = 0
    for index, sign in enumerate(label):
        columns += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if columns > _LABEL_COLUMNS:
            return label[: index - 1].rstrip() + "…"
    return label
