"""Servers that misbehave: each costs little, and one clear line says what is wrong."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from clearband.discover.address import address_of
from clearband.discover.failures import RefusedError, ServiceError
from clearband.discover.netbox.api import pages, version_of
from clearband.discover.patience import Patience, retry_after
from clearband.discover.token import Token
from clearband.discover.web import Limits, Web
from clearband.errors import UsageError
from tests.netbox.exchanges import Quiet, serving

SECRET = "nbt_abcdefghijkl.0123456789abcdefghijklmnopqrstuvwxyzABCD"


OPEN: list[Web] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


def web(url: str, *, ca_file: Path | None = None, **limits: float) -> Web:
    made = Web(
        address_of(url),
        f"Bearer {SECRET}",
        Token(SECRET),
        ca_file=ca_file,
        limits=Limits(rate=1000, **limits),  # type: ignore[arg-type]
        patience=Patience(attempts=4, first=0.01, longest=2),
    )
    OPEN.append(made)
    return made


def answering(*answers: Callable[[Quiet], None]) -> type[Quiet]:
    """A handler that gives one answer after the other, and then the last for ever."""
    asked: list[str] = []

    class Handler(Quiet):
        requests = asked

        def respond(self) -> None:
            self.body()
            asked.append(self.path)
            answers[min(len(asked), len(answers)) - 1](self)

    return Handler


def status(number: int, **headers: str) -> Callable[[Quiet], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.answer_json({"detail": "why"}, number, **named)


def good(handler: Quiet) -> None:
    handler.answer_json({"netbox-version": "4.7.3"})


@pytest.mark.parametrize("busy", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(busy: int) -> None:
    handler = answering(status(busy), status(busy), good)
    with serving(handler) as url:
        assert web(url).get("/api/status/") == {"netbox-version": "4.7.3"}
    assert len(handler.requests) == 3  # type: ignore[attr-defined]


def test_a_server_that_stays_busy_is_given_up() -> None:
    handler = answering(status(503))
    with serving(handler) as url, pytest.raises(ServiceError, match="status 503"):
        web(url).get("/api/status/")
    assert len(handler.requests) == 4  # type: ignore[attr-defined]


def test_retry_after_is_waited_for() -> None:
    begun = time.monotonic()
    with serving(answering(status(429, Retry_After="1"), good)) as url:
        web(url).get("/api/status/")
    assert time.monotonic() - begun >= 1


def test_a_server_that_wants_a_long_wait_is_given_up() -> None:
    with serving(answering(status(429, Retry_After="86400"))) as url, pytest.raises(ServiceError) as caught:
        web(url).get("/api/status/")
    assert "asks to wait 86400 seconds" in caught.value.what


def test_retry_after_may_be_a_date() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert retry_after(format_datetime(now + timedelta(seconds=90), usegmt=True), now) == 90
    assert retry_after(format_datetime(now - timedelta(seconds=90), usegmt=True), now) == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_what_is_created_is_not_sent_twice_when_the_server_fails() -> None:
    handler = answering(status(502), good)
    with serving(handler) as url, pytest.raises(ServiceError, match="status 502"):
        web(url).send("POST", "/api/extras/tags/", {})
    assert len(handler.requests) == 1  # type: ignore[attr-defined]


def test_a_token_is_not_carried_to_another_host() -> None:
    received: list[str] = []

    class Elsewhere(Quiet):
        def respond(self) -> None:
            received.append(self.path)
            self.answer_json({})

    with serving(Elsewhere) as other, serving(answering(status(302, Location=f"{other}/api/"))) as url:
        with pytest.raises(ServiceError, match="points elsewhere") as caught:
            web(url).get("/api/status/")
        assert other.rsplit(":", 1)[0] in caught.value.what
    assert received == []


def test_a_redirect_within_the_host_is_followed_and_a_circle_is_not() -> None:
    with serving(answering(status(301, Location="/api/status/?"), good)) as url:
        assert web(url).get("/api/status") == {"netbox-version": "4.7.3"}
    circle = answering(status(301, Location="/api/status/"))
    with serving(circle) as url, pytest.raises(ServiceError, match="in a circle"):
        web(url).get("/api/status")


def test_a_redirect_with_odd_letters_is_no_defect() -> None:
    with serving(answering(status(301, Location="/é x\x7f/?ü"), good)) as url:
        assert web(url).get("/api/status") == {"netbox-version": "4.7.3"}


def html(handler: Quiet) -> None:
    handler.answer(200, b"<!doctype html><p>Welcome", {"Content-Type": "text/html"})


def halved(handler: Quiet) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"count": 3')
    handler.close_connection = True


def halved_chunks(handler: Quiet) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"ff\r\n{}")
    handler.close_connection = True


def endless(handler: Quiet) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    try:
        while True:
            handler.wfile.write(b" " * 100_000)
    except OSError:
        return


def dripping(handler: Quiet) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        return


def silent(handler: Quiet) -> None:
    time.sleep(2)
    handler.close_connection = True


def text(content: bytes) -> Callable[[Quiet], None]:
    return lambda handler: handler.answer(200, content, {"Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (html, "no JSON"),
        (halved, "broke the connection off"),
        (halved_chunks, "broke the connection off"),
        (endless, "larger than 1000000 bytes"),
        (dripping, "in time"),
        (silent, "in time"),
        (text(b'{"count": '), "malformed JSON"),
        (text(b"\xff\xfe"), "malformed JSON"),
        (text(b"[" * 100_000), "malformed JSON"),
        (text(b"9" * 100_000), "malformed JSON"),
        (status(404), "not the address of a NetBox"),
        (status(401), "not accepted: status 401 (why)"),
        (status(403), "may not do this: status 403 (why)"),
        (text(b'{"netbox-version": "3.7.8"}'), "NetBox 3.7 is too old"),
        (text(b'{"version": "2"}'), "not the address of a NetBox"),
        (text(b'["netbox-version"]'), "not the address of a NetBox"),
    ],
    ids=lambda value: getattr(value, "__name__", "") if callable(value) else str(value),
)
def test_what_is_no_answer_of_netbox_is_one_clear_line(answer: Callable[[Quiet], None], says: str) -> None:
    with serving(answering(answer)) as url, pytest.raises(ServiceError) as caught:
        version_of(web(url, timeout=0.5, response_seconds=1.0, response_bytes=1_000_000))
    line = caught.value.one_line()
    assert says in line
    assert line.startswith(url)
    assert SECRET not in line


def test_a_server_that_is_not_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with listening.accept()[0] as line:
                line.recv(100)
                line.sendall(b"SSH-2.0-x\r\n")

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(ServiceError, match="not HTTP"):
            version_of(web(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=5))


def test_nobody_listening_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(ServiceError, match="refused"):
        version_of(web(f"http://127.0.0.1:{port}"))


def test_an_unknown_host_is_told() -> None:
    with pytest.raises(ServiceError, match="the host is not known"):
        version_of(web("https://netbox.invalid"))


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_an_own_authority_is_taken(
    tmp_path: Path,
) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [*make, *name, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    with serving(answering(good), context) as address:
        url = address.replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(ServiceError, match="is not trusted") as caught:
            version_of(web(url))
        assert "--ca-file" in caught.value.remedy
        assert version_of(web(url, ca_file=certificate)) == (4, 7)
        with pytest.raises(ServiceError, match="is not trusted"):
            version_of(web(url.replace("localhost", "127.0.0.1"), ca_file=certificate))
    with pytest.raises(UsageError, match="no certificates"):
        web("https://localhost", ca_file=key)


def test_a_token_that_a_server_repeats_is_not_shown() -> None:
    def repeating(handler: Quiet) -> None:
        handler.answer_json({"detail": f"no user for {handler.headers['Authorization']}"}, 403)

    with serving(answering(repeating)) as url, pytest.raises(RefusedError) as caught:
        version_of(web(url))
    assert SECRET.split(".")[1] not in str(caught.value) + caught.value.detail
    assert SECRET not in repr(Token(SECRET))


def list_of(*ids: int, count: int) -> Callable[[Quiet], None]:
    return lambda handler: handler.answer_json({"count": count, "results": [{"id": one} for one in ids]})


def test_a_list_is_read_by_the_last_id_of_each_page() -> None:
    handler = answering(list_of(3, 5, count=5), list_of(8, 9, count=3), list_of(12, count=1))
    with serving(handler) as url:
        read = [one["id"] for page in pages(web(url), "/api/x/", [], 2) for one in page.results]
    assert read == [3, 5, 8, 9, 12]
    assert [path.split("id__gt=")[1:] for path in handler.requests] == [[], ["5"], ["9"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([list_of(3, 5, count=9)], "does not go on in the order"),  # the same page for ever
        ([list_of(5, 3, count=2)], "does not go on in the order"),
        ([list_of(3, count=9), list_of(count=8)], "an empty page"),
        ([text(b'{"count": 1, "results": [[]]}')], "does not go on in the order"),
        ([text(b'{"count": 1, "results": {}}')], "no list of NetBox's"),
        ([text(b"[]")], "no list of NetBox's"),
    ],
)
def test_a_list_that_does_not_end_or_is_none_is_refused(
    answers: list[Callable[[Quiet], None]], says: str
) -> None:
    with serving(answering(*answers)) as url, pytest.raises(ServiceError, match=says):
        list(pages(web(url), "/api/x/", [], 2))
