"""Forms and JSON say the same, and what cannot be read is refused by name."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import form_token

TOKEN = {"name": "reader", "roles": ["viewer"], "days": 5}


def test_a_form_and_json_do_the_same(local: TestClient) -> None:
    by_json = local.post("/tokens", json=TOKEN)
    by_form = local.post("/tokens", data={**TOKEN, "form_token": form_token(local)})
    assert by_json.status_code == by_form.status_code == 201
    drop = ("id", "created_at", "expires_at")
    made = [{k: v for k, v in one.json()["token"].items() if k not in drop} for one in (by_json, by_form)]
    assert made[0] == made[1]


def test_a_form_with_files_is_read_as_well(local: TestClient) -> None:
    made = local.post("/tokens", data={**TOKEN, "form_token": form_token(local)}, files={"unused": ("", b"")})
    assert made.status_code == 201


def test_a_form_is_sent_on_after_a_change(local: TestClient) -> None:
    made = local.post("/tokens", json=TOKEN)
    said = {"form_token": form_token(local), "version": "1"}
    ended = local.post(f"{made.headers['location']}/revoke", data=said, follow_redirects=False)
    assert (ended.status_code, ended.headers["location"]) == (303, "/tokens")


def test_a_field_that_is_wrong_is_named(local: TestClient) -> None:
    refused = local.post("/tokens", json={"name": "x", "roles": ["viewer"], "days": "many", "more": 1})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["days", "more"]
    twice = local.post(
        "/tokens", content=f"name=a&name=b&form_token={form_token(local)}", headers={"content-type": FORM}
    )
    assert twice.json()["errors"] == [{"field": "name", "problem": "it is there twice, or in two ways"}]


@pytest.mark.parametrize(
    "fields",
    [
        [("roles", "viewer"), ("roles[a]", "viewer")],
        [("roles[a]", "viewer"), ("roles", "viewer")],
        [("days", "1"), ("days[a]", "1")],
        [("idempotency_key[a]", "b")],
        [("version[a]", "1")],
    ],
)
def test_a_field_in_two_ways_is_refused(local: TestClient, fields: list[tuple[str, str]]) -> None:
    said = urlencode([("name", "a"), ("form_token", form_token(local)), *fields])
    assert local.post("/tokens", content=said, headers={"content-type": FORM}).status_code == 422
    key = {"idempotency_key": ("a.txt", b"k")}
    assert local.post("/tokens", data={"form_token": form_token(local)}, files=key).status_code == 422


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{", 400),
        ("[1]", 400),
        ('{"name": "a", "name": "b"}', 400),
        ('{"days": NaN}', 400),
        ("\x00", 400),
        ("[" * 100_000, 422),
        ('{"a":' * 21 + "1" + "}" * 21, 422),
        (json.dumps({str(number): 1 for number in range(30_000)}), 422),
        ('{"name": "' + "[{" * 50 + '", "roles": ["viewer"]}', 422),
    ],
)
def test_json_that_cannot_be_read_or_is_too_complex_is_refused(
    local: TestClient, text: str, status: int
) -> None:
    refused = local.post("/tokens", content=text, headers={"content-type": "application/json"})
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"


def test_brackets_in_text_do_not_count_as_nesting(local: TestClient) -> None:
    made = local.post("/tokens", json={**TOKEN, "name": "[{" * 25})
    assert made.status_code == 201


def test_other_kinds_of_bodies_are_refused(local: TestClient) -> None:
    assert local.post("/tokens", content=b"x", headers={"content-type": "text/plain"}).status_code == 415


def test_a_change_needs_the_version_that_was_read(local: TestClient) -> None:
    where = local.post("/tokens", json=TOKEN).headers["location"]
    assert local.post(f"{where}/revoke").status_code == 428
    assert local.post(f"{where}/revoke", headers={"if-match": '"7"'}).status_code == 412
    assert local.post(f"{where}/revoke", headers={"if-match": "nonsense"}).status_code == 412
    done = local.post(f"{where}/revoke", headers={"if-match": '"1"'})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
