"""What a first look says: nothing is cut without a word, and nothing stands where it is not."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from clearband.reports.ownership import picture
from clearband.reports.ownership.near import near
from clearband.web.dates import today
from clearband.web.facts import load_facts
from clearband.web.pages import proposals, run
from clearband.workspace.place import Workspace
from tests.web.conftest import person
from tests.web.test_work import PAGE, client, place, screened

__all__ = ["client", "place"]

MANY = "Asset,Maker,Model,Serial,Site,Latitude,Longitude,Notes\n" + "".join(
    f"{number},Huawei,AR617,S{number},{f'Site {number}' if number < 20 else ''},45.5,{-120 + number},"
    f"{'' if number else 'a ZTE optic sits in it'}\n"
    for number in range(24)
)


@pytest.fixture(scope="module")
def wide(client: TestClient, place: Workspace) -> str:
    return screened(client, place, MANY.encode())


def test_a_list_that_is_cut_says_so(client: TestClient, wide: str) -> None:
    shown = client.get(wide).json()["overview"]
    assert (len(shown["by_site"]), shown["totals"]["by_site"]) == (12, 21)
    page = client.get(wide, headers=PAGE).text
    assert "<caption>By site; the first 12 of 21</caption>" in page
    assert "<caption>By maker</caption>" in page


def test_a_maker_that_only_a_note_names_is_told(client: TestClient, wide: str) -> None:
    assert client.get(wide).json()["overview"]["mentions"] == 1
    page = client.get(wide, headers=PAGE).text
    assert "1 record with a maker named in a note or the like" in page
    assert 'report.html#mentions"' in page


def test_a_clause_that_only_requires_says_so_beside_its_answer(client: TestClient, wide: str) -> None:
    page = client.get(f"{wide}/records/3", headers=PAGE).text
    assert "<strong>forbids nothing, and requires</strong>" in page


def test_records_of_no_site_stand_nowhere_on_the_map(client: TestClient, wide: str) -> None:
    """The middle of places that have no name in common is none."""
    shown = client.get(f"{wide}/map").json()
    none = next(one for one in shown["sites"] if not one["name"])
    assert (none["records"], none["latitude"], none["longitude"]) == (4, None, None)
    assert shown["placed"] == 20
    assert client.get(f"{wide}/map", headers=PAGE).text.count('class="map-mark') == 20


def test_what_leads_on_keeps_the_form_that_was_asked_for(client: TestClient, wide: str) -> None:
    identity = client.get(f"{wide}/records/3").json()["identity"]
    of = client.get(wide).json()["run"]["inventory_id"]
    for address in ("/map", "/findings?q=S3", f"/inventories/{of}/record?identity={identity}"):
        more = "&" if "?" in address else "?"
        found = client.get(f"{address}{more}format=json", headers=PAGE)
        assert found.headers["content-type"] == "application/json", address
        assert found.json()["run"]["id"] == wide.rpartition("/")[2]


def test_decisions_and_answers_are_paged_together(
    client: TestClient, wide: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the two are mixed, each comes once, and all of them."""
    record, made = f"{wide}/records/", []
    for number in range(5):
        what = {"kind": "confirmed", "reason": "seen"}
        made.append(client.post(f"{record}{number}/decisions", json=what).json()["id"])
        if number in (0, 4):
            what = {"field": "made_in", "value": "CN", "reason": "seen"}
            made.append(client.post(f"{record}{number}/answers", json=what).json()["id"])
    monkeypatch.setattr(proposals, "_LISTED", 2)
    of = client.get(wide).json()["run"]["inventory_id"]
    told: list[str] = []
    after: str | None = ""
    while after is not None:
        asked = {"state": "in-force", "inventory": of, **({"after": after} if after else {})}
        shown = client.get("/decisions", params=asked).json()
        told += [one["id"] for one in (*shown["decisions"], *shown["answers"])]
        after = shown["after"]
    assert sorted(told) == sorted(made)
    page = client.get("/decisions", params={"state": "in-force", "inventory": of}, headers=PAGE).text
    assert page.partition("<footer")[0].count(f"&amp;inventory={of}") == 5, (
        "whichever state, and whichever page"
    )


def test_the_first_page_tells_of_runs_under_way_and_of_the_inventory_asked_for(local: TestClient) -> None:
    made = [local.post("/inventories", json={"name": name}).json()["id"] for name in ("North", "South")]
    page = local.get("/", params={"inventory": made[0]}, headers=PAGE).text
    assert f'<option value="{made[0]}" selected>' in page
    assert local.get("/").json()["under_way"] == []


def test_whoever_can_be_asked_is_told_to_programs_too(
    client: TestClient, wide: str, place: Workspace
) -> None:
    key = person(place, "Ann", "analyst")
    assert {"id": key, "name": "Ann"} in client.get(f"{wide}/records/0").json()["may_be_asked"]


def test_the_ids_of_a_large_group_stay_in_their_boxes() -> None:
    register = load_facts().register
    drawn = picture.svg(near(register, "huawei", today()), register)
    labels = [one.partition(">")[2].partition("<")[0] for one in drawn.split('class="faint"')[1:]]
    assert max(map(len, labels)) <= 29
    assert len(labels) == 2 + picture.IN_A_ROW - 1
    assert " more in the table</text>" in drawn


def test_sign_in_leads_back_to_what_was_asked_for(team: TestClient) -> None:
    page = team.get("/findings?q=ab&answer=review", headers=PAGE).text
    assert 'href="/sign-in?next=/findings%3Fq%3Dab%26answer%3Dreview"' in page
    form = team.post("/inventories", headers={**PAGE, "origin": "https://clearband.example"}).text
    assert 'href="/sign-in"' in form
    assert "?next=" not in form, "nobody is led to where only a form can go"


def test_events_end_when_whoever_asks_is_kept_out_or_takes_headers_alone(
    client: TestClient, wide: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = client.get(wide).json()["run"]["inventory_id"]
    waiting = client.post(f"/inventories/{of}/runs", json={}).json()["id"]
    monkeypatch.setattr(run, "_EVERY", 0.01)
    monkeypatch.setattr(run, "_KEEP_ALIVE", 0.01)
    asked: list[bool] = []

    def may(_: object) -> bool:
        asked.append(True)
        return len(asked) < 3

    monkeypatch.setattr(run, "_still_may", may)
    assert client.head(f"/runs/{waiting}/events").headers["content-type"].startswith("text/event-stream")
    assert asked == [], "the answer ends with its headers"
    told = client.get(f"/runs/{waiting}/events").text
    assert told.count("event: progress") == 1
    assert told.count(": still here") == 2
