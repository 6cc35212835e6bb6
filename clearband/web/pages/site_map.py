"""``/runs/{run}/map``: the sites of a run by their strictest answer."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from clearband.reports.answers import RANK
from clearband.web.answering import With, page
from clearband.web.drawing.base_map import base_map
from clearband.web.drawing.sites_map import Site, sites_map
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, latest_run, opened, run_of
from clearband.workspace.view import SiteCount, site_counts

router = APIRouter(tags=["map"])

_LISTED: Final = 500


class OnMap(BaseModel):
    """A site: where it is, if the inventory says so, and its records by answer."""

    name: str
    latitude: float | None
    longitude: float | None
    records: int
    answers: dict[str, int]
    strictest: str


class SitesMap(BaseModel):
    """Sites of a run, the strictest and largest first."""

    run: Run
    sites: list[OnMap]
    placed: int
    sources: list[dict[str, str]]


@page(router, "/runs/{run_id}/map", "map.html.j2")
def of_run(here: Here, run_id: str) -> With[SitesMap]:
    """The sites of a run on a map."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
        run = run_of(connection, found.run)
    sites = sorted((_site(one) for one in site_counts(found.view)), key=_order)
    placed = [_placed(run_id, one) for one in sites if one.latitude is not None]
    shown = SitesMap(run=run, sites=sites, placed=len(placed), sources=list(base_map().sources))
    title = f"Map of {len(placed)} sites of {run.inventory}; the table below says the same"
    return With(shown, listed=_LISTED, picture=lambda: sites_map(placed, title=title) if placed else "")


@page(router, "/map", "map.html.j2")
def of_the_latest(here: Here) -> Response:
    """The map of the latest run."""
    with here.reading() as connection:
        run_id = latest_run(connection)
    return RedirectResponse(f"/runs/{run_id}/map", status_code=303)


def _site(one: SiteCount) -> OnMap:
    strictest = min(one.answers, key=lambda answer: RANK.get(answer, -1))
    return OnMap(
        name=one.name,
        latitude=one.latitude,
        longitude=one.longitude,
        records=sum(one.answers.values()),
        answers=one.answers,
        strictest=strictest,
    )


def _order(one: OnMap) -> tuple[int, int, str]:
    return (RANK.get(one.strictest, -1), -one.answers[one.strictest], one.name)


def _placed(run_id: str, one: OnMap) -> Site:
    assert one.latitude is not None
    assert one.longitude is not None
    query = urlencode({"site": one.name})
    address = f"/runs/{run_id}/findings?{query}"
    return Site(one.name or "no site stated", one.latitude, one.longitude, one.answers, address)
