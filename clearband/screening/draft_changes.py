"""What drafts say otherwise in a second screening of the same equipment, apart from the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

_KEYS = ("draft", "record_id", "nth")


@dataclass(frozen=True)
class DraftChange:
    """One draft in both runs.

    Attributes:
        asked: In which of the runs it was asked; only where it was in both are answers compared.
        records: Records with another answer under it.
        counts: before, after, records, units.
    """

    draft: str
    title: str
    asked: Literal["both", "before", "after"]
    records: int
    counts: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """As ``screen-changes.schema.json`` shows it."""
        return {
            "draft": self.draft,
            "title": self.title,
            "asked": self.asked,
            "answers_changed": self.records,
            "counts": list(self.counts),
        }


def draft_changes(before: pl.DataFrame, after: pl.DataFrame) -> tuple[DraftChange, ...]:
    """Compare the answers under each draft; of several records with one id, the first with the first.

    Args:
        before: `clearband.screening.drafts.DRAFTS_SCHEMA` of the earlier run.
        after: Of the new one.
    """
    return tuple(_changes(before, after))


def _changes(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[DraftChange]:
    titles: list[dict[str, str]] = [
        dict(side.select("draft", "draft_title").unique().rows()) for side in (before, after)
    ]
    counted = (
        _side(before, "before")
        .join(_side(after, "after"), on=_KEYS)
        .filter(pl.col("before") != pl.col("after"))
        .group_by("draft", "before", "after")
        .agg(pl.len().alias("records"), pl.col("quantity").fill_null(1).sum().alias("units"))
        .sort("records", "before", "after", descending=[True, False, False])
    )
    for draft in sorted(titles[0].keys() | titles[1].keys()):
        here = counted.filter(pl.col("draft") == draft).drop("draft")
        asked: Literal["both", "before", "after"] = "both"
        if draft not in titles[1]:
            asked = "before"
        elif draft not in titles[0]:
            asked = "after"
        yield DraftChange(
            draft,
            titles[1].get(draft) or titles[0][draft],
            asked,
            int(here["records"].sum()),
            tuple(here.to_dicts()),
        )


def _side(drafts: pl.DataFrame, side: Literal["before", "after"]) -> pl.DataFrame:
    return drafts.select(
        "draft",
        "record_id",
        pl.int_range(pl.len()).over("draft", "record_id").alias("nth"),
        pl.col("answer_of_draft").alias(side),
        *(["quantity"] if side == "after" else []),
    )
