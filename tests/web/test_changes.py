"""A later run of an inventory: what is new, gone, otherwise; and which decisions still count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from clearband.web.settings import Settings
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.worker import Worker
from tests.web.conftest import app_of
from tests.web.test_work import PAGE, screened, token

BEFORE = "Asset,Maker,Model,Site\n1,Huawei,AR617,North\n2,Huawei,S5720,North\n3,Nokia,7750 SR,South\n"
# Sorted otherwise; 3 is gone, 4 is new, and 2 turns out to be another box.
AFTER = "Asset,Maker,Model,Site\n4,ZTE,C320,South\n2,Huawei,S6730,North\n1,Huawei,AR617,North\n"


@pytest.fixture
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Workspace]]:
    place = open_workspace(tmp_path_factory.mktemp("changes") / "workspace", make=True)
    with TestClient(
        app_of(place, Settings()), base_url="http://127.0.0.1:8889", client=("127.0.0.1", 50000)
    ) as made:
        made.headers["origin"] = "http://127.0.0.1:8889"
        yield made, place
    place.engine.dispose()


def test_decisions_count_on_for_what_is_as_it_was(client: tuple[TestClient, Workspace]) -> None:
    web, place = client
    first = screened(web, place, BEFORE.encode())
    risk = {"kind": "accepted-risk", "reason": "Out in spring", "until": "2027-01-31"}
    for number in (0, 1):
        assert web.post(f"{first}/records/{number}/decisions", json=risk).status_code == 201
    assert web.get(f"{first}/changes").json()["earlier"] is None

    of = web.get(first).json()["run"]["inventory_id"]
    old = web.get(f"/inventories/{of}").json()["files"][0]["id"]
    sent = web.post(
        f"/inventories/{of}/uploads",
        data={"form_token": token(web)},
        files={"file": ("later.csv", AFTER.encode())},
        headers=PAGE,
        follow_redirects=False,
    )
    take = web.post(f"{sent.headers['location']}/take", json={"replaces": [old]}, headers={"if-match": '"1"'})
    assert take.status_code == 200
    second = web.post(f"/inventories/{of}/runs", json={"on": "2026-06-01"}).headers["location"]
    assert Worker(place).once()

    told = web.get(f"{second}/changes").json()
    states = {row["record_id"]: row["state"] for row in told["rows"]}
    assert states == {"4": "new", "2": "changed", "3": "gone"}
    assert told["counts"]["unchanged"] == 1
    assert [row["record_id"] for row in web.get(f"{second}/changes?state=gone").json()["rows"]] == ["3"]
    assert "run 1" in web.get(f"{second}/changes", headers=PAGE).text

    stand = {row["record_id"]: row for row in web.get(f"{second}/findings").json()["rows"]}
    assert stand["1"]["state"] == "accepted-risk"
    assert stand["2"]["state"] == "lapsed"
    assert stand["4"]["state"] == "open"
    assert {row["answer"] for row in stand.values()} == {"prohibited"}
    effects = web.get(f"{second}/records/{stand['2']['number']}").json()["decisions"]
    assert [one["effect"] for one in effects] == ["made-for-something-else"]
    # The run that was decided on is as it was.
    before = {row["record_id"]: row["state"] for row in web.get(f"{first}/findings").json()["rows"]}
    assert (before["1"], before["2"]) == ("accepted-risk", "accepted-risk")
    assert [one["number"] for one in web.get(second).json()["overview"]["trend"]] == [1, 2]


def test_another_inventorys_run_is_not_compared_with(client: tuple[TestClient, Workspace]) -> None:
    web, place = client
    one, other = (screened(web, place, text.encode()) for text in (BEFORE, AFTER))
    told = web.get(f"{one}/changes", params={"since": other.rpartition("/")[2]})
    assert told.status_code == 409
