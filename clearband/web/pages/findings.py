"""``/runs/{run}/findings``: what a run found, filtered, sorted and paged by the server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from clearband.reports.folder.findings_csv import flat
from clearband.web.answering import With, page, sent_on
from clearband.web.documented import PAGE_PROBLEMS
from clearband.web.here import Here, here_for
from clearband.web.pages.of_run import Run, latest_run, opened, run_of
from clearband.web.table_links import TableLinks
from clearband.workspace import view
from clearband.workspace.looking import Opened
from clearband.workspace.roles import VIEWER
from clearband.workspace.view import FACETS

router = APIRouter(tags=["findings"])

_AT_ONCE: Final = 5_000
Values = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]


class Asked(BaseModel):
    """What is wanted: each filter by one or several values, an empty one for rows without any."""

    table: Literal["records", "findings"] = "records"
    answer: Values = []
    state: Values = []
    directive: Values = []
    maker: Values = []
    category: Values = []
    site: Values = []
    region: Values = []
    network: Values = []
    purpose: Values = []
    made_in: Values = []
    q: Annotated[str, Field(max_length=200)] = ""
    sort: Literal[view.SORTS] = "answer"  # type: ignore[valid-type]
    descending: bool = False
    page: Annotated[int, Field(ge=1, le=10_000_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50

    def query(self) -> view.Query:
        """The same as a view takes it."""
        filters = {name: tuple(getattr(self, name)) for name in FACETS if getattr(self, name)}
        return view.Query(self.table, filters, self.q, self.sort, self.descending)


class Finding(BaseModel):
    """A record, and what one clause says of it; in the table of records the record alone."""

    number: int
    record_id: str | None
    source: str | None
    serial: str | None
    identity: str
    record_answer: str | None
    maker: str | None
    maker_name: str | None
    brand: str | None
    model: str | None
    category: str | None
    site: str | None
    region: str | None
    network: str | None
    purpose: str | None
    made_in: str | None
    quantity: int | None
    confidence: float | None
    state: str
    answer: str | None
    findings: int | None = None
    directive: str | None = None
    directive_title: str | None = None
    clause: str | None = None
    cite: str | None = None
    event: str | None = None
    event_date: str | None = None
    until: str | None = None
    ground: str | None = None
    question: str | None = None
    verified: bool | None = None
    own: bool | None = None


class FacetValue(BaseModel):
    """A value, how many rows it leaves, and whether it is filtered by."""

    value: str
    title: str
    rows: int
    chosen: bool


class Facet(BaseModel):
    """A column to filter by, and how many of its values are not listed."""

    name: str
    values: list[FacetValue]
    others: int


class Findings(BaseModel):
    """Rows of a run, with what they could be filtered by."""

    run: Run
    table: str
    total: int
    page: int
    pages: int
    size: int
    rows: list[Finding]
    facets: list[Facet]


@page(router, "/runs/{run_id}/findings", "findings.html.j2")
def findings(here: Here, run_id: str, asked: Annotated[Asked, Query()]) -> With[Findings]:
    """Findings of a run, or its records, filtered and sorted."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
        run = run_of(connection, found.run)
    query = asked.query()
    total = len(found.chosen(query))
    pages = max(1, -(-total // asked.size))
    at = min(asked.page, pages)
    shown = Findings(
        run=run,
        table=query.table,
        total=total,
        page=at,
        pages=pages,
        size=asked.size,
        rows=[Finding(**_known(row)) for row in found.page(query, (at - 1) * asked.size, asked.size)],
        facets=[
            Facet(
                name=facet.name,
                values=[FacetValue(**asdict(value)) for value in facet.values],
                others=facet.others,
            )
            for facet in found.facets(query)
        ],
    )
    return With(shown, asked=asked, links=TableLinks(here.request))


_FIELDS: Final = frozenset(Finding.model_fields)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in _FIELDS}


@router.get(
    "/runs/{run_id}/findings.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}, **PAGE_PROBLEMS},
)
def as_csv(
    here: Annotated[Here, Depends(here_for(VIEWER))], run_id: str, asked: Annotated[Asked, Query()]
) -> Response:
    """The same rows, all of them, as CSV for spreadsheets: no cell is a formula."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
    name = f"{asked.table}-{run_id[:12]}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingResponse(
        _csv(found, asked.query()), media_type="text/csv; charset=utf-8", headers=headers
    )


def _csv(found: Opened, query: view.Query) -> Iterator[bytes]:
    rows = found.chosen(query)
    for start in range(0, max(len(rows), 1), _AT_ONCE):
        frame = view.row_frame(found.view, query.table, rows[start : start + _AT_ONCE], found.states)
        text = flat(frame.drop("number", "fingerprint")).write_csv(
            include_bom=start == 0, include_header=start == 0, line_terminator="\r\n"
        )
        yield text.encode()


@page(router, "/findings", "findings.html.j2")
def of_the_latest(here: Here) -> Response:
    """The findings of the latest run."""
    with here.reading() as connection:
        run_id = latest_run(connection)
    query = here.request.url.query
    return sent_on(here, f"/runs/{run_id}/findings{'?' if query else ''}{query}")
