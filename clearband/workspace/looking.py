"""Look at runs: tables of findings and records with their filters, and what a team said laid over them."""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, said
from clearband.workspace.carry import Compared
from clearband.workspace.errors import NotFoundError, StateError
from clearband.workspace.ledger import Row, row_of
from clearband.workspace.place import Workspace
from clearband.workspace.stand import standing
from clearband.workspace.tables import decision, run
from clearband.workspace.view import (
    STATES,
    Chosen,
    Codes,
    Facet,
    Overlay,
    Query,
    SiteCount,
    View,
    choose,
    facets,
    open_view,
    overlay,
    rows,
    write_view,
)
from clearband.workspace.view.recent import Recent

_MEGABYTE: Final = 1 << 20
_KEPT: Final = 32 * _MEGABYTE
"""Bytes that a server keeps of each: rows that were chosen, comparisons."""
_OF_PAGES: Final = 8 * _MEGABYTE
"""Bytes that a server keeps of each: facets, sites, overlays."""
_VALUE: Final = 500
"""Bytes of a value of a facet, or of a site, about, without its letters."""
_LETTER: Final = 4
"""Bytes of a letter, at the most. A cell may have thousands."""
_OPEN: Final = 96 * _MEGABYTE
"""Bytes of what is read of the runs that a server keeps open."""


@dataclass(frozen=True)
class Opened:
    """A run that is done, as it stands now.

    Attributes:
        run: Its row.
        view: Its columns.
        states: What the team said of its findings.
        key: Changes with what the team said, and with the day.
    """

    run: Row
    view: View
    states: Overlay
    key: tuple[Any, ...]
    _looking: Looking
    _chosen: dict[tuple[object, ...], Chosen] = field(default_factory=dict)

    def chosen(self, query: Query) -> Codes:
        """The rows that a query chooses, in order.

        Raises:
            InvalidError: It cannot be asked.
        """
        query = query.checked()
        if query.leaves_all:
            # To be kept it would have to stay mapped, and there is nothing to work out.
            return self._choose(query).rows
        return self._looking.chosen.get((self.key, query.key), lambda: self._choose(query).rows)

    def _choose(self, query: Query) -> Chosen:
        """With the masks, which are kept no longer than what is opened: facets of the same page need them."""
        if query.key not in self._chosen:
            self._chosen[query.key] = choose(self.view, query, self.states)
        return self._chosen[query.key]

    def facets(self, query: Query) -> tuple[Facet, ...]:
        """What each filter could be turned to."""
        query = query.checked()
        # No matter in which order.
        key = (self.key, query.key[:3])
        return self._looking.counted.get(
            key, lambda: facets(self.view, query, self._choose(query), self.states)
        )

    def page(self, query: Query, start: int, count: int) -> list[Row]:
        """Some of the rows that a query chooses.

        Args:
            start: The first, from 0.
            count: How many at most.
        """
        return rows(self.view, query.table, self.chosen(query)[start : start + count], self.states)

    def state_of_record(self, number: int) -> str:
        """Where a record stands: as the first of its findings in `STATES`."""
        return STATES[self.states.records[number]]


class Looking:
    """Opens runs, and keeps what was looked at lately; one a server."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._views: Recent[View] = Recent(_OPEN, lambda view: view.bytes)
        self._lock = threading.Lock()
        self._opening: weakref.WeakValueDictionary[str, threading.Lock] = weakref.WeakValueDictionary()
        self._overlays: Recent[Overlay] = Recent(
            _OF_PAGES, lambda one: one.findings.nbytes + one.records.nbytes
        )
        self.chosen: Recent[Codes] = Recent(_KEPT, lambda rows: rows.nbytes)
        self.sites: Recent[list[SiteCount]] = Recent(
            _OF_PAGES, lambda one: sum(_VALUE + _LETTER * len(site.name) for site in one)
        )
        self.compared: Recent[Compared] = Recent(_KEPT, lambda one: int(one.table.estimated_size()))
        self.counted: Recent[tuple[Facet, ...]] = Recent(
            _OF_PAGES,
            lambda one: sum(
                _VALUE + _LETTER * (len(value.value) + len(value.title))
                for facet in one
                for value in facet.values
            ),
        )

    def opened(self, connection: Connection, run_id: str, *, today: date | None = None) -> Opened:
        """Open a run.

        Args:
            today: The day on which decisions count; None is the day in UTC.

        Raises:
            NotFoundError: There is no such run.
            StateError: It is not done.
        """
        row = row_of(connection, run, run_id)
        if row["state"] != "done":
            remedy = "wait until it is done" if row["state"] in ("queued", "running") else "start another one"
            raise StateError(f"the run is {row['state']}", where=run_id, remedy=remedy)
        view = self._view(run_id)
        day = today or clock.today()
        versions = connection.execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(decision.c.version), 0)).where(
                decision.c.inventory_id == row["inventory_id"]
            )
        ).one()
        key = (run_id, *versions, day)
        states = self._overlays.get(
            key, lambda: overlay(view, standing(view, said.decisions(connection, row["inventory_id"]), day))
        )
        return Opened(row, view, states, key, self)

    def _view(self, run_id: str) -> View:
        with self._lock:
            # It goes with the last one who holds it or waits for it.
            opening = self._opening.setdefault(run_id, threading.Lock())
        # One at a time, so that nobody prepares what somebody else prepares.
        with opening:
            return self._views.get(run_id, lambda: self._open(run_id))

    def _open(self, run_id: str) -> View:
        place = self._workspace.view_folder(run_id)
        try:
            return open_view(place)
        except NotFoundError:
            # Restored from a backup, or made by another version: the run has all that it is made of.
            identities = pl.read_parquet(self._workspace.identities_file(run_id), glob=False)
            write_view(self._workspace.run_folder(run_id), identities, place)
            return open_view(place)
