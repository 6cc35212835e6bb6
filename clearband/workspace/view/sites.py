"""The sites of a run: where they are, and their records by answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearband.workspace.view.view import View


@dataclass(frozen=True, slots=True)
class SiteCount:
    """A site.

    Attributes:
        name: As the inventory calls it; empty for records without one.
        latitude, longitude: Degrees, the middle of what its records say; None where none says.
        answers: How many records have each answer.
    """

    name: str
    latitude: float | None
    longitude: float | None
    answers: dict[str, int]


def site_counts(view: View) -> list[SiteCount]:
    """All sites of a run, by name."""
    sites, answers = view.of_records("site"), view.of_records("record_answer")
    width = len(answers.words) + 1
    pairs = sites.codes.astype(np.int64) * width + answers.codes
    counts = np.bincount(pairs, minlength=(len(sites.words) + 1) * width).reshape(-1, width)
    middles = _middles(view, len(sites.words) + 1)
    found = []
    for code in np.flatnonzero(counts.sum(axis=1)):
        told = {
            answers.word(int(place)) or "": int(counts[code, place]) for place in np.flatnonzero(counts[code])
        }
        at = (
            (None, None)
            if middles is None or np.isnan(middles[code]).any()
            else tuple(middles[code].tolist())
        )
        found.append(SiteCount(sites.word(int(code)) or "", at[0], at[1], told))
    return found


def _middles(view: View, count: int) -> np.ndarray | None:
    """Latitude and longitude of each site, shape (count, 2); not a number where no record of it says."""
    if view.places is None:
        return None
    codes = view.of_records("site").codes
    middles = []
    for degrees in view.places:
        told = ~np.isnan(degrees)
        sums = np.bincount(codes[told], weights=degrees[told], minlength=count)
        numbers = np.bincount(codes[told], minlength=count)
        with np.errstate(invalid="ignore"):
            middles.append(np.where(numbers > 0, sums / np.maximum(numbers, 1), np.nan))
    return np.column_stack(middles)
