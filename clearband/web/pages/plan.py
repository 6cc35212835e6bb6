"""``/plan``: the way out, where a plan was given to the server."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from pydantic import BaseModel

from clearband.reports.plan.chart import Chart, Table
from clearband.reports.plan.page import SECTIONS
from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.workspace.errors import NotFoundError

router = APIRouter(tags=["plan"])


class Cost(BaseModel):
    """A kind of cost: as paid, and discounted to the first quarter."""

    kind: str
    paid: float | None
    discounted: float


class Numbers(BaseModel):
    """The numbers of a chart; the first column holds what the row is about."""

    caption: str
    columns: list[str]
    rows: list[list[Any]]


class Drawn(BaseModel):
    """A chart. Its picture is on the page; its numbers are here."""

    section: str
    title: str
    notes: list[str]
    numbers: Numbers | None


class Plan(BaseModel):
    """What the plan comes to, made anew from its rows."""

    title: str
    currency: str
    sites: int
    clusters: int
    lead: list[str]
    lines: list[str]
    breaks: list[str]
    costs: list[Cost]
    charts: list[Drawn]
    network_sha256: str


@page(router, "/plan", "plan_page.html.j2")
def plan(here: Here) -> With[Plan]:
    """The plan: what it comes to, where and when, and whether it keeps the rules of its network."""
    drawn = here.server.plan
    if drawn is None:
        raise NotFoundError(
            "no plan was given to this server", remedy="clearband serve --network NET --plan PLAN"
        )
    network, summary = drawn.network, drawn.summary
    found = Plan(
        title=network.settings.title,
        currency=network.settings.currency,
        sites=network.sites.height,
        clusters=network.clusters.height,
        lead=list(summary.lead),
        lines=list(summary.lines),
        breaks=list(summary.broken),
        costs=[Cost(kind=kind, paid=paid, discounted=worth) for kind, paid, worth in summary.costs],
        charts=[_drawn(chart) for chart in drawn.charts],
        network_sha256=network.sha256,
    )
    return With(found, sections=lambda: _sections(drawn.charts))


def _drawn(chart: Chart) -> Drawn:
    return Drawn(
        section=chart.section, title=chart.title, notes=list(chart.notes), numbers=_numbers(chart.table)
    )


def _numbers(table: Table | None) -> Numbers | None:
    if table is None:
        return None
    return Numbers(caption=table.caption, columns=list(table.columns), rows=[list(row) for row in table.rows])


def _sections(charts: tuple[Chart, ...]) -> list[tuple[str, list[tuple[Chart, Markup]]]]:
    """Heading to the charts under it, each with its picture."""
    return [
        (heading, [(one, _picture(one)) for one in charts if one.section == name])
        for name, heading in SECTIONS.items()
        if any(one.section == name for one in charts)
    ]


def _picture(chart: Chart) -> Markup:
    # Made by us, and escaped there.
    return Markup(chart.drawing.svg(alone=False) if chart.drawing else "")  # noqa: S704
