"""The measure that came nearest, for every combination that no clause reaches."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from clearband.directives.limb_day import LimbAt
from clearband.directives.patterns import Codes, Pattern
from clearband.directives.ranking import miss_words, misses, nearness
from clearband.model.directive import Effect

_FAR: Final = np.iinfo(np.int64).max


class NearestRows:
    """Keeps, row by row, the limb that came nearest so far.

    Args:
        height: Number of rows.
    """

    def __init__(self, height: int) -> None:
        self._best = np.full(height, _FAR, dtype=np.int64)
        self._which = np.full(height, -1, dtype=np.int64)
        self._later = np.full(height, -1, dtype=np.int64)
        self._offers: list[tuple[LimbAt, frozenset[str], str | None]] = []

    def offer(self, at: LimbAt, pattern: Pattern, *, actors: int, action: bool) -> None:
        """Take a limb into account; an earlier one keeps its place on equal terms.

        Args:
            at: The limb on its day.
            pattern: Every row's situation under it.
            actors: How many of the actors asked it binds.
            action: Whether an action asked is among its own.
        """
        scores: list[int] = []
        first = len(self._offers)
        for situation in pattern.situations:
            missed = misses(at, situation, actor=actors > 0, action=action)
            score = nearness(at, situation, missed, actors)
            scores.append(_FAR if score is None else score)
            self._offers.append((at, missed, situation.maker.would_change))
        if not scores:
            return
        if at.limb.effect is Effect.PROHIBITS:
            self._keep_later(pattern, first)
        offered = np.array(scores, dtype=np.int64)[pattern.codes]
        better = offered < self._best
        self._best = np.where(better, offered, self._best)
        self._which = np.where(better, pattern.codes + first, self._which)

    def _keep_later(self, pattern: Pattern, first: int) -> None:
        """Note the rows that only the age of the item keeps out of reach."""
        for index, (_, missed, later) in enumerate(self._offers[first:]):
            if later is not None and missed == {"maker"}:
                here = (pattern.codes == index) & (self._later < 0)
                self._later = np.where(here, first + index, self._later)

    def described(self, rows: Codes) -> pl.DataFrame:
        """row, directive, clause, event_date, ground and would_change of the nearest measure of some rows."""
        chosen = self._which[rows]
        texts = []
        for index in np.unique(chosen[chosen >= 0]).tolist():
            at, missed, later = self._offers[index]
            date = at.life.start.text if at.life else None
            ground = miss_words(at, missed, later)
            texts.append((index, at.limb.directive, at.limb.clause, date, ground))
        schema: dict[str, Any] = {
            "which": pl.Int64,
            "directive": pl.String,
            "clause": pl.String,
            "event_date": pl.String,
            "ground": pl.String,
        }
        frame = pl.DataFrame({"row": rows, "which": chosen}, schema={"row": pl.Int64, "which": pl.Int64})
        named = frame.join(pl.DataFrame(texts, schema=schema, orient="row"), on="which", how="left")
        return named.with_columns(self._changes(rows)).drop("which")

    def _changes(self, rows: Codes) -> pl.Series:
        """What would make a prohibition reach some rows whose maker it once meant; empty for the others."""
        chosen = self._later[rows].tolist()
        texts = [[self._offers[index][2]] if index >= 0 else [] for index in chosen]
        return pl.Series("would_change", texts, dtype=pl.List(pl.String))
