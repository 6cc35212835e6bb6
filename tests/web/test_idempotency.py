"""What is sent twice is done once."""

from __future__ import annotations

import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import pytest
from fastapi import APIRouter
from httpx2 import Response
from pydantic import BaseModel, Field
from starlette.testclient import TestClient

from clearband.web.answering import Made, change
from clearband.web.bodies import Body
from clearband.web.settings import Settings
from clearband.workspace import people, uploads
from clearband.workspace.ledger import Ledger
from clearband.workspace.place import Workspace
from clearband.workspace.roles import ADMIN
from tests.web.conftest import app_of, form_token
from tests.workspace.conftest import database, postgres, workspace

__all__ = ["database", "postgres", "workspace"]

router = APIRouter()


class NewPerson(Body):
    name: Annotated[str, Field(min_length=1)]


class Person(BaseModel):
    id: str
    name: str


@change(router, "/try/people", role=ADMIN, made=True)
def add(ledger: Ledger, body: NewPerson) -> Made[Person]:
    """Add a person."""
    row = people.add(ledger, body.name)
    return Made(Person(id=row["id"], name=row["name"]), f"/try/people/{row['id']}", version=row["version"])


def client_of(workspace: Workspace) -> TestClient:
    app = app_of(workspace, Settings())
    app.include_router(router)
    return TestClient(app, base_url="http://127.0.0.1:8889")


def named(client: TestClient, name: str) -> int:
    with client.app.state.server.workspace.engine.connect() as connection:  # type: ignore[attr-defined]
        return list(people.names(connection).values()).count(name)


def test_a_request_that_is_sent_again_is_answered_as_before(workspace: Workspace) -> None:
    client, key = client_of(workspace), {"idempotency-key": "k-1"}
    first = client.post("/try/people", json={"name": "Ann"}, headers=key)
    again = client.post("/try/people", json={"name": "Ann"}, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    assert named(client, "Ann") == 1
    other = client.post("/try/people", json={"name": "Ben"}, headers=key)
    assert (other.status_code, other.json()["type"][-8:]) == (422, "key-used")


def test_two_at_once_make_one(workspace: Workspace) -> None:
    client, key = client_of(workspace), {"idempotency-key": "k-2"}
    client.get("/about")
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(client.post, "/try/people", json={"name": "Cho"}, headers=key) for _ in range(4)]
        answers = [one.result() for one in sent]
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert named(client, "Cho") == 1


def test_a_file_that_is_sent_again_while_it_is_stored_is_stored_once(
    local: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = local.post("/inventories", json={"name": "North"}).json()["id"]
    begun, go_on, receive = threading.Event(), threading.Event(), uploads.receive

    def slowly(*said: Any, **more: Any) -> uploads.Received:
        begun.set()
        assert go_on.wait(20)
        return receive(*said, **more)

    monkeypatch.setattr(uploads, "receive", slowly)

    def send() -> Response:
        said = {"form_token": form_token(local), "idempotency_key": "k-5"}
        return local.post(
            f"/inventories/{of}/uploads",
            data=said,
            files={"file": ("a.csv", b"Maker\nZTE\n")},
            follow_redirects=False,
        )

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send)
        assert begun.wait(20)
        meanwhile = send()
        go_on.set()
    assert (meanwhile.status_code, meanwhile.json()["type"][-9:]) == (409, "under-way")
    again = send()
    assert first.result().status_code == again.status_code == 303
    assert first.result().headers["location"] == again.headers["location"]
    assert len(local.get(f"/inventories/{of}").json()["waiting"]) == 1


def test_what_failed_may_be_tried_again_with_the_same_key(workspace: Workspace) -> None:
    client, key = client_of(workspace), {"idempotency-key": "k-3"}
    assert client.post("/try/people", json={"name": " "}, headers=key).status_code == 422
    assert client.post("/try/people", json={"name": "Dee"}, headers=key).status_code == 201


def test_a_secret_is_not_kept_for_a_request_that_is_sent_again(local: TestClient, log: io.StringIO) -> None:
    key = {"idempotency-key": "k-4"}
    said = {"name": "x", "roles": ["viewer"]}
    secret = local.post("/tokens", json=said, headers=key).json()["secret"]
    with local.app.state.server.workspace.engine.connect() as connection:  # type: ignore[attr-defined]
        kept = connection.exec_driver_sql("SELECT body FROM request").fetchall()
    assert secret not in json.dumps([list(row) for row in kept])
