"""Make ``report.html`` out of a screening: gather what each section shows, then fill the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
import polars as pl

from clearband import __version__
from clearband.reports.answers import ANSWER_WORDS, words_of
from clearband.reports.approved import SAYS, on_lists, which_list
from clearband.reports.asked import Asked
from clearband.reports.deadlines import counted_from_words, deadline_words
from clearband.reports.headline import headline
from clearband.reports.measures import measures
from clearband.reports.merging import KEY_WORDS, merges_shown
from clearband.reports.page.bars import BarChart, bar_chart
from clearband.reports.page.cited_sources import cited_sources
from clearband.reports.page.records import shown_records
from clearband.reports.page.remarks import contradictions, mentions, unreadable_cells
from clearband.reports.page.security import content_security_policy
from clearband.reports.page.wording import badge, cell, dated, web_address
from clearband.reports.plain_text import count, visible
from clearband.reports.sources import packaged_sources
from clearband.reports.strength import percent, strength
from clearband.reports.vocabulary import category_title, measure_title, plain_id, signal_words, titled

if TYPE_CHECKING:
    from clearband.screening.findings import Findings
    from clearband.screening.result import Screening

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
QUESTIONS: Final = 100
"""Open questions of each kind on the page."""
EXAMPLES: Final = 5
"""Records named beside an open question."""


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates with autoescape on, and names that are not given refused; compiled once a process."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    env.filters.update(
        cell=cell,
        percent=percent,
        strength=strength,
        badge=badge,
        plain=plain_id,
        kind=category_title,
        measure=measure_title,
        visible=visible,
        web_address=web_address,
        titled=titled,
        dated=dated,
        signal=signal_words,
    )
    env.globals.update(
        count=count, words_of=words_of, which_list=which_list, list_words=SAYS, key_words=KEY_WORDS
    )
    return env


def write_report(
    screening: Screening,
    path: Path,
    *,
    records: int,
    sources: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Write the report of a screening.

    Args:
        screening: What to report.
        path: The file.
        records: Most records shown, strictest first.
        sources: What each source id stands for; None takes the packaged facts.
    """
    known = packaged_sources() if sources is None else sources
    template = environment().get_template("report.html.j2")
    with path.open("wb") as file:
        template.stream(**_content(screening, records, known)).dump(file, encoding="utf-8")


def _content(screening: Screening, limit: int, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    style, script = asset("report.css"), asset("report.js")
    summary = screening.summary
    shown = shown_records(screening, limit)
    reached = measures(screening)
    asked = Asked.of(summary)
    return {
        "csp": content_security_policy(style, script),
        "style": style,
        "script": script,
        "version": screening.run.get("clearband", __version__),
        "asked": asked,
        "summary": summary,
        "run": screening.run,
        "headline": headline(screening),
        "answer_words": ANSWER_WORDS,
        "questions": {kind: _questions(summary[kind]) for kind in ("unidentified", "review")},
        "deadlines": deadline_words(summary),
        "draft_deadlines": {draft["draft"]: deadline_words(draft) for draft in summary["drafts"]},
        "counted_from": counted_from_words(asked),
        "clause_grounds": shown.clause_grounds,
        "actor_answers": _answers_used(entry["answers"] for entry in summary["by_actor"]),
        "measures": reached,
        "measure_answers": _answers_used(measure.answers for measure in reached),
        "on_lists": on_lists(screening),
        "charts": _charts(summary),
        "shown": shown,
        "merges": merges_shown(screening),
        "mentions": mentions(screening.equipment),
        "contradictions": contradictions(screening.equipment),
        "unreadable": unreadable_cells(screening.equipment),
        "tables": screening.tables,
        "sources": cited_sources(shown.records, sources),
        "unverified_clauses": _unverified(screening.findings),
    }


def asset(name: str) -> str:
    """A style or script as it will stand in the page, to the byte: its hash goes into the policy."""
    text = "\n" + (TEMPLATES / name).read_text(encoding="utf-8")
    if "</script" in text.lower() or "</style" in text.lower():
        raise ValueError(f"{name} would end its own element")
    return text


def _questions(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "shown": [{**entry, "examples": entry["examples"][:EXAMPLES]} for entry in entries[:QUESTIONS]],
        "left_out": len(entries) - QUESTIONS if len(entries) > QUESTIONS else 0,
        "records": sum(entry["records"] for entry in entries),
    }


def _answers_used(counts: Iterable[Mapping[str, int]]) -> list[str]:
    """The answers that occur in any of these counts, strictest first: the columns of a table."""
    used = {answer for row in counts for answer, number in row.items() if number}
    return [answer for answer in ANSWER_WORDS if answer in used]


def _charts(summary: dict[str, Any]) -> tuple[BarChart, ...]:
    sites = ((visible(entry["site"], 120) or "no site stated", entry) for entry in summary["by_site"])
    makers = (
        (visible(entry["maker_name"] or entry["maker"], 120) or "maker not known", entry)
        for entry in summary["by_maker"]
    )
    return bar_chart("site", sites), bar_chart("maker", makers)


def _unverified(findings: Findings) -> list[dict[str, Any]]:
    """The clauses used whose facts were not read in their source."""
    unread = findings.law.filter(~pl.col("verified").fill_null(value=False))
    counted = findings.count(unread, ["directive", "directive_title", "clause", "cite"])
    return counted.sort("directive", "clause", "cite").to_dicts()
