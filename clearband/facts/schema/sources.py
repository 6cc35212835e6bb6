"""``sources.yaml``: the sources that facts are cited by."""

from __future__ import annotations

from pydantic import Field

from clearband.facts.schema.base import Fact, FactDate, Text


class Source(Fact):
    """One source: what it is, how old its data are, under which licence."""

    what: Text
    data_date: Text | None = None
    commit: Text | None = None
    retrieved: FactDate | None = None
    licence: Text | None = None
    entries: Text | None = None
    url: Text | None = None
    read: bool | None = Field(None, description="Whether it, or an excerpt of it, was opened.")
    note: Text | None = None


class SourcesFile(Fact):
    """All sources by the id that facts cite."""

    as_of: FactDate
    conventions: tuple[Text, ...]
    known_gaps: tuple[Text, ...] = ()
    sources: dict[str, Source]
