"""One page for a board: what there is, what is forbidden since when, what is open and due, what to decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import polars as pl

from clearband.reports.answers import ANSWER_WORDS, words_of
from clearband.reports.deadlines import DeadlineWords, counted_from_words, deadline_words
from clearband.reports.figure_words import number
from clearband.reports.filings.form import Column, Filing, Said, Section, Table
from clearband.reports.filings.screened import OPEN, Screened, cited_measures
from clearband.reports.plain_text import count, visible
from clearband.reports.vocabulary import plain_id

_MEASURES: Final = 6
_MAKERS: Final = 6
_QUESTIONS: Final = 5
_DUE: Final = 4
"""Rows of each table: more do not fit on one page, and what is left out is counted."""
_LONG: Final = 200
"""Signs of a text in a table of the page."""


def board(screened: Screened) -> Filing:
    """The page for a board."""
    summary = screened.summary
    law = _prohibiting(screened)
    due = deadline_words(summary)
    return Filing(
        kind="board",
        title="Supply-chain exposure: one page for the board",
        subtitle=visible(_subtitle(screened), 240),
        on=screened.on,
        rests_on=screened.rests_on(),
        layout="one-page",
        sections=(
            _stock(summary),
            _forbidden(law),
            _open(summary),
            _deadlines(due, screened),
            _exposure(screened),
            _decide(summary, law, due),
        ),
        sources=cited_measures(law["directive"].head(_MEASURES).to_list()),
    )


def _subtitle(screened: Screened) -> str:
    asked = screened.asked
    who = "every class of actor" if asked.all_actors else ", ".join(map(plain_id, asked.actors))
    files = ", ".join(one["file"] for one in screened.run.record["inputs"])
    return f"{files}; asked {asked.date_words()} for {who}"


def _counts(summary: Any) -> dict[str, tuple[int, int]]:
    return {row["answer"]: (row["records"], row["units"]) for row in summary["answers"]}


def _stock(summary: Any) -> Section:
    records, units = summary["records"], summary["units"]
    if not records:
        text = "The inputs hold no record: nothing was screened, and nothing can be said."
        return Section(title="What there is", blocks=(Said(text=text, tone="open"),))
    found = _counts(summary)
    rows = [
        (
            f"{words_of(answer).shape} {words_of(answer).word}",
            f"{found[answer][0]:,}",
            f"{found[answer][1]:,}",
        )
        for answer in ANSWER_WORDS
        if answer in found
    ]
    table = Table(
        title="",
        columns=(
            Column(title="answer", width=2),
            Column(title="records", number=True),
            Column(title="units", number=True),
        ),
        rows=tuple(rows),
        short="answers",
    )
    blocks: list[Any] = [
        Said(text=f"{count(records, 'record')} ({count(units, 'unit')}) were screened."),
        table,
    ]
    if summary["not_read"]:
        number_of = len(summary["not_read"])
        text = f"{count(number_of, 'table')} could not be read: what stands there was not screened."
        blocks.append(Said(text=text, tone="open"))
    return Section(title="What there is", blocks=tuple(blocks))


def _prohibiting(screened: Screened) -> pl.DataFrame:
    """Measures that prohibit something, most records first.

    Returns:
        ``directive``, ``directive_title``, ``since``, ``records``, ``units``, ``verified``, ``own``.
    """
    found = screened.findings.filter(pl.col("answer") == "prohibited").select(
        "record_id", "directive", "directive_title", "event_date", "quantity", "verified", "own"
    )
    each = found.group_by("directive", "directive_title", "record_id").agg(
        pl.col("event_date").min(),
        pl.col("quantity").first(),
        pl.col("verified").fill_null(value=False).all(),
        pl.col("own").fill_null(value=False).any(),
    )
    return (
        each.group_by("directive", "directive_title")
        .agg(
            pl.col("event_date").min().alias("since"),
            pl.len().alias("records"),
            pl.col("quantity").fill_null(0).sum().alias("units"),
            pl.col("verified").all(),
            pl.col("own").any(),
        )
        .sort(["records", "since", "directive"], descending=[True, False, False])
        .collect()
    )


def _forbidden(law: pl.DataFrame) -> Section:
    if law.is_empty():
        text = "No record was found to be prohibited on this day. That clears nothing that is open."
        return Section(title="What is forbidden, and since when", blocks=(Said(text=text),))
    rows = [
        (
            visible(row["directive_title"] or row["directive"], 60)
            + (" (own directive, not law)" if row["own"] else "")
            + ("" if row["verified"] else " (not verified)"),
            row["since"],
            f"{row['records']:,}",
            f"{row['units']:,}",
        )
        for row in law.head(_MEASURES).iter_rows(named=True)
    ]
    more = law.height - len(rows)
    table = Table(
        title="",
        columns=(
            Column(title="measure", width=2.6),
            Column(title="since", width=1.2),
            Column(title="records", number=True),
            Column(title="units", number=True),
        ),
        rows=tuple(rows),
        note=f"One record may be prohibited by several measures.{_more(more, 'measure')}",
        short="forbidden",
    )
    return Section(title="What is forbidden, and since when", blocks=(table,))


def _more(number_of: int, what: str) -> str:
    return f" {count(number_of, f'more {what}')} in the run." if number_of > 0 else ""


def _questions(summary: Any) -> list[tuple[str, int]]:
    found = [(entry["question"], entry["records"]) for kind in OPEN for entry in summary[kind]]
    return sorted(found, key=lambda one: -one[1])


def _open(summary: Any) -> Section:
    found = _counts(summary)
    records = sum(found.get(answer, (0, 0))[0] for answer in OPEN)
    units = sum(found.get(answer, (0, 0))[1] for answer in OPEN)
    title = "What is open, and what would decide it"
    if not records:
        return Section(title=title, blocks=(Said(text="No record that was screened is open."),))
    questions = _questions(summary)
    table = Table(
        title="",
        columns=(Column(title="question", width=4), Column(title="records", number=True)),
        rows=tuple((visible(text, _LONG), f"{number_of:,}") for text, number_of in questions[:_QUESTIONS]),
        note=_more(len(questions) - _QUESTIONS, "question").strip(),
        short="open",
    )
    text = f"{count(records, 'record')} ({count(units, 'unit')}) are not decided, and not cleared."
    return Section(title=title, blocks=(Said(text=text, tone="open"), table))


def _deadlines(due: tuple[DeadlineWords, ...], screened: Screened) -> Section:
    title = "Deadlines"
    if not due:
        text = "No measure that was asked names a day for what was found."
        return Section(title=title, blocks=(Said(text=text),))
    rows = [
        (
            f"{one.due}{' (overdue)' if one.overdue else ''}",
            visible(one.duty, _LONG),
            f"{one.certain:,} certain, {one.if_covered + one.once_begun:,} if covered",
        )
        for one in due[:_DUE]
    ]
    table = Table(
        title="",
        columns=(
            Column(title="due", width=1.3),
            Column(title="what must be done", width=3),
            Column(title="records", width=1.3),
        ),
        rows=tuple(rows),
        note=f"Counted {counted_from_words(screened.asked)}.{_more(len(due) - _DUE, 'deadline')}",
        short="deadlines",
    )
    return Section(title=title, blocks=(table,))


def _exposure(screened: Screened) -> Section:
    held = screened.records.filter(pl.col("answer").is_in(["prohibited", *OPEN]))
    title = "Exposure"
    if held.is_empty():
        return Section(title=title, blocks=(Said(text="Nothing that was screened is prohibited or open."),))
    by_maker = (
        held.with_columns(
            pl.col("maker_name").fill_null("maker not known"), quantity=pl.col("quantity").fill_null(0)
        )
        .group_by("maker_name")
        .agg(
            pl.len().alias("records"),
            pl.col("quantity").filter(pl.col("answer") == "prohibited").sum().alias("prohibited"),
            pl.col("quantity").filter(pl.col("answer") != "prohibited").sum().alias("open"),
        )
        .sort(["prohibited", "open", "maker_name"], descending=[True, True, False])
    )
    rows = [
        (visible(row["maker_name"], 60), f"{row['prohibited']:,}", f"{row['open']:,}")
        for row in by_maker.head(_MAKERS).iter_rows(named=True)
    ]
    table = Table(
        title="",
        columns=(
            Column(title="maker", width=2.6),
            Column(title="units prohibited", number=True, width=1.2),
            Column(title="units open", number=True, width=1.2),
        ),
        rows=tuple(rows),
        note=_more(by_maker.height - _MAKERS, "maker").strip(),
        short="exposure",
    )
    return Section(title=title, blocks=(table, *(Said(text=line) for line in _money(held))))


def _money(held: pl.DataFrame) -> list[str]:
    """What the inventory says that these items cost: the price of a unit times the units, by currency."""
    priced = held.filter(pl.col("unit_cost").is_not_null(), pl.col("quantity").is_not_null())
    sums: dict[str | None, Decimal] = {}
    for answer, currency, cost, units in priced.select(
        "answer", "currency", "unit_cost", "quantity"
    ).iter_rows():
        if answer == "prohibited":
            sums[currency] = sums.get(currency, Decimal(0)) + cost * units
    unpriced = held.height - priced.height
    told = [
        f"The prohibited items with a price in the inventory cost {number(amount, 2)} "
        f"{currency or '(currency not stated)'}."
        for currency, amount in sorted(sums.items(), key=lambda item: item[0] or "")
    ]
    if unpriced:
        none = "none of them" if unpriced == held.height else f"{unpriced:,} of them"
        told.append(
            f"Money: {count(held.height, 'record is', 'records are')} prohibited or open, and "
            f"{none if held.height > 1 or unpriced else 'it'} "
            f"{'has a price' if unpriced == held.height else 'have no price'} in the inventory."
        )
    return told


def _decide(summary: Any, law: pl.DataFrame, due: tuple[DeadlineWords, ...]) -> Section:
    found = _counts(summary)
    told: list[tuple[str, str]] = []
    if not summary["records"]:
        told.append(("Which inventory is to be screened?", "the inputs hold no record"))
    if records := found.get("prohibited", (0, 0))[0]:
        since = min(law["since"].drop_nulls().to_list(), default=None)
        told.append(
            (
                "What happens to what is prohibited: stop, remove, replace, or name the exception?",
                f"{count(records, 'record')}{f', the earliest since {since}' if since else ''}",
            )
        )
    questions = _questions(summary)
    if questions:
        text, records = questions[0]
        total = sum(number_of for _, number_of in questions)
        told.append(
            (
                "Who answers the open questions, and by when?",
                f"{count(total, 'record')}; the first question ({records:,}): {visible(text, _LONG)}",
            )
        )
    if due:
        told.append(("Who meets the next deadline?", f"{due[0].due}: {visible(due[0].duty, _LONG)}"))
    if summary["drafts"]:
        drafts = ", ".join(draft["draft"] for draft in summary["drafts"])
        told.append(("Is there a plan for drafts that are not law yet?", visible(drafts, _LONG)))
    title = "What must be decided"
    if not told:
        text = (
            "Nothing that was screened asks for a decision. What is not in the inventory was not looked at."
        )
        return Section(title=title, blocks=(Said(text=text),))
    table = Table(
        title="",
        columns=(Column(title="decision", width=1.6), Column(title="why", width=2)),
        rows=tuple(told),
        short="to decide",
    )
    return Section(title=title, blocks=(table,))
