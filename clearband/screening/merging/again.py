"""Merged records of an earlier run under another day or other facts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clearband.directives.law import Law
from clearband.register import Register
from clearband.screening.approved_list import ApprovedList
from clearband.screening.cases import Cases
from clearband.screening.merging.guard import judged_more_mildly
from clearband.screening.settings import Settings


def stricter_apart(
    equipment: pl.DataFrame,
    settings: Settings,
    register: Register,
    law: Law,
    approved: Sequence[ApprovedList] = (),
) -> list[str]:
    """Ids of merged records that would now be kept apart: one of their records alone is judged more strictly.

    Args:
        equipment: The equipment of an earlier run, as its inputs said it.
        settings: What is asked now.
        approved: Approved lists that are looked up now.
    """
    if "merged_from" not in equipment.columns:
        return []
    merged = equipment.filter(pl.col("merged_from").is_not_null())
    said = merged.select("merged_from").with_row_index("group").explode("merged_from").unnest("merged_from")
    cases = Cases(settings, register, law, approved)
    alone = cases.batch(said.drop("group")).numbers
    together = pl.DataFrame({"case": cases.batch(merged).numbers}).with_row_index("group")
    milder = judged_more_mildly(said["group"], alone, together, cases, settings, register, law)
    return merged["record_id"].gather(milder).to_list()
