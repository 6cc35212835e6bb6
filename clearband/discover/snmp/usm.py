"""Keys and messages of SNMPv3 with the user-based security model (RFC 3412, 3414, 3826, 7860)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from clearband.discover.snmp import ber
from clearband.discover.snmp.aes import decrypted, encrypted
from clearband.discover.snmp.ber import MalformedError
from clearband.discover.snmp.pdu import GET, REPORT, RESPONSE, Request, Response, read_response

_Hash = Callable[..., Any]
HASHES: Final[dict[str, tuple[_Hash, int]]] = {
    "sha1": (hashlib.sha1, 12),
    "sha224": (hashlib.sha224, 16),
    "sha256": (hashlib.sha256, 24),
    "sha384": (hashlib.sha384, 32),
    "sha512": (hashlib.sha512, 48),
}
"""Hash and length of the code in a message, by name."""
CIPHERS: Final = {"aes128": 16, "aes192": 24, "aes256": 32, "aes192-cisco": 24, "aes256-cisco": 32}
"""Length of the key, by name; those of Cisco make a short key longer in another way."""
_EXPANDED: Final = 1 << 20
_AUTH, _PRIV, _REPORTABLE = 1, 2, 4
_WINDOW: Final = 150
_LARGEST: Final = 65_507
_REPORTS: Final = "1.3.6.1.6.3.15.1.1."


class RefusedError(Exception):
    """The agent does not accept the user; the message says why."""


class NotInTimeError(Exception):
    """The agent's clock is another than was thought; what it says is noted, and asking again may help."""


@dataclass(frozen=True)
class User:
    """A user of SNMPv3; neither ``repr`` nor a message shows the passwords.

    Args:
        name: Its name.
        auth: One of `HASHES`.
        auth_password: At least eight bytes.
        priv: One of `CIPHERS`, or None: answers are then authenticated and can be read on the way.
        priv_password: At least eight bytes.
    """

    name: str
    auth: str
    auth_password: bytes = field(repr=False)
    priv: str | None = None
    priv_password: bytes = field(default=b"", repr=False)

    @cached_property
    def _master_keys(self) -> tuple[bytes, bytes]:
        return self._master(self.auth_password), self._master(self.priv_password) if self.priv else b""

    def _master(self, password: bytes) -> bytes:
        """A key of a password (RFC 3414, A.2)."""
        whole = (password * (_EXPANDED // len(password) + 1))[:_EXPANDED]
        digest: bytes = HASHES[self.auth][0](whole).digest()
        return digest

    def _localized(self, master: bytes, engine: bytes) -> bytes:
        digest: bytes = HASHES[self.auth][0](master + engine + master).digest()
        return digest

    def keys(self, engine: bytes) -> tuple[bytes, bytes]:
        """Keys of authentication and of encryption for an engine; the second is empty without encryption."""
        auth, priv = self._master_keys
        own = self._localized(auth, engine)
        if self.priv is None:
            return own, b""
        key, size = self._localized(priv, engine), CIPHERS[self.priv]
        while len(key) < size:
            if self.priv.endswith("-cisco"):
                key += self._localized(self._master(key), engine)
            else:
                key += HASHES[self.auth][0](key).digest()
        return own, key[:size]


class UserMessages:
    """Writes requests and reads responses of one engine for a user.

    Attributes:
        engine: Id of the engine, empty until it is known.
    """

    def __init__(self, user: User) -> None:
        self._user = user
        self.engine = b""
        self._boots = 0
        self._time = 0
        self._at = 0.0
        self._auth_key = b""
        self._priv_key = b""

    @property
    def is_discovered(self) -> bool:
        """Whether the engine is known, so that requests can be made."""
        return bool(self.engine)

    def discovery(self, number: int) -> bytes:
        """A request that any engine answers with its id (RFC 3414, 4)."""
        return self._message(Request(GET, ()).encoded(number), number, flags=_REPORTABLE, user=b"")

    def encode(self, request: Request, number: int) -> bytes:
        """A request as a datagram."""
        flags = _REPORTABLE | _AUTH | (_PRIV if self._user.priv else 0)
        return self._message(request.encoded(number), number, flags=flags, user=self._user.name.encode())

    def _message(self, pdu: bytes, number: int, *, flags: int, user: bytes) -> bytes:
        scoped = ber.packed(
            ber.SEQUENCE, ber.packed(ber.OCTETS, self.engine), ber.packed(ber.OCTETS, b""), pdu
        )
        now = self._time + int(time.monotonic() - self._at) if self.engine else 0
        salt = b""
        if flags & _PRIV:
            salt = secrets.token_bytes(8)
            scoped = ber.packed(
                ber.OCTETS, encrypted(self._priv_key, self._vector(self._boots, now, salt), scoped)
            )
        code = HASHES[self._user.auth][1] if flags & _AUTH else 0
        tail = ber.packed(ber.OCTETS, salt)
        security = ber.packed(
            ber.SEQUENCE,
            ber.packed(ber.OCTETS, self.engine),
            ber.integer(self._boots),
            ber.integer(now),
            ber.packed(ber.OCTETS, user),
            ber.packed(ber.OCTETS, bytes(code)),
            tail,
        )
        header = ber.packed(
            ber.SEQUENCE, ber.integer(number), ber.integer(_LARGEST), ber.packed(ber.OCTETS, bytes((flags,))),
            ber.integer(3),
        )  # fmt: skip
        whole = ber.packed(ber.SEQUENCE, ber.integer(3), header, ber.packed(ber.OCTETS, security), scoped)
        if not code:
            return whole
        at = len(whole) - len(scoped) - len(tail) - code
        return whole[:at] + self._code(whole) + whole[at + code :]

    def _code(self, message: bytes) -> bytes:
        used, length = HASHES[self._user.auth]
        return hmac.new(self._auth_key, message, used).digest()[:length]

    @staticmethod
    def _vector(boots: int, now: int, salt: bytes) -> bytes:
        return (boots & 0xFFFF_FFFF).to_bytes(4, "big") + (now & 0xFFFF_FFFF).to_bytes(4, "big") + salt

    def decode(self, data: bytes, number: int) -> Response:
        """The response to a request, or to a discovery.

        Raises:
            MalformedError: It is none, answers something else, or is not authentic.
            RefusedError: The agent does not accept the user.
            NotInTimeError: Ask again.
        """
        at, end = ber.expect(data, 0, len(data), ber.SEQUENCE)
        version, at = ber.read_integer(data, at, end)
        if version != 3:
            raise MalformedError("not version 3")
        begin, at = ber.expect(data, at, end, ber.SEQUENCE)
        message, begin = ber.read_integer(data, begin, at)
        _, begin = ber.read_integer(data, begin, at)
        flags, begin = ber.read_octets(data, begin, at)
        if message != number or len(flags) != 1:
            raise MalformedError("an answer to something else")
        begin, stop = ber.expect(data, at, end, ber.OCTETS)
        told = _read_security(data, begin, stop)
        if not self.engine:
            response = self._scoped(data, stop, end)
            self._meet(told)
            return response
        is_authentic = bool(flags[0] & _AUTH)
        if is_authentic:
            self._check(data, told)
        if flags[0] & _PRIV:
            if not is_authentic or not self._priv_key:
                raise MalformedError("encrypted, and not authentic")
            content, _ = ber.read_octets(data, stop, end)
            vector = self._vector(told.boots, told.time, told.salt)
            if len(vector) != 16:
                raise MalformedError("no salt")
            plain = decrypted(self._priv_key, vector, content)
            response = self._scoped(plain, 0, len(plain))
        else:
            response = self._scoped(data, stop, end)
        if response.kind == REPORT:
            self._report(response, told, is_authentic=is_authentic)
        if not is_authentic or (self._priv_key and not flags[0] & _PRIV):
            raise MalformedError("less protected than the request")
        if response.kind != RESPONSE or response.number != number:
            raise MalformedError("an answer to something else")
        return response

    def _meet(self, told: _Security) -> None:
        if not 5 <= len(told.engine) <= 32:
            raise MalformedError("an engine without an id")
        self.engine = told.engine
        self._auth_key, self._priv_key = self._user.keys(told.engine)
        self._note_time(told)

    def _note_time(self, told: _Security) -> None:
        self._boots, self._time, self._at = told.boots, told.time, time.monotonic()

    def _check(self, data: bytes, told: _Security) -> None:
        """Refuse what the engine did not write, or wrote long ago (RFC 3414, 3.2)."""
        code = HASHES[self._user.auth][1]
        if told.engine != self.engine or told.code_end - told.code_begin != code:
            raise MalformedError("of another engine")
        blank = data[: told.code_begin] + bytes(code) + data[told.code_end :]
        if not hmac.compare_digest(self._code(blank), data[told.code_begin : told.code_end]):
            raise MalformedError("not authentic")
        if told.boots < self._boots or (told.boots == self._boots and told.time < self._time - _WINDOW):
            raise MalformedError("written long ago")

    @staticmethod
    def _scoped(data: bytes, at: int, end: int) -> Response:
        at, end = ber.expect(data, at, end, ber.SEQUENCE)
        _, at = ber.read_octets(data, at, end)
        _, at = ber.read_octets(data, at, end)
        return read_response(data, at, end)

    def _report(self, response: Response, told: _Security, *, is_authentic: bool) -> None:
        reported = ".".join(map(str, response.pairs[0][0])) if response.pairs else ""
        kind = reported.removeprefix(_REPORTS).partition(".")[0] if reported.startswith(_REPORTS) else ""
        if kind == "2" and is_authentic:
            self._note_time(told)
            raise NotInTimeError
        raise RefusedError(
            {
                "1": "the level of security (authentication, encryption) is not allowed for the user",
                "2": "its clock does not fit",
                "3": "the user is not known",
                "5": "the password or hash of authentication is wrong",
                "6": "the password or cipher of encryption is wrong",
            }.get(kind, "the request is refused")
        )


@dataclass(frozen=True)
class _Security:
    """Security parameters of a message; ``code_begin`` and ``code_end`` are places in it."""

    engine: bytes
    boots: int
    time: int
    code_begin: int
    code_end: int
    salt: bytes


def _read_security(data: bytes, at: int, end: int) -> _Security:
    at, end = ber.expect(data, at, end, ber.SEQUENCE)
    engine, at = ber.read_octets(data, at, end)
    boots, at = ber.read_integer(data, at, end)
    seconds, at = ber.read_integer(data, at, end)
    _, at = ber.read_octets(data, at, end)
    begin, at = ber.expect(data, at, end, ber.OCTETS)
    salt, _ = ber.read_octets(data, at, end)
    return _Security(engine, boots, seconds, begin, at, salt)
