"""Sign-in with a real OpenID provider (oidc-provider-mock, as a process of its own)."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from subprocess import DEVNULL, Popen
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.testclient import TestClient

from clearband.web.settings import OpenIdProvider, Settings
from clearband.workspace import people
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace
from tests.postgres import free_port
from tests.web.conftest import app_of, form_token

HERE = "http://127.0.0.1:8889"


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A provider that lets everybody in who names a subject."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = Popen(command, stdout=DEVNULL, stderr=DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx2.get(f"{address}/.well-known/openid-configuration", timeout=1)
                break
            except httpx2.HTTPError:
                assert process.poll() is None, "the provider ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def browser(place: Workspace, issuer: str) -> Iterator[TestClient]:
    """A stranger's browser, on a server with sign-in."""
    settings = Settings(provider=OpenIdProvider(issuer, "clearband", "secret", first_admin="root"))
    with TestClient(app_of(place, settings), base_url=HERE, follow_redirects=False) as client:
        yield client


def to_provider(browser: TestClient, subject: str, next_page: str = "/tokens") -> str:
    """Go to the provider, name oneself there; gives where it sends the browser back to."""
    sent = browser.get("/sign-in", params={"next": next_page})
    assert sent.status_code == 303
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) > 30
    assert len(asked["nonce"][0]) > 30
    answer = httpx2.post(sent.headers["location"], data={"sub": subject})
    return str(answer.headers["location"])


def back(browser: TestClient, address: str) -> httpx2.Response:
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def test_somebody_signs_in_and_out(browser: TestClient, place: Workspace, issuer: str) -> None:
    arrived = back(browser, to_provider(browser, "root"))
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/tokens")
    cookie = arrived.headers.get_list("set-cookie")[0]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    page = browser.get("/tokens", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "Sign out" in page.text
    with reading(place.engine) as connection:
        (row,) = [one for one in people.listed(connection) if one["subject"]]
    assert row["subject"] == f"{issuer} root"
    assert "admin" in row["roles"]
    kept = dict(browser.cookies)
    out = browser.post("/sign-out", data={"form_token": form_token(browser)}, headers={"origin": HERE})
    assert (out.status_code, out.headers["location"]) == (303, "/signed-out")
    assert browser.get("/signed-out", headers={"accept": "text/html"}).status_code == 200
    browser.cookies.update(kept)
    assert browser.get("/tokens").status_code == 401, "a cookie that was kept is over too"


def test_whoever_comes_for_the_first_time_has_no_role_until_given_one(browser: TestClient) -> None:
    assert back(browser, to_provider(browser, "alice")).status_code == 303
    assert browser.get("/about").status_code == 403


def test_a_session_is_new_at_each_sign_in(browser: TestClient) -> None:
    back(browser, to_provider(browser, "root"))
    before = browser.cookies["clearband"]
    back(browser, to_provider(browser, "root"))
    assert browser.cookies["clearband"] != before
    other = TestClient(browser.app, base_url=HERE, cookies={"clearband": before})
    assert other.get("/tokens").status_code == 401


def test_a_sign_in_that_was_not_begun_here_is_refused(browser: TestClient) -> None:
    address = to_provider(browser, "mallory")
    victim = TestClient(browser.app, base_url=HERE, follow_redirects=False)
    assert back(victim, address).status_code == 403
    to_provider(victim, "alice")
    assert back(victim, address).status_code == 403, "of another sign-in"


def test_an_answer_cannot_be_used_twice(browser: TestClient) -> None:
    address = to_provider(browser, "root")
    assert back(browser, address).status_code == 303
    assert back(browser, address).status_code == 403


def test_a_sealed_cookie_that_was_changed_is_refused(browser: TestClient) -> None:
    address = to_provider(browser, "root")
    text, _, seal = browser.cookies["clearband-sign-in"].strip('"').partition(".")
    browser.cookies.clear()
    browser.cookies.set("clearband-sign-in", f"{text[:-4]}AAAA.{seal}")
    assert back(browser, address).status_code == 403


def test_what_the_provider_says_must_be_for_this_sign_in(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = browser.app.state.server.provider  # type: ignore[attr-defined]
    finish = provider.finish
    monkeypatch.setattr(provider, "finish", lambda code, _nonce, verifier: finish(code, "another", verifier))
    refused = back(browser, to_provider(browser, "root"))
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "what the provider says of them does not hold",
    )


def test_what_the_provider_says_must_be_for_this_server(place: Workspace, issuer: str) -> None:
    settings = Settings(provider=OpenIdProvider(issuer, "clearband", "secret"))
    client = TestClient(app_of(place, settings), base_url=HERE, follow_redirects=False)
    address = to_provider(client, "root")
    provider = client.app.state.server.provider  # type: ignore[attr-defined]
    claims = provider._claims
    other = replace(provider.settings, client_id="another")
    provider._claims = lambda text, nonce: (setattr(provider, "settings", other), claims(text, nonce))[1]
    refused = back(client, address)
    assert refused.json()["detail"] == "the provider speaks of another server"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"])
def test_after_sign_in_nobody_is_sent_elsewhere(browser: TestClient, address: str) -> None:
    arrived = back(browser, to_provider(browser, "root", address))
    assert re.fullmatch(r"/[a-z]*", arrived.headers["location"])


def test_a_provider_that_is_away_is_told(place: Workspace) -> None:
    settings = Settings(provider=OpenIdProvider(f"http://127.0.0.1:{free_port()}", "clearband"))
    client = TestClient(app_of(place, settings), base_url=HERE, follow_redirects=False)
    assert client.get("/sign-in").status_code == 503


def test_a_provider_is_asked_by_tls_or_on_this_machine(
    place: Workspace, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Answer:
        def raise_for_status(self) -> Answer:
            return self

        def json(self) -> dict[str, str]:
            keys = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": "https://login.example", **dict.fromkeys(keys, "http://login.example/x")}

    get: Callable[..., Answer] = lambda *_: Answer()  # noqa: E731
    monkeypatch.setattr(httpx2.Client, "get", get)
    settings = Settings(provider=OpenIdProvider("https://login.example", "clearband"))
    client = TestClient(app_of(place, settings), base_url=HERE, follow_redirects=False)
    monkeypatch.setattr(client, "get", lambda path: httpx2.Client.request(client, "GET", path))
    assert client.get("/sign-in").status_code == 503
