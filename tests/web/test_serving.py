"""``clearband serve`` as a process."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path
from subprocess import run
from sys import executable

import httpx2
import pytest

from clearband.errors import ExitStatus
from clearband.web import connections
from clearband.web.demonstration import fill
from clearband.workspace import tables
from clearband.workspace.database import reading
from clearband.workspace.ledger import row_of
from clearband.workspace.place import open_workspace
from tests.web.conftest import served


def refused(*arguments: str) -> tuple[int, str]:
    done = run(
        [executable, "-m", "clearband", "serve", *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_it_answers_and_stops_within_seconds(tmp_path: Path) -> None:
    for number, by in enumerate((signal.SIGTERM, signal.SIGINT)):
        with served(tmp_path / str(number), "--workers-of-runs", "0") as (address, process):
            with httpx2.Client() as client:
                assert client.get(f"{address}/health/ready").json()["ready"] is True
                begun = time.monotonic()
                process.send_signal(by)
                assert process.wait(15) == ExitStatus.DONE
            assert time.monotonic() - begun < 10
    # What was made is there for the next start, and nobody else on the machine reads it.
    assert (tmp_path / "0").stat().st_mode & 0o077 == 0


def test_who_listens_to_a_run_is_let_go_when_it_stops(tmp_path: Path) -> None:
    place = open_workspace(tmp_path / "workspace", make=True)
    run_id = fill(place)
    place.engine.dispose()
    with (
        served(tmp_path / "workspace", "--workers-of-runs", "0") as (address, process),
        httpx2.stream("GET", f"{address}/runs/{run_id}/events", timeout=60) as events,
    ):
        heard = events.iter_lines()
        assert next(heard) == "event: progress"
        process.send_signal(signal.SIGTERM)
        # The answer has its end, and was not cut off.
        assert [line for line in heard if line.startswith("event")] == []
        assert process.wait(15) == ExitStatus.DONE
    log = (tmp_path / "serve.log").read_text()
    assert "timeout graceful shutdown exceeded" not in log
    assert "Traceback" not in log


def test_it_refuses_to_be_reached_from_elsewhere_without_sign_in(tmp_path: Path) -> None:
    status, said = refused("--host", "0.0.0.0", "--workspace", str(tmp_path / "w"))
    assert status == ExitStatus.USAGE
    assert "listens on this machine only" in said
    assert not (tmp_path / "w").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, said = refused(
            "--port",
            str(taken.getsockname()[1]),
            "--workspace",
            str(tmp_path / "w"),
            "--workers-of-runs",
            "0",
        )
    assert status == ExitStatus.USAGE
    assert said.count("\n") == 1
    assert "cannot listen" in said


def test_headers_without_end_close_the_connection(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as raw:
        raw.sendall(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            send_without_end(raw)
    assert httpx2.get(f"{server}/health/live").status_code == 200


def send_without_end(raw: socket.socket) -> None:
    for _ in range(connections.HEADER_BYTES // 1000 + 200):
        raw.sendall(b"X-More: " + b"x" * 990 + b"\r\n")
        time.sleep(0.001)


def test_a_monitor_asks_for_headers_alone(server: str) -> None:
    for address in ("/about", "/health/live", "/inventories"):
        with httpx2.Client(base_url=server) as client:
            head, whole = client.head(address), client.get(address)
            assert (head.status_code, head.content) == (200, b""), address
            for name in ("content-type", "content-length", "cache-control"):
                assert head.headers[name] == whole.headers[name], (address, name)
            # The connection is in order after it.
            assert client.get(address).content == whole.content
    assert httpx2.head(f"{server}/nowhere").status_code == 404


def test_the_demonstration_has_a_workspace_of_its_own_with_a_run_that_waits(tmp_path: Path) -> None:
    place = open_workspace(tmp_path / "workspace", make=True)
    run_id = fill(place)
    with reading(place.engine) as connection:
        waiting = row_of(connection, tables.run, run_id)
    place.engine.dispose()
    assert waiting["state"] == "queued"
    assert [one["file_name"] for one in waiting["files"]] == ["rural-carrier.csv"]
    status, said = refused("--demo", "--workspace", str(tmp_path / "w"))
    assert status == ExitStatus.USAGE
    assert "a workspace of its own" in said
