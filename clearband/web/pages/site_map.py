"""``/runs/{run}/map``: the sites of a run by their strictest answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from clearband.reports.answers import RANK
from clearband.web.answering import With, page, sent_on
from clearband.web.drawing.base_map import base_map
from clearband.web.drawing.sites_map import Site, sites_map
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, latest_run, opened, run_of
from clearband.web.table_links import TableLinks
from clearband.workspace.view import SiteCount, View, site_counts

router = APIRouter(tags=["map"])

_LISTED: Final = 100


class OnMap(BaseModel):
    """A site: where it is, if the inventory says so, and its records by answer."""

    name: str
    latitude: float | None
    longitude: float | None
    records: int
    answers: dict[str, int]
    strictest: str


class SitesMap(BaseModel):
    """Sites of a run, the strictest and largest first: ``total``, of which ``placed`` have coordinates."""

    run: Run
    total: int
    placed: int
    page: int
    pages: int
    sites: list[OnMap]
    sources: list[dict[str, str]]


class Asked(BaseModel):
    """Which page of the table of sites."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


@page(router, "/runs/{run_id}/map", "map.html.j2")
def of_run(here: Here, run_id: str, asked: Annotated[Asked, Query()]) -> With[SitesMap]:
    """The sites of a run on a map."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
        run = run_of(connection, found.run)
    counts = here.server.looking.sites.get(run_id, lambda: sorted(_counts(found.view), key=_order))
    placed = [one for one in counts if one.latitude is not None]
    pages = max(1, -(-len(counts) // _LISTED))
    at = min(asked.page, pages)
    shown = SitesMap(
        run=run,
        total=len(counts),
        placed=len(placed),
        page=at,
        pages=pages,
        sites=[_site(one) for one in counts[(at - 1) * _LISTED : at * _LISTED]],
        sources=list(base_map().sources),
    )
    title = f"Map of {len(placed)} sites of {run.inventory}; the table below says the same"
    return With(
        shown,
        links=TableLinks(here.request),
        picture=lambda: sites_map([_placed(run_id, one) for one in placed], title=title) if placed else "",
    )


@page(router, "/map", "map.html.j2")
def of_the_latest(here: Here) -> Response:
    """The map of the latest run."""
    with here.reading() as connection:
        run_id = latest_run(connection)
    return sent_on(here, f"/runs/{run_id}/map")


def _counts(view: View) -> list[SiteCount]:
    """Sites of a run. Records that state none are at no one place, wherever each of them is."""
    return [replace(one, latitude=None, longitude=None) if not one.name else one for one in site_counts(view)]


def _site(one: SiteCount) -> OnMap:
    return OnMap(
        name=one.name,
        latitude=one.latitude,
        longitude=one.longitude,
        records=sum(one.answers.values()),
        answers=one.answers,
        strictest=_strictest(one),
    )


def _strictest(one: SiteCount) -> str:
    return min(one.answers, key=lambda answer: RANK.get(answer, -1))


def _order(one: SiteCount) -> tuple[int, int, str]:
    strictest = _strictest(one)
    return (RANK.get(strictest, -1), -one.answers[strictest], one.name)


def _placed(run_id: str, one: SiteCount) -> Site:
    assert one.latitude is not None
    assert one.longitude is not None
    address = f"/runs/{run_id}/findings?{urlencode({'site': one.name})}"
    return Site(one.name or "no site stated", one.latitude, one.longitude, one.answers, address)
