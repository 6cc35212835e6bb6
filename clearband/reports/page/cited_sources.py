"""The sources that the verdicts shown rest on: what each is, how old, and whether it is known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clearband.reports.page.records import ShownRecord
from clearband.reports.sources import source_ids, what_it_is


@dataclass(frozen=True)
class CitedSource:
    """One source as the page lists it.

    Attributes:
        id: As facts cite it.
        what: What it is; empty when the packaged sources do not describe it.
        data_date: How old its data are, as exact as known.
        licence: Its licence, when known.
        used: By how many pieces of evidence of the records shown.
    """

    id: str
    what: str
    data_date: str
    licence: str
    used: int


def cited_sources(
    records: Iterable[ShownRecord], sources: Mapping[str, Mapping[str, Any]]
) -> tuple[CitedSource, ...]:
    """The sources cited by the evidence of these records, most used first."""
    used = Counter(
        identifier
        for record in records
        for piece in record.row["evidence"] or ()
        for identifier in source_ids(piece["source"])
    )
    return tuple(
        _cited(identifier, sources, number)
        for identifier, number in sorted(used.items(), key=lambda item: (-item[1], item[0]))
    )


def _cited(identifier: str, sources: Mapping[str, Mapping[str, Any]], used: int) -> CitedSource:
    source = sources.get(identifier, {})
    date = source.get("data_date") or source.get("retrieved") or ""
    return CitedSource(identifier, what_it_is(identifier, sources), date, source.get("licence", ""), used)
