"""What a stranger, a page elsewhere, or somebody without the role may not do."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from clearband.errors import UsageError
from clearband.web.settings import Limits, OpenIdProvider, Settings
from clearband.web.signing_in.who import cookie_name
from clearband.workspace import sessions
from clearband.workspace.place import Workspace
from tests.web.conftest import OWN, TEAM, app_of, form_token, person

TOKEN = {"name": "reader", "roles": ["viewer"], "days": "5"}
SignIn = Callable[..., str]


def test_nothing_is_allowed_inline_or_from_elsewhere(local: TestClient) -> None:
    for path in ("/about?format=html", "/about", "/nowhere?format=html", "/health/live"):
        policy = local.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert local.get(path).headers["x-content-type-options"] == "nosniff"
    page = local.get("/tokens?format=html").text
    assert "<style" not in page
    assert "style=" not in page
    assert "<script>" not in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a@127.0.0.1", "10.0.0.1", "["])
def test_local_mode_answers_to_no_name_but_this_machines(local: TestClient, host: str) -> None:
    assert local.get("/about", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1", "[::1]:8889"])
def test_local_mode_answers_to_this_machine(local: TestClient, host: str) -> None:
    assert local.get("/about", headers={"host": host}).status_code == 200


def test_local_mode_listens_on_this_machine_only() -> None:
    for host in ("0.0.0.0", "192.168.1.1", "::"):
        with pytest.raises(UsageError, match="this machine only"):
            Settings(host=host)
    Settings(host="0.0.0.0", provider=OpenIdProvider("https://login.example", "clearband"))


@pytest.mark.parametrize("issuer", ["http://login.example", "login.example", "ftp://127.0.0.1"])
def test_a_provider_that_would_be_asked_in_the_open_is_refused_at_the_start(issuer: str) -> None:
    with pytest.raises(UsageError, match="https://"):
        Settings(provider=OpenIdProvider(issuer, "clearband"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_local_mode_takes_nothing_from_a_page_elsewhere(local: TestClient, headers: dict[str, str]) -> None:
    assert local.post("/tokens", json=TOKEN, headers=headers).status_code == 403


def test_local_mode_takes_no_form_without_its_token(local: TestClient) -> None:
    assert local.post("/tokens", data=TOKEN).status_code == 403
    assert local.post("/tokens", data={**TOKEN, "form_token": "guessed"}).status_code == 403


def test_a_stranger_is_told_to_sign_in(team: TestClient) -> None:
    for path in ("/about", "/tokens"):
        refused = team.get(path)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
    assert 'href="/sign-in"' in team.get("/about?format=html").text
    assert team.get("/health/live").status_code == 200


def test_a_cookie_with_a_foreign_or_no_origin_changes_nothing(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    said = {**TOKEN, "form_token": form_token(team)}
    assert team.post("/tokens", data=said).status_code == 403
    assert team.post("/tokens", data=said, headers={"origin": "https://evil.example"}).status_code == 403
    assert team.post("/tokens", data=said, headers={**OWN, "sec-fetch-site": "cross-site"}).status_code == 403
    assert team.post("/tokens", data=said, headers=OWN).status_code == 201


def test_a_form_of_another_session_is_refused(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    ann = form_token(team)
    sign_in("Ben", "viewer")
    refused = team.post("/tokens", data={**TOKEN, "form_token": ann}, headers=OWN)
    assert (refused.status_code, refused.json()["title"]) == (403, "The form is not one of this session")


def test_json_with_a_cookie_needs_the_own_origin_too(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    said = {**TOKEN, "days": 5}
    assert team.post("/tokens", json=said).status_code == 403
    assert team.post("/tokens", json=said, headers=OWN).status_code == 201


def test_a_token_works_until_it_is_revoked(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    made = team.post("/tokens", json={**TOKEN, "days": 5}, headers=OWN).json()
    team.cookies.clear()
    bearer = {"authorization": f"Bearer {made['secret']}"}
    assert team.get("/about", headers=bearer).status_code == 200
    where = f"/tokens/{made['token']['id']}"
    assert team.post(f"{where}/revoke", headers={**bearer, "if-match": '"1"'}).status_code == 200
    assert team.get("/about", headers=bearer).status_code == 401
    assert team.get("/about", headers={"authorization": "Basic YTpi"}).status_code == 401


def test_a_token_that_is_no_good_is_not_made_up_for_by_a_cookie(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    assert team.get("/about", headers={"authorization": "Bearer guessed"}).status_code == 401


def test_a_token_makes_no_token_and_has_no_role_that_its_person_lacks(
    team: TestClient, sign_in: SignIn
) -> None:
    sign_in("Ann", "viewer")
    refused = team.post("/tokens", json={"name": "x", "roles": ["admin"]}, headers=OWN)
    assert refused.status_code == 422
    made = team.post("/tokens", json={**TOKEN, "days": 5}, headers=OWN).json()
    bearer = {"authorization": f"Bearer {made['secret']}"}
    assert team.post("/tokens", json={**TOKEN, "days": 5}, headers=bearer).status_code == 403


def test_somebody_elses_token_is_not_there(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    where = team.post("/tokens", json={**TOKEN, "days": 5}, headers=OWN).headers["location"]
    sign_in("Ben", "viewer", "analyst", "approver")
    assert team.get(where).status_code == 404
    assert team.post(f"{where}/revoke", headers={**OWN, "if-match": '"1"'}).status_code == 404
    assert team.get("/tokens").json()["tokens"] == []


def test_whoever_has_no_role_sees_nothing(team: TestClient, sign_in: SignIn) -> None:
    sign_in("New")
    assert team.get("/about").status_code == 403


def test_the_server_answers_to_its_own_name_only(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Ann", "viewer")
    assert team.get("/about", headers={"host": "clearband.example:8080"}).status_code == 421
    assert team.get("/about", headers={"host": "evil.example"}).status_code == 421
    assert team.get("/health/ready", headers={"host": "10.0.0.5:8889"}).status_code == 200


def test_counts_are_for_this_machine_and_admins(
    team: TestClient, local: TestClient, place: Workspace, sign_in: SignIn
) -> None:
    assert local.get("/metrics").status_code == 200
    assert local.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 200, (
        "one local person"
    )
    assert team.get("/metrics").status_code == 401
    sign_in("Ann", "viewer")
    assert team.get("/metrics").status_code == 403
    sign_in("Root", "admin")
    assert "clearband_requests_total" in team.get("/metrics").text


def test_a_proxy_on_this_machine_hands_no_counts_to_strangers(place: Workspace) -> None:
    """One that tells nothing of whom it asks for still passes on the name that they used."""
    app = app_of(place, TEAM)
    here = {"app": app, "client": ("127.0.0.1", 50000)}
    assert TestClient(**here, base_url="https://clearband.example").get("/metrics").status_code == 401
    itself = TestClient(**here, base_url="http://127.0.0.1:8889")
    assert itself.get("/metrics").status_code == 200
    assert itself.get("/metrics", headers={"x-real-ip": "203.0.113.9"}).status_code == 401
    assert itself.get("/about").status_code == 421


def test_bodies_and_headers_that_are_too_large_are_refused(place: Workspace) -> None:
    app = app_of(place, Settings(limits=Limits(body_bytes=1000, header_bytes=2000)))
    client = TestClient(app, base_url="http://127.0.0.1:8889")
    assert client.post("/tokens", json={**TOKEN, "name": "x" * 2000}).status_code == 413
    # Files go to disk; what is held in memory is as small where files are taken.
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        told = {"content-type": kind}
        assert client.post("/inventories/x/uploads", content=b"x" * 2000, headers=told).status_code == 413

    def slowly() -> object:
        for _ in range(30):
            yield b" " * 100

    told = {"content-type": "application/json"}
    assert client.post("/tokens", content=slowly(), headers=told).status_code == 413
    assert client.get("/about", headers={"x-long": "x" * 3000}).status_code == 431
    assert client.get("/about", headers={"content-length": "1e9"}).status_code == 400


def test_a_sender_who_falls_silent_is_not_waited_for(place: Workspace) -> None:
    app = app_of(place, Settings(limits=Limits(quiet_seconds=0.2)))
    headers = {"host": "localhost", "content-type": "application/json", "content-length": "100"}
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/tokens",
        "raw_path": b"/tokens", "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent: list[dict[str, object]] = []
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> dict[str, object]:
        if not pieces:
            await asyncio.sleep(20)
        return pieces.pop()

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as pool:  # a thread without a loop of its own
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    assert sent[0]["status"] == 408


def test_text_of_others_is_never_markup(local: TestClient) -> None:
    name = "<script>alert(1)</script>\"'><b>"
    made = local.post("/tokens", json={"name": name, "roles": ["viewer"]})
    for path in ("/tokens?format=html", f"{made.headers['location']}?format=html"):
        page = local.get(path).text
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert "&lt;script&gt;" in page
    for path in ("/%3Cscript%3E?format=html", "/tokens/%3Cscript%3E?format=html"):
        assert "<script>" not in local.get(path).text


def test_a_cookie_that_was_planted_before_sign_in_is_worth_nothing(
    place: Workspace, team: TestClient
) -> None:
    key = person(place, "Ann", "viewer")
    planted = sessions.begin(place, key)
    fresh = sessions.begin(place, key, instead_of=planted)
    name = cookie_name(team.app.state.server)  # type: ignore[attr-defined]
    assert name == "__Host-clearband"
    team.cookies.set(name, planted)
    assert team.get("/about").status_code == 401
    team.cookies.set(name, fresh)
    assert team.get("/about").status_code == 200


def test_the_log_holds_no_secret(local: TestClient, log: io.StringIO) -> None:
    secret = local.post("/tokens", json={**TOKEN, "days": 5}).json()["secret"]
    local.get("/about", headers={"authorization": f"Bearer {secret}"})
    local.get(f"/{secret}?q=very-private")
    assert secret not in log.getvalue()
    assert "very-private" not in log.getvalue()
    assert form_token(local) not in log.getvalue()
