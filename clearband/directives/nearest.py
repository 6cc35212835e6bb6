"""The measure that came nearest, for every combination that no clause reaches."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from clearband.directives.judge import LimbAt
from clearband.directives.patterns import Codes, Pattern
from clearband.directives.ranking import miss_words, misses, nearness

_FAR: Final = np.iinfo(np.int64).max


class NearestRows:
    """Keeps, row by row, the limb that came nearest so far.

    Args:
        height: Number of rows.
    """

    def __init__(self, height: int) -> None:
        self._best = np.full(height, _FAR, dtype=np.int64)
        self._which = np.full(height, -1, dtype=np.int64)
        self._offers: list[tuple[LimbAt, frozenset[str]]] = []

    def offer(self, at: LimbAt, pattern: Pattern, *, actor: bool, action: bool) -> None:
        """Take a limb into account; an earlier one keeps its place on equal terms."""
        scores: list[int] = []
        first = len(self._offers)
        for situation in pattern.situations:
            missed = misses(at, situation, actor=actor, action=action)
            score = nearness(at, situation, missed)
            scores.append(_FAR if score is None else score)
            self._offers.append((at, missed))
        if not scores:
            return
        offered = np.array(scores, dtype=np.int64)[pattern.codes]
        better = offered < self._best
        self._best = np.where(better, offered, self._best)
        self._which = np.where(better, pattern.codes + first, self._which)

    def described(self, rows: Codes) -> pl.DataFrame:
        """row, directive, clause, event_date and ground of the nearest measure of some rows."""
        chosen = self._which[rows]
        texts = []
        for index in np.unique(chosen[chosen >= 0]).tolist():
            at, missed = self._offers[index]
            date = at.life.start.text if at.life else None
            texts.append((index, at.limb.directive, at.limb.clause, date, miss_words(at, missed)))
        schema = {
            "which": pl.Int64,
            "directive": pl.String,
            "clause": pl.String,
            "event_date": pl.String,
            "ground": pl.String,
        }
        frame = pl.DataFrame({"row": rows, "which": chosen}, schema={"row": pl.Int64, "which": pl.Int64})
        return frame.join(pl.DataFrame(texts, schema=schema, orient="row"), on="which", how="left").drop(
            "which"
        )
