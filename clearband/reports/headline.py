"""The result in plain words: the first thing a reader sees, on the page and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearband.reports.asked import Asked
from clearband.reports.measures import ProhibitedFor, prohibited_by_own_only, prohibited_for
from clearband.reports.plain_text import count, visible
from clearband.reports.vocabulary import titled

if TYPE_CHECKING:
    from clearband.screening.result import Screening


@dataclass(frozen=True)
class Headline:
    """The result in sentences.

    Attributes:
        scope: What was screened against the law of which day.
        prohibited: How many records are prohibited.
        actors: For each class of actor: how many, and since when.
        undecided: How many records are not decided, and why that is no clearance.
        rest: The other answers.
        asked: Who was asked for, and what was not asked.
    """

    scope: str
    prohibited: str
    actors: tuple[str, ...]
    undecided: str
    rest: str
    asked: tuple[str, ...]


def headline(screening: Screening) -> Headline:
    """The headline of a screening."""
    summary = screening.summary
    counts = {row["answer"]: row["records"] for row in summary["answers"]}
    asked = Asked.of(summary)
    records, units = summary["records"], summary["units"]
    scope = f"{count(records, 'record')} ({count(units, 'unit')}) screened {asked.date_words()}."
    return Headline(
        scope=scope,
        prohibited=_prohibited(counts.get("prohibited", 0), records, prohibited_by_own_only(screening)),
        actors=tuple(map(_for_actor, prohibited_for(screening))),
        undecided=_undecided(counts),
        rest=_rest(counts),
        asked=asked.sentences(),
    )


def _prohibited(number: int, records: int, by_own_only: int) -> str:
    if not records:
        return "The inputs hold no record: nothing was screened."
    if not number:
        return "No record was found to be prohibited."
    told = f"{count(number, 'record is', 'records are')} prohibited"
    if by_own_only:
        part = "all of them" if by_own_only == number > 1 else f"{by_own_only:,} of them"
        told += f", {part if number > 1 else 'and that'} only by your own directives, not by law"
    return f"{told}."


def _for_actor(row: ProhibitedFor) -> str:
    since = f", the earliest since {visible(row.since)}" if row.since else ""
    return f"{visible(titled(row.actor))}: {count(row.records, 'record')}{since}"


def _undecided(counts: dict[str, int]) -> str:
    unidentified, review = counts.get("unidentified", 0), counts.get("review", 0)
    parts = []
    if unidentified:
        parts.append(f"{unidentified:,} unidentified (who made them is not known)")
    if review:
        parts.append(f"{review:,} to review (one missing fact decides)")
    if not parts:
        return ""
    lead = count(unidentified + review, "record is", "records are")
    return f"{lead} not decided, and not cleared: {' and '.join(parts)}."


def _rest(counts: dict[str, int]) -> str:
    words = {
        "not-yet": "will be reached on a later date",
        "exempt": "exempt by a named exception",
        "advised-against": "advised against without binding force",
        "not-covered": "reached by no measure held here",
    }
    parts = [f"{counts[answer]:,} {text}" for answer, text in words.items() if counts.get(answer)]
    return f"The others: {'; '.join(parts)}." if parts else ""
