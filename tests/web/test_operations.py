"""Health, the log, and what is told of defects."""

from __future__ import annotations

import errno
import io
import json
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from clearband.web import health
from clearband.web.problems import of_exception
from clearband.workspace.place import Workspace
from tests.web.conftest import form_token


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_of_json(local: TestClient, log: io.StringIO) -> None:
    answer = local.get("/about?format=json")
    (line,) = lines(log)
    assert line["path"] == "/about"
    assert line["status"] == 200
    assert line["by"] == "local"
    assert line["id"] == answer.headers["x-request-id"]


def test_a_defect_is_told_by_an_id_that_is_in_the_log(
    local: TestClient, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_server: object) -> None:
        raise ZeroDivisionError("a detail of the inside")

    monkeypatch.setattr(health, "_disk", broken)
    for form in ("json", "html"):
        answer = local.get(f"/health/ready?format={form}")
        assert answer.status_code == 500
        assert "Traceback" not in answer.text
        assert "a detail of the inside" not in answer.text
        assert answer.headers["x-request-id"] in answer.text
        assert answer.headers["content-security-policy"]
    defects = [line for line in lines(log) if line["event"] == "defect"]
    assert len(defects) == 2
    assert "ZeroDivisionError" in str(defects[0]["exception"])


def test_it_is_not_ready_with_a_full_disk_or_without_its_database(
    local: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert local.get("/health/ready").json()["ready"] is True
    monkeypatch.setattr(health, "ROOM_BYTES", 10**18)
    full = local.get("/health/ready")
    assert full.status_code == 503
    assert [one["name"] for one in full.json()["checks"] if not one["good"]] == ["disk"]
    with local.app.state.server.workspace.engine.begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    assert "database" in [
        one["name"] for one in local.get("/health/ready").json()["checks"] if not one["good"]
    ]


def test_counts_name_routes_and_never_addresses(local: TestClient) -> None:
    local.get("/tokens/someones-id")
    local.request("BREW", "/pot")
    text = local.get("/metrics").text
    assert 'route="/tokens/{token_id}"' in text
    assert "someones-id" not in text
    assert 'method="other",route="other"' in text


def test_a_full_disk_is_told_as_that(local: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"name": "x", "roles": ["viewer"], "form_token": form_token(local)}
    local.get("/about")
    with monkeypatch.context() as patched:
        engine = local.app.state.server.workspace.engine  # type: ignore[attr-defined]
        if engine.dialect.name == "sqlite":
            # It may add no page more: soon it says what it says of a full disk.
            sa.event.listen(engine, "begin", _fill)
            sent = (local.post("/people", json={"name": f"{number:0100}"}) for number in range(100))
            full = next(answer for answer in sent if answer.status_code != 201)
            sa.event.remove(engine, "begin", _fill)
            engine.dispose()
            assert (full.status_code, full.json()["detail"]) == (507, "the disk is full")

        def no_room(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patched.setattr("starlette.datastructures.UploadFile.write", no_room)
        spooled = local.post("/tokens", data=said, files={"file": ("a.csv", b"x" * 2_000_000)})
        assert (spooled.status_code, spooled.json()["title"]) == (413, "Too large")
        spooled = local.post("/tokens", data=said, files={"file": ("a.csv", b"x" * 200_000)})
        assert (spooled.status_code, spooled.json()["detail"]) == (507, "the disk is full")
    assert local.post("/people", json={"name": "x", "roles": []}).status_code == 201


def _fill(connection: sa.Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_where_all_connections_are_taken_that_is_told_and_ends(
    local: TestClient, log: io.StringIO, place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place.engine.pool, "_timeout", 0.01)
    with ExitStack() as taken:
        for _ in range(20):
            taken.enter_context(place.engine.connect())
        told = local.get("/inventories?format=json")
        assert (told.status_code, told.json()["type"].rpartition("/")[2]) == (503, "busy")
        assert told.headers["retry-after"]
        assert local.get("/health/ready").status_code == 503
    assert local.get("/inventories?format=json").status_code == 200
    assert "defect" not in log.getvalue()


@pytest.mark.parametrize("database", [None])
def test_a_disk_that_can_only_be_read_is_told(local: TestClient, place: Workspace, log: io.StringIO) -> None:
    local.get("/about")  # the first request notes who is here

    @sa.event.listens_for(place.engine, "begin")
    def _only_reads(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    told = local.post("/inventories", json={"name": "North"})
    assert (told.status_code, told.json()["detail"]) == (507, "the disk can only be read")
    assert local.get("/inventories?format=json").status_code == 200
    assert "defect" not in log.getvalue()
    written = of_exception(OSError(errno.EROFS, "Read-only file system"))
    assert written is not None
    assert written.problem.detail == told.json()["detail"]
