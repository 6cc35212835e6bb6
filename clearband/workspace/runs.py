"""Runs: a screening of an inventory's files is asked for, waits, is executed by a worker, and stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.directives.law import Law, load_law
from clearband.errors import ClearbandError
from clearband.workspace import clock, inventories, texts, trail, uploads
from clearband.workspace.asked import Asked
from clearband.workspace.errors import InvalidError, StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.paging import Page, page
from clearband.workspace.roles import ANALYST, require
from clearband.workspace.tables import run

PROFILE: Final = 100_000
"""Characters of a profile at most."""
_WORDS: Final = 100
OVER: Final = ("done", "failed", "cancelled")
"""States that no run leaves."""


@lru_cache(maxsize=1)
def _law() -> Law:
    return load_law()


def ask(ledger: Ledger, inventory_id: str, asked: Asked = Asked()) -> Row:  # noqa: B008
    """Ask for a run over the files that an inventory is made of now.

    Returns:
        The run, which waits for a worker.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such inventory.
        StateError: It is archived, or no file was taken.
        InvalidError: What is asked is none; the nearest words are named.
    """
    require(ledger.actor, ANALYST)
    asked = _checked(asked)
    trail.lock(ledger.connection)
    inventories.in_use(ledger.connection, inventory_id)
    files = uploads.taken(ledger.connection, inventory_id)
    if not files:
        raise StateError("no file of the inventory was taken", remedy="upload one, look at it and take it")
    kept = ("file_name", "sha256", "bytes", "reading")
    numbers = sa.select(sa.func.max(run.c.number)).where(run.c.inventory_id == inventory_id)
    values: Row = {
        "inventory_id": inventory_id,
        "number": (ledger.connection.scalar(numbers) or 0) + 1,
        "state": "queued",
        "asked": asked.as_json(),
        "files": [{"upload_id": file["id"]} | {name: file[name] for name in kept} for file in files],
        "created_by": ledger.actor.person_id,
        "created_at": clock.now(),
        "attempt": 0,
    }
    return ledger.insert(run, values, action="ask")


def cancel(ledger: Ledger, run_id: str, *, version: int | None = None) -> Row:
    """End a run: one that waits, or whose worker is gone, at once; one that is executed within seconds.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such run.
        StateError: It is over.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, run, run_id)
    if row["state"] in OVER:
        raise StateError(f"the run is {row['state']}", where=run_id)
    now = clock.now()
    values: Row = {"cancel_asked_at": row["cancel_asked_at"] or now}
    if row["state"] == "queued" or (row["lease_until"] or "") < now:
        values |= {
            "state": "cancelled",
            "ended_at": now,
            "worker": None,
            "lease_until": None,
            "progress": None,
        }
    return ledger.update(run, run_id, values, action="cancel", version=version)


def listed(connection: Connection, inventory_id: str, *, after: str | None = None, limit: int = 50) -> Page:
    """The runs of an inventory, the newest first.

    Raises:
        InvalidError: The limit is none of a page.
    """
    return page(connection, sa.select(run).where(run.c.inventory_id == inventory_id), run, after, limit)


def newest_done(connection: Connection, inventory_id: str, *, before: int | None = None) -> Row | None:
    """The last run of an inventory that is done; None where there is none.

    Args:
        before: Only runs with a lower number.
    """
    wanted = (run.c.inventory_id == inventory_id) & (run.c.state == "done")
    if before is not None:
        wanted &= run.c.number < before
    query = sa.select(run).where(wanted).order_by(run.c.number.desc()).limit(1)
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def _checked(asked: Asked) -> Asked:
    profile = texts.optional_text(asked.profile, "the profile", at_most=PROFILE)
    for name, words in (("actors", asked.actors), ("actions", asked.actions)):
        _few(name, words)
    made = Asked(
        profile,
        asked.actors,
        asked.actions,
        asked.on,
        asked.known_on,
        asked.found_on,
        datetime.now(UTC).date(),
    )
    try:
        made.settings(_law())
    except ClearbandError as error:
        raise InvalidError(error.what, where=error.where, remedy=error.remedy) from None
    return made


def _few(name: str, words: Sequence[str]) -> None:
    if len(words) > _WORDS:
        raise InvalidError(f"more than {_WORDS} {name} are named", remedy="name fewer, or none for all")
