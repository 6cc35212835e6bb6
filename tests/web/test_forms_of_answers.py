"""One address, two forms."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def kind(client: TestClient, accept: str, path: str = "/about") -> str:
    return client.get(path, headers={"accept": accept}).headers["content-type"].partition(";")[0]


def test_a_browser_gets_a_page_and_everybody_else_json(local: TestClient) -> None:
    assert kind(local, BROWSER) == "text/html"
    assert kind(local, "*/*") == "application/json"
    assert kind(local, "application/json, text/html;q=0.5") == "application/json"
    assert kind(local, "nonsense;q=x") == "application/json"


def test_the_address_can_say_which_form(local: TestClient) -> None:
    assert kind(local, BROWSER, "/about?format=json") == "application/json"
    assert kind(local, "*/*", "/about?format=html") == "text/html"


def test_each_page_links_to_its_json(local: TestClient) -> None:
    page = local.get("/tokens?format=html").text
    assert '<a href="/tokens?format=json" rel="alternate"' in page


def test_errors_come_in_the_same_two_forms(local: TestClient) -> None:
    page = local.get("/nowhere", headers={"accept": BROWSER})
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    problem = local.get("/nowhere")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json() == {
        "type": "https://clearband.dev/problems/not-found",
        "title": "Not found",
        "status": 404,
    }


def test_what_has_a_version_is_not_sent_again_to_whoever_has_it(local: TestClient) -> None:
    made = local.post("/tokens", json={"name": "a", "roles": ["viewer"]})
    where = made.headers["location"]
    first = local.get(where)
    assert made.headers["etag"] == '"1"'
    known = first.headers["etag"]
    assert known.startswith('"1.')
    again = local.get(where, headers={"if-none-match": f'"9", {known}'})
    assert (again.status_code, again.content) == (304, b"")
    page = local.get(where, headers={"accept": BROWSER, "if-none-match": known})
    assert page.status_code == 200, "a page is another thing than its JSON"
    seen = local.get(where, headers={"accept": BROWSER, "if-none-match": page.headers["etag"]})
    assert seen.status_code == 304
    assert "Accept" in first.headers["vary"]
    ended = local.post(f"{where}/revoke", headers={"if-match": known})
    assert ended.json()["state"] == "revoked", "the ETag of what was read is what a change needs"


def test_what_is_otherwise_without_a_new_version_is_sent_again(
    local: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token ends by its day, without any change of its row."""
    where = local.post("/tokens", json={"name": "a", "roles": ["viewer"]}).headers["location"]
    known = {form: local.get(where, headers={"accept": form}).headers["etag"] for form in (BROWSER, "*/*")}
    monkeypatch.setattr("clearband.workspace.clock.now", lambda: "2999-01-01T00:00:00.000000Z")
    for form, etag in known.items():
        assert local.get(where, headers={"accept": form, "if-none-match": etag}).status_code == 200


def test_static_files_are_named_by_their_hash_and_kept(local: TestClient) -> None:
    page = local.get("/about?format=html").text
    address = page.partition('href="/static/clearband.')[2].partition('"')[0]
    style = local.get(f"/static/clearband.{address}")
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert local.get("/static/clearband.css").status_code == 404
    assert local.get("/static/..%2fapp.py").status_code == 404
