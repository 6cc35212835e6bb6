"""How far a run is, for people and for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        rows: Rows done, those of an earlier start among them.
        total: All rows; None where the files do not say.
        seconds: Since this start.
        rate: Rows a second since this start.
        answers: Records by answer so far.
    """

    rows: int
    total: int | None
    seconds: float
    rate: float
    answers: Mapping[str, int]

    @property
    def left(self) -> float | None:
        """Seconds that are left at this rate; None where that cannot be told."""
        if self.total is None or not self.rate:
            return None
        return max(0.0, (self.total - self.rows) / self.rate)

    def as_json(self) -> str:
        """One line of JSON for programs."""
        left = self.left
        said: dict[str, Any] = {
            "rows": self.rows,
            "rows_total": self.total,
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.rate),
            "seconds_left": None if left is None else round(left),
            "answers": dict(self.answers),
        }
        return json.dumps(said)

    def line(self) -> str:
        """One line for people."""
        of = f" of {self.total:,}" if self.total is not None else ""
        left = "" if self.left is None else f", {_time(self.left)} left"
        found = ", ".join(f"{records:,} {answer}" for answer, records in self.answers.items())
        return f"{self.rows:,}{of} rows, {self.rate:,.0f} a second{left}: {found}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


@dataclass
class Meter:
    """Measures how far a run is and tells it."""

    tell: Callable[[Progress], None]
    total: int | None
    rows: int = 0
    answers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to measure."""
        self._began = time.monotonic()
        self._before = self.rows

    def add(self, rows: int, answers: Mapping[str, int]) -> None:
        """A part is done."""
        self.rows += rows
        for answer, records in answers.items():
            self.answers[answer] = self.answers.get(answer, 0) + records
        seconds = time.monotonic() - self._began
        rate = (self.rows - self._before) / seconds if seconds > 0 else 0.0
        self.tell(Progress(self.rows, self.total, seconds, rate, dict(self.answers)))
