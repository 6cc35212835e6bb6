"""Exchanges with a real NetBox, recorded on the way to it, and played back by a server on loopback."""

from __future__ import annotations

import http.client
import json
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

KEPT = ("content-type", "api-version")
"""Headers of answers that are recorded."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server on loopback for as long as the block lasts; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Quiet(BaseHTTPRequestHandler):
    """A handler that keeps connections, logs nothing, and answers every method by ``respond``."""

    protocol_version = "HTTP/1.1"

    def respond(self) -> None:
        raise NotImplementedError

    def do_GET(self) -> None:  # as the base class calls it
        self.respond()

    do_POST = do_PATCH = do_GET  # noqa: N815

    def log_message(self, *words: Any) -> None:
        pass

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer_json(self, document: Any, status: int = 200, **headers: str) -> None:
        self.answer(status, json.dumps(document).encode(), {"Content-Type": "application/json", **headers})


@contextmanager
def recording(url: str, file: Path) -> Iterator[str]:
    """A way to the NetBox at ``url`` on which every exchange is written down, but no token.

    What the exchanges say of the address is written as ``http://netbox.example``.
    """
    there = urlsplit(url)
    exchanges: list[dict[str, Any]] = []

    class Way(Quiet):
        def respond(self) -> None:
            asked = self.body()
            line = http.client.HTTPConnection(there.hostname or "", there.port, timeout=300)
            line.request(self.command, self.path, asked or None, dict(self.headers.items()))
            answer = line.getresponse()
            content = answer.read()
            headers = {name: value for name, value in answer.getheaders() if name.lower() in KEPT}
            here = f"http://{self.headers['Host']}"
            exchanges.append(
                {
                    "method": self.command,
                    "path": self.path,
                    **({"asked": json.loads(asked)} if asked else {}),
                    "status": answer.status,
                    "headers": headers,
                    "answer": json.loads(content.replace(here.encode(), b"http://netbox.example")),
                }
            )
            self.answer(answer.status, content, headers)

    with serving(Way) as address:
        yield address
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in exchanges]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Played:
    """What a server that plays back was asked, and what it could not answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.unknown: list[str] = []
        self.authorizations: set[str] = set()


@contextmanager
def playing(file: Path, played: Played) -> Iterator[str]:
    """A server that answers each request as the real NetBox did, in the order in which it did."""
    waiting: dict[str, deque[dict[str, Any]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        key = json.dumps([one["method"], one["path"], one.get("asked")], sort_keys=True)
        waiting.setdefault(key, deque()).append(one)

    class Player(Quiet):
        def respond(self) -> None:
            asked = self.body()
            played.asked.append((self.command, self.path))
            played.authorizations.add(self.headers.get("Authorization", ""))
            key = json.dumps([self.command, self.path, json.loads(asked) if asked else None], sort_keys=True)
            if not waiting.get(key):
                played.unknown.append(key)
                self.answer_json({"detail": f"not recorded: {key[:300]}"}, 418)
                return
            one = waiting[key].popleft()
            self.answer(one["status"], json.dumps(one["answer"]).encode(), one["headers"])

    with serving(Player) as address:
        yield address
