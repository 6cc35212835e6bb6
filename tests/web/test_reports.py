"""Drafts of a run are taken away as files; the pack for an auditor proves what the team decided."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from clearband.cli.main import main
from clearband.web.pages import reports
from clearband.web.settings import Settings
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.turns import Turns
from clearband.workspace.worker import Worker
from tests.web.conftest import app_of
from tests.web.test_work import ROWS, screened

MAGIC = {"pdf": b"%PDF-", "xlsx": b"PK", "html": b"<!doctype html>", "zip": b"PK"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = open_workspace(tmp_path_factory.mktemp("reports") / "workspace", make=True)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def client(place: Workspace) -> Iterator[TestClient]:
    app = app_of(place, Settings())
    with TestClient(app, base_url="http://127.0.0.1:8889", client=("127.0.0.1", 50000)) as made:
        made.headers["origin"] = "http://127.0.0.1:8889"
        yield made


@pytest.fixture(scope="module")
def run(client: TestClient, place: Workspace) -> str:
    address = screened(client, place, ROWS.encode())
    token = client.app.state.server.local_token  # type: ignore[attr-defined]
    client.post(f"{address}/records/0/decisions", json={"kind": "confirmed", "reason": "Seen on the tower"})
    file = {"file": ("label.txt", b"Made in Shenzhen")}
    client.post(f"{address}/records/0/attachments", data={"form_token": token}, files=file)
    return address


def test_each_draft_can_be_had_in_each_of_its_formats(client: TestClient, run: str) -> None:
    drafts = client.get(f"{run}/reports").json()["drafts"]
    assert {one["kind"] for one in drafts} >= {
        "board",
        "section-889",
        "fcc-annual",
        "reimbursement",
        "evidence",
    }
    for one in drafts:
        form = one["formats"][0]
        got = client.get(f"{run}/reports/{one['kind']}.{form}")
        assert got.status_code == 200, (one["kind"], got.text[:300])
        assert got.content[:20].lower().startswith(MAGIC[form].lower()), one["kind"]
        assert got.headers["content-disposition"].startswith("attachment")


def test_a_draft_that_cannot_be_made_says_why_and_not_where_the_server_keeps_runs(
    client: TestClient, place: Workspace, monkeypatch: pytest.MonkeyPatch, run: str
) -> None:
    where = place.run_folder(run.rpartition("/")[2])
    told = subprocess.CompletedProcess(
        (), 2, "", f"clearband: {where}: the run did not ask; see {where}/run.json\n"
    )
    monkeypatch.setattr("clearband.web.pages.reports.subprocess.run", lambda *_, **__: told)
    got = client.get(f"{run}/reports/board.pdf", headers={"accept": "application/json"})
    assert got.status_code >= 400
    assert "the run did not ask; see the run/run.json" in got.text
    assert str(place.folder) not in got.text


def test_what_a_run_did_not_ask_is_told_before_a_draft_is_asked_for(
    client: TestClient, place: Workspace
) -> None:
    of = client.post("/inventories", json={"name": "Fund"}).json()["id"]
    token = client.app.state.server.local_token  # type: ignore[attr-defined]
    file = {"file": ("a.csv", ROWS.encode())}
    sent = client.post(f"/inventories/{of}/uploads", data={"form_token": token}, files=file)
    client.post(f"{sent.url.path}/take", json={}, headers={"if-match": '"1"'})
    asked = {"actors": ["usf-recipient"], "on": "2026-06-01"}
    run = client.post(f"/inventories/{of}/runs", json=asked).headers["location"]
    assert Worker(place).once()
    drafts = client.get(f"{run}/reports").json()["drafts"]
    made = {one["kind"]: client.get(f"{run}/reports/{one['kind']}.{one['formats'][0]}") for one in drafts}
    assert {kind: got.status_code == 200 for kind, got in made.items()} == {
        one["kind"]: one["missing"] is None for one in drafts
    }
    refused = made["section-889"]
    assert refused.status_code == 409
    assert str(place.folder) not in refused.text
    page = client.get(f"{run}/reports", headers={"accept": "text/html"}).text
    assert "Contractor or offeror to the US government" in page
    assert f'href="{run}/reports/section-889.pdf"' not in page
    assert f'href="{run}/reports/board.pdf"' in page


@pytest.mark.parametrize("name", ["board.exe", "board", "..%2frun.json", "country.pdf", "section-889.zip"])
def test_there_is_no_other_draft(client: TestClient, run: str, name: str) -> None:
    assert client.get(f"{run}/reports/{name}").status_code == 404


def test_the_trail_in_the_pack_can_be_checked_by_its_own_instructions(
    client: TestClient, run: str, place: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "pack.zip"
    command = [
        "workspace",
        "evidence",
        run.rpartition("/")[2],
        "--workspace",
        str(place.folder),
        "--out",
        str(out),
    ]
    assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
    with zipfile.ZipFile(out) as pack:
        names = set(pack.namelist())
        trail = [json.loads(line) for line in pack.read("workspace/trail.jsonl").splitlines()]
        how = pack.read("workspace/TRAIL.txt").decode()
        decisions = json.loads(pack.read("workspace/decisions.json"))
        effects = json.loads(pack.read("workspace/effects.json"))
        attached = json.loads(pack.read("workspace/attachments.json"))
        assert pack.read(f"workspace/files/{attached[0]['sha256']}") == b"Made in Shenzhen"
    assert {"manifest.json", "run/run.json", "workspace/run.json"} <= names
    previous = "0" * 64
    for number, entry in enumerate(trail, 1):
        fields = ("seq", "at", "person_id", "by", "action", "kind", "object_id", "state", "previous")
        text = json.dumps([entry[name] for name in fields], separators=(",", ":"), ensure_ascii=False)
        assert (entry["seq"], entry["previous"]) == (number, previous)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert entry["hash"] == previous
    assert f"Head: {previous}" in how
    states = {entry["object_id"]: json.loads(entry["state"]) for entry in trail}
    assert [one["reason"] for one in decisions] == ["Seen on the tower"]
    assert all(states[one["id"]] == one for one in [*decisions, *attached])
    assert effects["effects"] == {one["id"]: one["state"] for one in decisions}


def test_who_comes_when_too_many_wait_is_told_so_at_once(
    client: TestClient, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(1, 1, "many drafts are being made")
    monkeypatch.setattr(reports, "_TURNS", turns)
    with turns.turn():
        busy = client.get(f"{run}/reports/evidence.zip")
    assert (busy.status_code, busy.json()["title"]) == (503, "Too much at once")
    assert busy.headers["retry-after"] == "60"
