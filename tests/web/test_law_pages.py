"""The pages of the law say what the commands say."""

from __future__ import annotations

import json
from subprocess import run
from sys import executable

import pytest
from starlette.testclient import TestClient

from clearband.facts.store import compiled

BROWSER = {"accept": "text/html"}
QUESTION = {"maker": "海康威视", "actor": "federal-agency", "action": "procure", "on": "2026-11-01"}


def command(*arguments: str) -> dict[str, object]:
    done = run([executable, "-m", "clearband", *arguments, "--json"], capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def test_ask_answers_as_the_command(local: TestClient) -> None:
    question = {**QUESTION, "equipment": "camera", "purpose": "security of a courthouse"}
    options = [part for name, value in question.items() for part in (f"--{name}", value)]
    answer = local.get("/ask", params=question).json()["answer"]
    assert answer == command("ask", *options)
    page = local.get("/ask", params=question, headers=BROWSER).text
    assert 'class="answer prohibited"' in page
    assert "海康威视" in page


def test_a_question_that_decides_is_shown(local: TestClient) -> None:
    page = local.get("/ask", params={**QUESTION, "equipment": "camera"}, headers=BROWSER).text
    assert 'class="answer review"' in page
    assert "What would decide it:" in page


def test_a_question_that_lacks_something_is_told_in_the_form(local: TestClient) -> None:
    lacking = local.get("/ask", params={"maker": "ZTE", "action": "procure"}, headers=BROWSER)
    assert lacking.status_code == 422
    assert "a question needs the actor" in lacking.text
    assert 'value="ZTE"' in lacking.text
    assert local.get("/ask", params={"maker": "ZTE"}).json()["title"] == "Not valid"
    assert local.get("/ask", params={**QUESTION, "on": "yesterday"}).json()["errors"][0]["field"] == "on"


def test_each_directive_has_its_page(local: TestClient) -> None:
    for raw in compiled().read("directives"):
        page = local.get(f"/directives/{raw['id']}", headers=BROWSER)
        assert page.status_code == 200, raw["id"]
        assert "<svg" in page.text


def test_a_directive_is_told_whole(local: TestClient) -> None:
    found = local.get("/directives/us-fcc-bad-labs-2025").json()
    assert found["directive"] == command("directives", "show", "us-fcc-bad-labs-2025")
    assert "not verified" in local.get("/directives/us-fcc-bad-labs-2025", headers=BROWSER).text


@pytest.mark.parametrize(
    ("on", "state"),
    [("2018-08-12", "not yet known"), ("2018-08-14", "begins later"), ("2019-08-13", "in force")],
)
def test_directives_have_the_state_of_the_day_asked(local: TestClient, on: str, state: str) -> None:
    found = local.get("/directives", params={"jurisdiction": "us", "on": on}).json()
    states = {one["id"]: one["state"] for one in found["directives"]}
    assert states["us-ndaa-fy2019-889-a1a"] == state
    assert {one["jurisdiction"] for one in found["directives"]} == {"US"}
    only = local.get("/directives", params={"state": state, "on": on}).json()["directives"]
    assert {one["state"] for one in only} == {state}


def test_a_filter_that_fits_nothing_shows_that(local: TestClient) -> None:
    page = local.get("/directives", params={"jurisdiction": "XX"}, headers=BROWSER)
    assert page.status_code == 200
    assert "No directive is so on this day" in page.text


def test_organisations_are_found_in_any_script(local: TestClient) -> None:
    for text in ("海康", "Hikvision", "hai kang wei shi"):
        found = local.get("/organisations", params={"q": text}).json()
        assert "hikvision" in [one["id"] for one in found["organisations"]], text
    meant = local.get("/organisations", params={"q": "海康威视"}).json()["meant"]
    assert meant["maker"] == "hikvision"


def test_whoever_is_not_known_is_not_cleared(local: TestClient) -> None:
    page = local.get("/organisations", params={"q": "Nobody at all Ltd"}, headers=BROWSER).text
    assert "This is not clearance" in page


def test_an_organisation_is_shown_as_it_was_on_the_day(local: TestClient) -> None:
    def owners(on: str) -> set[str]:
        links = local.get("/organisations/honor-device", params={"on": on}).json()["links"]
        return {one["owner"] for one in links}

    assert any("huawei" in one for one in owners("2019-01-01"))
    assert not any("huawei" in one for one in owners("2026-11-01"))
    page = local.get("/organisations/hikvision", headers=BROWSER).text
    assert 'class="ownership"' in page
    assert "An allegation or a charge is no finding" in page
    assert local.get("/organisations/nobody").status_code == 404
