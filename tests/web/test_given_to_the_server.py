"""The approved list and the plan that a server is given to show."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from clearband.listing.as_of import as_of
from clearband.listing.listing_form import listing_json
from clearband.listing.record import ListFolder
from clearband.listing.replay import Replay
from clearband.web.dates import today
from clearband.web.settings import Settings
from clearband.workspace.place import Workspace
from tests.web.conftest import app_of

BROWSER = {"accept": "text/html"}


def test_the_approved_list_is_what_the_folder_says(place: Workspace, approved: Path) -> None:
    client = TestClient(app_of(place, Settings(approved=approved)), base_url="http://localhost")
    found = client.get("/approved").json()
    listings = [listing_json(one) for one in as_of(ListFolder(approved).replayed(None), today())]
    assert found["listings"] == listings[:50]
    assert found["total"] == len(listings) == sum(found["states"].values())
    assert ">Approved list</a>" in client.get("/approved", headers=BROWSER).text
    for one in listings:
        page = client.get(f"/approved/{one['entry']}", headers=BROWSER)
        assert page.status_code == 200, one["entry"]
        assert client.get(f"/approved/{one['entry']}").json()["listing"] == one
    state = listings[0]["state"]
    only = client.get("/approved", params={"state": state}).json()
    assert {one["state"] for one in only["listings"]} == {state}
    assert client.get("/approved", params={"state": "blessed"}).status_code == 422
    assert client.get("/approved", params={"on": "1999-01-01"}).json()["total"] == 0
    assert client.get("/approved/nobody").status_code == 404


def test_the_log_is_replayed_when_it_changed(
    place: Workspace, approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "list"
    shutil.copytree(approved, folder)
    replays: list[date | None] = []
    made = ListFolder.replayed

    def counted(self: ListFolder, known_on: date | None = None, **more: bool) -> Replay:
        replays.append(known_on)
        return made(self, known_on, **more)

    monkeypatch.setattr(ListFolder, "replayed", counted)
    client = TestClient(app_of(place, Settings(approved=folder)), base_url="http://localhost")
    first = client.get("/approved").json()
    entry = first["listings"][0]["entry"]
    assert client.get(f"/approved/{entry}").status_code == 200
    assert client.get("/approved", params={"known_on": "2026-01-01"}).status_code == 200
    assert len(replays) == 2, "as it is known, and as it was known on a day"
    with (folder / "log.jsonl").open("ab") as log:
        log.write(b'{"no": "event"}\n')
    assert client.get("/approved").status_code == 422
    os.truncate(folder / "log.jsonl", (approved / "log.jsonl").stat().st_size)
    assert client.get("/approved").json() == first


def test_the_plan_is_shown_with_its_pictures(place: Workspace, planned: tuple[Path, Path]) -> None:
    settings = Settings(network=planned[0], plan=planned[1])
    client = TestClient(app_of(place, settings), base_url="http://localhost")
    found = client.get("/plan").json()
    assert found["sites"] > 5
    assert found["breaks"] == []
    assert {one["section"] for one in found["charts"]} >= {"map", "regions"}
    page = client.get("/plan", headers=BROWSER).text
    assert page.count("<svg") >= 5
    assert "no violation" in page


def test_what_was_not_given_is_not_there(local: TestClient) -> None:
    for path in ("/approved", "/plan"):
        assert local.get(path).status_code == 404
        assert f'href="{path}"' not in local.get("/about", headers=BROWSER).text
