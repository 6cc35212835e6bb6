"""What changed since an earlier run, on a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.reports.plain_text import count, visible
from clearband.screening.changes import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearband.screening.changes import Changes
    from clearband.screening.draft_changes import DraftChange
    from clearband.screening.earlier import EarlierRun
    from clearband.screening.result import Screening

_SHOWN: Final = 20
_CELL: Final = 80


def changes_json(found: Changes, earlier: EarlierRun, now: Screening) -> str:
    """The published form, ``facts/schemas/screen-changes.schema.json``."""
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "again": earlier.as_json(),
        "asked": now.summary["asked"],
        "facts_sha256": now.run["facts_sha256"],
        "records": found.records,
        "answers_changed": found.answers,
        "reasons": list(found.reasons),
        "own_facts": now.run["own_facts"],
        "own_facts_left_out": list(found.own_left_out),
        "counts": found.counts.to_dicts(),
        "drafts": [draft.as_json() for draft in found.drafts],
    }
    # The records go from columns to text at once: there may be very many.
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "changes": {found.table.write_json()}}}\n'


def left_out_line(found: Changes) -> str | None:
    """The warning that a policy of the earlier run was not asked again; None when all of them were."""
    files = found.own_left_out
    if not files:
        return None
    what = "your own directive file" if len(files) == 1 else "your own directive files"
    return visible(
        f"Not asked this time: {what} {', '.join(files)}, which the earlier run used. What only "
        f"{'it prohibits' if len(files) == 1 else 'they prohibit'} is shown as not covered. "
        f"To ask {'it' if len(files) == 1 else 'them'} again, add --facts with the folder that holds "
        f"{'it' if len(files) == 1 else 'them'}."
    )


def change_lines(found: Changes, earlier: EarlierRun, *, run_dir: Path | None = None) -> Iterator[str]:
    """What changed, in lines.

    Args:
        found: The changes.
        earlier: The run that was screened again.
        run_dir: The folder of the new run, when one was written.
    """
    warning = left_out_line(found)
    if warning:
        yield warning
    on = found.reasons
    basis = "; ".join(on) if on else "the same facts, day and settings"
    yield visible(f"{count(found.records, 'record')} of {earlier.name} screened again: {basis}.")
    if found.table.is_empty():
        yield "No answer of the law changes." if found.drafts else "Nothing changes."
    if found.answers:
        yield f"{count(found.answers, 'record')} {'has' if found.answers == 1 else 'have'} another answer:"
        for row in found.counts.iter_rows(named=True):
            yield f"  {row['before']} → {row['after']}: {count(row['records'], 'record')}"
    if found.only_makers:
        yield f"{count(found.only_makers, 'record')} with another maker and the same answer."
    for row in found.table.head(_SHOWN).iter_rows(named=True):
        yield from _record(row)
    if found.table.height > _SHOWN:
        where = "changes.csv has all" if run_dir else "--out writes all to changes.csv"
        yield f"and {count(found.table.height - _SHOWN, 'more record')} ({where})"
    for draft in found.drafts:
        yield from _under_draft(draft)
    if run_dir is not None:
        yield visible(f"Report: {run_dir / 'report.html'}")


def _under_draft(draft: DraftChange) -> Iterator[str]:
    """Drafts change no answer of the law, so they stand apart, counted only."""
    head = f"Under the draft {visible(draft.title, 90)} ({visible(draft.draft, 120)}), which is no law"
    if draft.asked != "both":
        when = "the earlier run" if draft.asked == "before" else "this run"
        yield f"{head}: asked in {when} only, not compared."
    elif not draft.records:
        yield f"{head}: nothing changes."
    else:
        has = "has" if draft.records == 1 else "have"
        yield f"{head}, {count(draft.records, 'record')} {has} another answer (drafts.csv):"
        for row in draft.counts:
            yield f"  {row['before']} → {row['after']}: {count(row['records'], 'record')}"


def _record(row: dict[str, Any]) -> Iterator[str]:
    what = " ".join(visible(row[name], _CELL) for name in ("manufacturer", "model") if row[name])
    answer = row["answer_after"]
    if row["answer_before"] != answer:
        answer = f"{row['answer_before']} → {answer}"
    yield f"{visible(row['record_id'], _CELL)}  {what}: {answer}"
    if row["maker_before"] != row["maker_after"]:
        names = (row["maker_before"] or "not known", row["maker_after"] or "not known")
        yield f"  maker    {' → '.join(visible(name, _CELL) for name in names)}"
    sides = [_clause(row, side) for side in ("before", "after")]
    if sides[0] == sides[1]:
        yield f"  clause   {sides[1]}"
    else:
        yield f"  was      {sides[0]}"
        yield f"  now      {sides[1]}"
    yield f"  why      {visible('; '.join(row['why'])) or 'not known'}"


def _clause(row: dict[str, Any], side: str) -> str:
    if row[f"directive_{side}"] is None:
        return "no clause"
    near = "nearest: " if row[f"answer_{side}"] == "not-covered" else ""
    date = f", {row[f'date_{side}']}" if row[f"date_{side}"] else ""
    return visible(f"{near}{row[f'directive_{side}']} {row[f'clause_{side}']}{date}")
