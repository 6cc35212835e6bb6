"""A labelled record: who made it, by an independent source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one record from elsewhere.

    Attributes:
        maker: Id or name of the maker; None when the record's signals cannot tell it.
        covered: Whether a list names the maker or its owner; None where the label does not say.
        family: Joins makers that are one company today, where the label says so.
    """

    record_id: str
    maker: str | None
    covered: bool | None = None
    family: str | None = None
