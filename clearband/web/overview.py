"""What a run found, in numbers: for its page and for the first page."""

from __future__ import annotations

import json
from typing import Any, Final

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.engine import Connection

from clearband.reports.answers import ANSWER_WORDS
from clearband.web.here import Here
from clearband.workspace.looking import Opened
from clearband.workspace.tables import run
from clearband.workspace.view import STATES, Query

_SHOWN: Final = 12
_RUNS: Final = 24


class Bar(BaseModel):
    """A value of a column, and its records by answer."""

    value: str
    title: str
    records: int
    answers: dict[str, int]


class Point(BaseModel):
    """A run of the inventory, and its records by answer."""

    run_id: str
    number: int
    day: str
    answers: dict[str, int]


class Deadline(BaseModel):
    """A duty with its day."""

    due: str | None
    overdue: bool
    duty: str
    records: int | None = None


class Overview(BaseModel):
    """What a run found.

    ``answers`` and ``states`` count records; ``waiting`` those that wait for somebody; ``mentions`` those
    with a maker named where a name is no evidence. Of long lists the first ones are here, and ``totals`` says
    how many there are.
    """

    records: int
    units: int
    answers: dict[str, int]
    states: dict[str, int]
    waiting: int
    invalid_cells: int
    mentions: int
    contradictions: int
    by_directive: list[Bar]
    by_maker: list[Bar]
    by_site: list[Bar]
    trend: list[Point]
    deadlines: list[Deadline]
    questions: list[dict[str, Any]]
    not_read: list[dict[str, Any]]
    not_asked: list[dict[str, Any]]
    totals: dict[str, int]


def overview_of(here: Here, connection: Connection, found: Opened) -> Overview:
    """What a run found, and where it stands."""
    summary = _summary(here, found.run["id"])
    facets = {facet.name: facet for facet in found.facets(Query("records"))}
    states = {value.value: value.rows for value in facets["state"].values}
    return Overview(
        records=summary["records"],
        units=summary["units"],
        answers={one["answer"]: one["records"] for one in summary["answers"]},
        states={name: states.get(name, 0) for name in STATES},
        waiting=sum(states.get(name, 0) for name in ("open", "proposed", "lapsed")),
        invalid_cells=summary["invalid_cells"],
        mentions=summary["mentions"],
        contradictions=summary["contradictions"],
        by_directive=[_bar(one, "directive", "directive_title") for one in summary["by_directive"][:_SHOWN]],
        by_maker=[_bar(one, "maker", "maker_name") for one in summary["by_maker"][:_SHOWN]],
        by_site=[_bar(one, "site", "site") for one in summary["by_site"][:_SHOWN]],
        trend=_trend(connection, found.run["inventory_id"]),
        deadlines=[
            Deadline(due=one["due"], overdue=one["overdue"], duty=one["duty"], records=one.get("records"))
            for one in summary["deadlines"][:_SHOWN]
        ],
        questions=_questions(summary)[:_SHOWN],
        not_read=summary["not_read"],
        not_asked=summary["not_asked"],
        totals={
            **{name: len(summary[name]) for name in ("by_directive", "by_maker", "by_site", "deadlines")},
            "questions": len(_questions(summary)),
        },
    )


def _questions(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """What would decide most records first, whether it is who made them or what the law says."""
    found = [
        {"kind": kind, **{name: one[name] for name in ("question", "records", "examples")}}
        for kind in ("unidentified", "review")
        for one in summary[kind]
    ]
    return sorted(found, key=lambda one: -int(one["records"]))


def _bar(one: dict[str, Any], name: str, title: str) -> Bar:
    value = one[name] or ""
    answers = {answer: one["answers"].get(answer, 0) for answer in ANSWER_WORDS if one["answers"].get(answer)}
    return Bar(value=value, title=one.get(title) or value, records=one["records"], answers=answers)


def _summary(here: Here, run_id: str) -> dict[str, Any]:
    path = here.workspace.run_folder(run_id) / "summary.json"
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def _trend(connection: Connection, inventory_id: str) -> list[Point]:
    """The last runs that are done, the oldest first."""
    query = (
        sa.select(run.c.id, run.c.number, run.c.ended_at, run.c.result)
        .where(run.c.inventory_id == inventory_id, run.c.state == "done")
        .order_by(run.c.number.desc())
        .limit(_RUNS)
    )
    return [
        Point(
            run_id=row.id,
            number=row.number,
            day=row.ended_at[:10],
            answers={one["answer"]: one["records"] for one in row.result["answers"]},
        )
        for row in reversed(connection.execute(query).all())
    ]
