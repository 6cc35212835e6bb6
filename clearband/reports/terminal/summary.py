"""The summary of a screening on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearband.reports.answers import UNDECIDED, AnswerWords, words_of
from clearband.reports.approved import says_of, which_list
from clearband.reports.folder.write import json_text
from clearband.reports.headline import headline
from clearband.reports.measures import Measure, measures, prohibited_for
from clearband.reports.merging import kept_apart_examples, merged_words
from clearband.reports.plain_text import OWN, count, visible
from clearband.reports.terminal.deadlines import print_deadlines
from clearband.reports.terminal.reading import print_reading
from clearband.reports.terminal.text import plain, say
from clearband.reports.unread_columns import summary_of_unread
from clearband.reports.vocabulary import titled

if TYPE_CHECKING:
    from clearband.screening.result import Screening

TOP: Final = 10
"""Rows of each list; ``summary.json`` and the report have all."""

Cell = str | int | AnswerWords


def summary_json(screening: Screening) -> str:
    """The summary as JSON, the same text as ``summary.json``."""
    return json_text(screening.summary)


def print_summary(screening: Screening, console: Console, *, run_dir: Path | None = None) -> None:
    """Print what a screening found.

    Args:
        screening: What to print.
        console: Where to print; colours only when it is a terminal.
        run_dir: The folder of the run, when one was written.
    """
    _headline(screening, console)
    _by_answer(screening.summary, console)
    _by_actor(screening, console)
    _by_measure(screening, console)
    print_deadlines(screening.summary, console)
    _on_the_lists(screening.summary, console)
    _under_drafts(screening.summary, console)
    _where(screening.summary, console, "by_maker", "maker")
    _where(screening.summary, console, "by_site", "site")
    _questions(screening.summary, console, "unidentified", "What would identify the unidentified")
    _questions(screening.summary, console, "review", "Questions to answer")
    _remarks(screening, console)
    print_reading(screening.tables, console)
    if run_dir is not None:
        _where_it_is(run_dir, console)


def _headline(screening: Screening, console: Console) -> None:
    words = headline(screening)
    say(console, words.scope)
    say(console, words.prohibited, "bold")
    if len(screening.summary["by_actor"]) == 1:
        # With several the table below has them.
        for line in words.actors:
            say(console, line, indent=2)
    for line, style in ((words.undecided, "bold"), (words.rest, ""), *((line, "") for line in words.asked)):
        if line:
            say(console, line, style)
    for line in merged_words(screening.summary):
        say(console, line)


def _table(console: Console, title: str, headers: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
    """A table without boxes; texts are wrapped between words, and a long word is folded, never cut."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="underline")
    for header in headers:
        number = header in _NUMBERS
        table.add_column(header, justify="right" if number else "left", no_wrap=number, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(console, value) for value in row))
    console.print()
    say(console, title, "bold")
    console.print(table, highlight=False)


_NUMBERS: Final = frozenset({"records", "units", "prohibited", "open", "all"})


def _cell(console: Console, value: Cell) -> Text:
    if isinstance(value, AnswerWords):
        return plain(console, f"{value.shape} {visible(value.word, 40)}", value.style)
    return plain(console, f"{value:,}" if isinstance(value, int) else value)


def _by_answer(summary: dict[str, Any], console: Console) -> None:
    rows = [(words_of(row["answer"]), row["records"], row["units"]) for row in summary["answers"]]
    if rows:
        _table(console, "By answer", ("answer", "records", "units"), rows)


def _open(answers: dict[str, int]) -> int:
    return sum(answers.get(answer, 0) for answer in UNDECIDED)


def _by_actor(screening: Screening, console: Console) -> None:
    since = {row.actor: row.since for row in prohibited_for(screening)}
    entries = screening.summary["by_actor"]
    rows = [
        (
            visible(titled(entry["actor"] or ""), 70),
            visible(since.get(entry["actor"])) or "–",
            entry["answers"].get("prohibited", 0),
            _open(entry["answers"]),
        )
        for entry in entries
        if entry["answers"].get("prohibited") or _open(entry["answers"])
    ]
    if len(entries) > 1 and rows:
        _table(console, "By class of actor", ("actor", "since", "prohibited", "open"), rows)
        _more(console, len(entries) - len(rows), "actor class with neither", "actor classes with neither")


def _by_measure(screening: Screening, console: Console) -> None:
    reached = measures(screening)
    rows = [
        (
            visible(measure.title, 90) + _marks(measure),
            visible(measure.since) or "–",
            measure.answers.get("prohibited", 0),
            _open(measure.answers),
        )
        for measure in reached[:TOP]
    ]
    if rows:
        _table(console, "By measure", ("measure", "since", "prohibited", "open"), rows)
        _more(console, len(reached) - len(rows), "measure")


def _marks(measure: Measure) -> str:
    own = f" [{OWN}]" if measure.own else ""
    return own + ("" if measure.verified else " [not verified]")


def _on_the_lists(summary: dict[str, Any], console: Console) -> None:
    lists = summary.get("approved", {"lists": (), "differing": 0})
    for held in lists["lists"]:
        title = f"By the approved list of {visible(held['title'], 90)}"
        _table(console, title, ("the list says", "records"), says_of(held))
        say(console, visible(which_list(held), 400) or "")
    if lists["differing"]:
        say(
            console,
            f"{count(lists['differing'], 'record')} that one list lets you buy and another is against",
        )


def _under_drafts(summary: dict[str, Any], console: Console) -> None:
    for draft in summary["drafts"]:
        rows = [
            (
                words_of(row["answer_of_draft"]),
                words_of(row["answer_of_law"]),
                row["records"],
                row["units"],
            )
            for row in draft["answers"]
        ]
        title = (
            f"Under the draft {visible(draft['title'], 90)} ({visible(draft['draft'], 120)}), which is no law"
        )
        _table(console, title, ("under the draft", "by the law", "records", "units"), rows)


def _where(summary: dict[str, Any], console: Console, key: str, kind: str) -> None:
    entries = [entry for entry in summary[key] if entry["answers"].get("prohibited")]
    rows = [
        (_label(entry, kind), entry["answers"]["prohibited"], _open(entry["answers"]), entry["records"])
        for entry in entries[:TOP]
    ]
    if rows:
        _table(console, f"Prohibited by {kind}", (kind, "prohibited", "open", "all"), rows)
        _more(console, len(entries) - len(rows), kind)


def _label(entry: dict[str, Any], kind: str) -> str:
    if kind == "site":
        return visible(entry["site"], 70) or "no site stated"
    return visible(entry["maker_name"] or entry["maker"], 70) or "maker not known"


def _questions(summary: dict[str, Any], console: Console, key: str, title: str) -> None:
    rows = [
        (visible(entry["question"], 200) or "any signal of who made it", entry["records"])
        for entry in summary[key][:TOP]
    ]
    if rows:
        _table(console, title, ("question" if key == "review" else "signal", "records"), rows)
        _more(console, len(summary[key]) - len(rows), "question")


def _more(console: Console, number: int, one: str, many: str | None = None) -> None:
    if number > 0:
        say(console, f"and {count(number, 'more ' + one, many and 'more ' + many)}")


def _remarks(screening: Screening, console: Console) -> None:
    summary = screening.summary
    lines = [*_unread(screening), *kept_apart_examples(screening)]
    if inside := summary.get("containing"):
        what = count(inside, "record contains", "records contain")
        lines.append(
            f"{what} parts that the law prohibits or may reach: clearband explain shows the way to each"
        )
    if summary["mentions"]:
        lines.append(f"{count(summary['mentions'], 'record')} with a maker named in a note: not evidence")
    if summary["contradictions"]:
        lines.append(f"{count(summary['contradictions'], 'record')} with signals that contradict each other")
    if summary["invalid_cells"]:
        lines.append(f"{count(summary['invalid_cells'], 'cell')} that could not be read; the rows are kept")
    if lines:
        console.print()
        say(console, "Look at", "bold")
        for line in lines:
            say(console, line, indent=2)


def _unread(screening: Screening) -> Iterator[str]:
    """Tables that were not read, and columns that name makers and were not understood."""
    left = [visible(table.where, 80) for table in screening.tables if table.skipped]
    if left:
        yield f"{count(len(left), 'sheet')} not read: {', '.join(left[:5])}{' …' if len(left) > 5 else ''}"
    yield from _without_model(screening)
    for entry in summary_of_unread(screening.equipment):
        column = visible(entry.column, 60)
        makers = ", ".join(map(visible, entry.makers[:4]))
        if entry.field is None:
            remedy = "look whether it says what the device is"
        else:
            remedy = f'--map "{column}={entry.field}" if that is what it holds'
        yield (
            f'column "{column}" names {makers} in {count(entry.records, "record")} and was not used: {remedy}'
        )


def _without_model(screening: Screening) -> Iterator[str]:
    """Tables in which the model may stand unread, where somebody is asked for it."""
    for table in screening.tables if screening.summary["unidentified"] else ():
        kept = [visible(column.column, 40) for column in table.columns if column.found == "kept"]
        # Scans and recordings have no header, and nothing in them can be mapped.
        if (
            kept
            and table.header_row
            and not {"model", "part_number"} & {column.field for column in table.columns}
        ):
            names = f"{', '.join(kept[:5])}{' …' if len(kept) > 5 else ''}"
            yield (
                f"{visible(table.where, 80)}: no column was taken for the model, and these were kept unread: "
                f'{names}; --map "COLUMN=model" if one holds it'
            )


def _where_it_is(run_dir: Path, console: Console) -> None:
    console.print()
    report = run_dir / "report.html"
    if report.exists():
        _say_path(console, f"Report: {visible(report)}")
    _say_path(console, f"Run: {visible(run_dir)}")
    say(console, "  (equipment and findings as parquet, findings.csv, deadlines.csv, summary.json, run.json)")


def _say_path(console: Console, line: str) -> None:
    """A path is printed on one line, however long, so that it can be copied."""
    console.print(plain(console, line), highlight=False, soft_wrap=True)
