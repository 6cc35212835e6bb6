"""Requests to one service: encrypted and checked, bounded in size and time, patient with a busy server.

Only the service's own host is spoken to. Redirects are followed within it, the way elsewhere is refused, so
that the token reaches nobody else.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from clearband import __version__
from clearband.discover.address import Address
from clearband.discover.failures import (
    ServiceError,
    cause_of,
    detail_of,
    refusal,
    unreachable,
)
from clearband.discover.patience import Patience, retry_after
from clearband.discover.token import Token
from clearband.errors import UsageError

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({429, 502, 503, 504})
_PIECE: Final = 262_144
_IN_TARGET: Final = "/?%:@!$&'()*+,;=~"
"""Characters of a request's first line that stay as they are (RFC 3986), besides letters and digits."""
_IDLE_SECONDS: Final = 5.0
"""After that a connection is made anew: the server may have closed the old one."""
Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Limits:
    """What one service may cost.

    Args:
        timeout: Seconds without a byte until a request is given up.
        response_seconds: Seconds that a whole answer may take.
        response_bytes: Largest answer, in bytes.
        rate: Most requests a second.
    """

    timeout: float = 30.0
    response_seconds: float = 300.0
    response_bytes: int = 64_000_000
    rate: float = 20.0


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Web:
    """A service that is asked, request after request, over one connection.

    Args:
        address: The service.
        authorization: Value of the header ``Authorization``.
        token: The secret in it, to keep it out of messages.
        ca_file: Certificates of authorities that are trusted besides the system's, PEM.
        limits: Time and size.
        patience: How often and how long a busy server is waited for.
        said: Is told why there is a wait.
    """

    def __init__(
        self,
        address: Address,
        authorization: str,
        token: Token,
        *,
        ca_file: Path | None = None,
        limits: Limits = Limits(),
        patience: Patience = Patience(),  # noqa: B008
        said: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.address = address
        self.requests = 0
        self._token = token
        self._limits = limits
        self._patience = patience
        self._said = said
        self._tls = _tls(ca_file) if address.scheme == "https" else None
        self._connection: http.client.HTTPConnection | None = None
        self._answered = False
        self._next = 0.0
        self._used = 0.0
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Authorization": authorization,
            "User-Agent": f"clearband/{__version__}",
        }

    def get(self, path: str, query: Query = ()) -> Any:
        """The JSON document at a path below the address.

        Raises:
            ServiceError: There is none: unreachable, refused, too large, too slow or malformed.
        """
        target = self.address.path + path + (f"?{urlencode(query)}" if query else "")
        return self._document(self._patiently("GET", target, None, _BUSY | {500}), path)

    def send(self, method: str, path: str, body: Any) -> Any:
        """Send a JSON document; PATCH must say what shall be, so that it can be sent again.

        Raises:
            ServiceError: As for `get`.
        """
        again = _BUSY | {500} if method == "PATCH" else frozenset({429})
        content = json.dumps(body, ensure_ascii=True).encode()
        return self._document(self._patiently(method, self.address.path + path, content, again), path)

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _where(self, path: str) -> str:
        return self.address.shown + path.split("?")[0]

    def _patiently(self, method: str, target: str, body: bytes | None, again: frozenset[int]) -> _Answer:
        """One request, repeated while the server is busy or the line breaks."""
        for attempt in range(1, self._patience.attempts + 1):
            last = attempt == self._patience.attempts
            try:
                answer = self._follow(method, target, body)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                lasting = not self._answered or isinstance(error, ssl.SSLCertVerificationError)
                if last or lasting or (method == "POST"):
                    raise unreachable(error, attempt, self.address.shown) from None
                wait, why = self._patience.wait(attempt), cause_of(error)
            else:
                self._answered = True
                if answer.status not in again or last:
                    return answer
                asked = retry_after(answer.headers.get("retry-after"))
                wait = self._patience.wait(attempt) if asked is None else asked
                why = f"status {answer.status}"
                if wait > self._patience.longest:
                    raise ServiceError(
                        f"the server asks to wait {wait:.0f} seconds ({why})",
                        where=self.address.shown,
                        remedy="try again later",
                    )
            self._said(f"{self.address.shown}: {why}; trying again in {wait:.1f} s ({attempt})")
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, method: str, target: str, body: bytes | None) -> _Answer:
        for _ in range(5):
            answer = self._once(method, target, body)
            if answer.status not in _REDIRECTS:
                return answer
            there = urljoin(self.address.origin + target, answer.headers.get("location", ""))
            if not self.address.is_origin_of(there):
                parts = urlsplit(there)
                raise ServiceError(
                    f"the server points elsewhere, to {parts.scheme}://{parts.hostname}"[:200],
                    where=self._where(target.removeprefix(self.address.path)),
                    remedy="if that is the right place, give it as the URL",
                )
            if method != "GET":
                raise ServiceError(
                    "the server moves what is to be written",
                    where=self.address.shown,
                    remedy=f"give the URL to which it points: {there.split('?')[0]}",
                )
            parts = urlsplit(there)
            target = quote(parts.path + (f"?{parts.query}" if parts.query else ""), safe=_IN_TARGET)
        raise ServiceError("the server redirects in a circle", where=self.address.shown)

    def _once(self, method: str, target: str, body: bytes | None) -> _Answer:
        self._keep_pace()
        connection = self._connected()
        headers = self._headers | ({} if body is None else {"Content-Type": "application/json"})
        self.requests += 1
        line = connection.sock
        # A server that sends a byte now and then would never meet the time-out between bytes.
        late = threading.Event()
        guard = threading.Timer(self._limits.response_seconds, _cut, [line, late])
        guard.daemon = True
        guard.start()
        try:
            connection.request(method, target, body, headers)
            with connection.getresponse() as response:
                headers = {name.lower(): value for name, value in response.getheaders()}
                answer = _Answer(response.status, headers, self._read(response, target))
            if late.is_set():
                raise TimeoutError
            self._used = time.monotonic()
            return answer
        except BaseException as error:
            self.close()
            if late.is_set() and isinstance(error, (OSError, http.client.HTTPException)):
                raise TimeoutError from None
            raise
        finally:
            guard.cancel()

    def _read(self, response: http.client.HTTPResponse, target: str) -> bytes:
        pieces: list[bytes] = []
        size, promised = 0, response.length
        while piece := response.read1(_PIECE):
            size += len(piece)
            if size > self._limits.response_bytes:
                raise ServiceError(
                    f"the answer is larger than {self._limits.response_bytes} bytes",
                    where=self._where(target.removeprefix(self.address.path)),
                    remedy="ask for less at a time with --page-size",
                )
            pieces.append(piece)
        if promised is not None and size < promised:
            raise http.client.IncompleteRead(b"", promised - size)
        return b"".join(pieces)

    def _connected(self) -> http.client.HTTPConnection:
        if time.monotonic() - self._used > _IDLE_SECONDS:
            self.close()
        if self._connection is not None and self._connection.sock is not None:
            return self._connection
        host, port, timeout = self.address.host, self.address.port, self._limits.timeout
        if self._tls is None:
            self._connection = http.client.HTTPConnection(host, port, timeout=timeout)
        else:
            self._connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=self._tls)
        self._connection.connect()
        return self._connection

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self._limits.rate

    def _document(self, answer: _Answer, path: str) -> Any:
        where = self._where(path)
        if not 200 <= answer.status < 300:
            detail = self._token.hidden_in(detail_of(answer.body))
            raise refusal(answer.status, detail, where)
        if not answer.body and answer.status == 204:
            return None
        if "json" not in answer.headers.get("content-type", "").lower():
            raise ServiceError(
                "the answer is no JSON; this is not the address of a NetBox",
                where=where,
                remedy="give the address that its start page has",
            )
        try:
            return json.loads(answer.body.decode("utf-8"), parse_constant=str)
        except (ValueError, RecursionError):
            raise ServiceError(
                "the answer is malformed JSON", where=where, remedy="look for a proxy that changes answers"
            ) from None


def _cut(line: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError):
            raise UsageError(
                "holds no certificates that can be read", where=str(ca_file), remedy="give a PEM file"
            ) from None
    return context
