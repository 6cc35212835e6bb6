"""Clauses, exceptions and duties in words."""

from __future__ import annotations

from clearband.facts.store import compiled
from clearband.reports.clause_words import duty_words, exception_words, whose_and_what


def test_every_clause_of_the_facts_can_be_told() -> None:
    for raw in compiled().read("directives"):
        for part in (*raw.get("clauses", ()), *raw.get("entries", ())):
            told = [
                *whose_and_what(part),
                *map(exception_words, part.get("exceptions", ())),
                *map(duty_words, part.get("duties", ())),
            ]
            assert all("{" not in line for line in told)


def test_an_end_that_was_moved_to_an_event_is_told_by_it() -> None:
    moved = [{"date": "2027-01-01", "verified": True}, {"event": "expired 2028-01-01", "verified": True}]
    assert exception_words({"id": "x", "text": "a thing", "until": moved}) == (
        "x: a thing, until expired 2028-01-01"
    )
