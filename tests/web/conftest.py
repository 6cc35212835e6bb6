"""Servers for tests: in this process for rules, one real process for what a browser does."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from clearband.planning.network import read_network
from clearband.web.app import make_app
from clearband.web.logs import log_to
from clearband.web.settings import OpenIdProvider, Settings
from clearband.web.signing_in.who import cookie_name
from clearband.workspace import people, sessions
from clearband.workspace.database import writing
from clearband.workspace.ledger import PROGRAM, Actor, Ledger
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.roles import ADMIN
from tests.cli.screened_lists import ARCHER, ZTE, listed, own_folder
from tests.listing.made_list import MadeList, day
from tests.reports.plan.conftest import made_network, made_plan
from tests.web.browser import chromium
from tests.workspace.conftest import database as database
from tests.workspace.conftest import postgres as postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEAM = Settings(
    base_url="https://clearband.example", provider=OpenIdProvider("https://login.example", "clearband")
)


@pytest.fixture
def place(tmp_path: Path, database: str | None) -> Iterator[Workspace]:
    """An empty workspace, on SQLite and on PostgreSQL."""
    made = open_workspace(tmp_path / "workspace", database, make=True)
    yield made
    made.engine.dispose()


@pytest.fixture
def log() -> io.StringIO:
    """What the server logs."""
    return io.StringIO()


def app_of(workspace: Workspace, settings: Settings, log: io.StringIO | None = None) -> FastAPI:
    return make_app(workspace, settings, log=log_to(log or io.StringIO()))


@pytest.fixture
def local(place: Workspace, log: io.StringIO) -> Iterator[TestClient]:
    """A program that asks a server in local mode."""
    app = app_of(place, Settings(), log)
    with TestClient(app, base_url="http://127.0.0.1:8889", client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def team(place: Workspace, log: io.StringIO) -> Iterator[TestClient]:
    """A stranger who asks a server with sign-in."""
    app = app_of(place, TEAM, log)
    with TestClient(
        app, base_url="https://clearband.example", client=("203.0.113.7", 50000), follow_redirects=False
    ) as client:
        yield client


def form_token(client: TestClient) -> str:
    """The token of the forms of whoever this client is."""
    text = client.get("/tokens", headers={"accept": "text/html"}).text
    return text.partition('name="form_token" value="')[2].partition('"')[0]


def person(workspace: Workspace, name: str, *roles: str) -> str:
    """Add somebody; gives their key."""
    with writing(workspace.engine) as connection:
        ledger = Ledger(connection, Actor(PROGRAM.person_id, PROGRAM.name, frozenset({ADMIN})))
        return str(people.add(ledger, name, roles=roles)["id"])


@pytest.fixture
def sign_in(team: TestClient, place: Workspace) -> Callable[..., str]:
    """Signs the client in as a new person with roles, as the sign-in does; gives the person's key."""

    def sign(name: str, *roles: str) -> str:
        key = person(place, name, *roles)
        team.cookies.set(cookie_name(team.app.state.server), sessions.begin(place, key))
        return key

    return sign


OWN = {"origin": "https://clearband.example"}
"""What a browser sends with a form of a page of this server."""


@pytest.fixture(scope="session")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list with an entry that may be bought, and one that is suspended."""
    made = MadeList()
    listed(made, ARCHER, "2026-02-01")
    listed(made, ZTE, "2026-03-01")
    made.step("suspend", "2026-04-01", entry="zte", reply_until=day("2026-04-30"))
    folder = tmp_path_factory.mktemp("approved") / "list"
    own_folder(made, str(folder))
    return folder


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A network of some sites, and a plan for it."""
    folder = tmp_path_factory.mktemp("planned")
    made = made_network()
    net, plan = made.write(folder / "net"), made_plan(made)
    plan.claims.setdefault("network_sha256", read_network(net).sha256)
    return net, plan.write(folder / "plan")


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, approved: Path, planned: tuple[Path, Path]
) -> Iterator[str]:
    """The address of a real server process in local mode, on a free port, with a list and a plan."""
    net, plan = map(str, planned)
    more = ("--approved", str(approved), "--network", net, "--plan", plan)
    with served(tmp_path_factory.mktemp("served") / "workspace", *more) as (address, _):
        yield address


@contextmanager
def served(folder: Path, *more: str, env: dict[str, str] | None = None) -> Iterator[tuple[str, Popen[str]]]:
    """``clearband serve`` as a process; gives its address when it answers."""
    command = [sys.executable, "-m", "clearband", "serve", "--workspace", str(folder), "--port", "0", *more]
    with (folder.parent / "serve.log").open("w") as log:
        process = Popen(command, stdout=PIPE, stderr=log, text=True, env={**os.environ, **(env or {})})
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert " at http" in line, (folder.parent / "serve.log").read_text()
        yield line.partition(" at ")[2].partition(" ")[0], process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except TimeoutExpired:
            process.kill()
            raise
        finally:
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with chromium() as found:
        yield found
