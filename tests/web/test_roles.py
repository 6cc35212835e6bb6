"""Every address, asked by those who may not: a stranger, somebody without a role, a viewer, an analyst."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from clearband.web.app import ROUTERS
from clearband.workspace import trail
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace
from tests.web.conftest import OWN

SignIn = Callable[..., str]
OPEN = (
    "/favicon.ico",
    "/health",
    "/static",
    "/sign-in",
    "/sign-out",
    "/signed-out",
    "/openapi.json",
    "/metrics",
)
"""What a stranger may ask: whether the server lives, its files, and to be let in."""
OF_ADMINS = ("/people", "/trail", "/settings")
OF_VIEWERS = (
    "/tokens",
    "/assignments/",
    "/decisions/{decision_id}/withdraw",
    "/answers/{answer_id}/withdraw",
)
"""Changes of what is one's own, or that are refused by whose it is."""


def routes(method: str) -> list[str]:
    every = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return sorted({one.path for one in every if method in one.methods and not one.path.startswith(OPEN)})


def filled(path: str) -> str:
    return re.sub(r"\{(?:number)\}", "0", re.sub(r"\{(?!number)[a-z_:]+\}", "0" * 32, path))


@pytest.fixture
def head(place: Workspace) -> Iterator[None]:
    """Whatever is asked, the trail ends as it did."""

    def now() -> tuple[int, str]:
        with reading(place.engine) as connection:
            return trail.head(connection)

    yield
    assert now()[0] <= 3, "people and their sessions alone"


@pytest.mark.usefixtures("head")
def test_a_stranger_is_let_in_nowhere(team: TestClient) -> None:
    for path in routes("GET"):
        assert team.get(filled(path)).status_code == 401, path
    for path in routes("POST"):
        assert team.post(filled(path), json={}, headers=OWN).status_code == 401, path


@pytest.mark.usefixtures("head")
def test_whoever_has_no_role_sees_and_does_nothing(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Nobody yet")
    for path in routes("GET"):
        assert team.get(filled(path)).status_code == 403, path
    for path in routes("POST"):
        assert team.post(filled(path), json={}, headers=OWN).status_code == 403, path


@pytest.mark.usefixtures("head")
def test_a_viewer_changes_nothing(team: TestClient, sign_in: SignIn) -> None:
    sign_in("A viewer", "viewer")
    for path in routes("POST"):
        found = team.post(filled(path), json={}, headers={**OWN, "if-match": '"1"'})
        allowed = (403, 404, 422) if path.startswith(OF_VIEWERS) else (403,)
        assert found.status_code in allowed, (path, found.status_code, found.text[:200])


@pytest.mark.usefixtures("head")
def test_an_analyst_neither_approves_nor_administers(team: TestClient, sign_in: SignIn) -> None:
    sign_in("An analyst", "analyst")
    for path in routes("POST"):
        if path.endswith(("/approve", "/refuse")) or path.startswith(OF_ADMINS):
            found = team.post(filled(path), json={"note": "x"}, headers={**OWN, "if-match": '"1"'})
            assert found.status_code == 403, (path, found.text[:200])
