"""Requests and responses of SNMPv2 (RFC 3416), the same in v2c and v3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.discover.snmp import ber
from clearband.discover.snmp.ber import MalformedError, Oid
from clearband.snmp.values import Value

GET: Final = 0xA0
RESPONSE: Final = 0xA2
GET_BULK: Final = 0xA5
REPORT: Final = 0xA8
_END_OF_VIEW: Final = 0x82
_MOST_PAIRS: Final = 4_096
_ERRORS: Final = {
    1: "tooBig", 2: "noSuchName", 3: "badValue", 4: "readOnly", 5: "genErr", 6: "noAccess",
    13: "resourceUnavailable", 16: "authorizationError",
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What is asked.

    Args:
        kind: ``GET`` or ``GET_BULK``.
        repetitions: How many values behind each identifier ``GET_BULK`` asks for.
    """

    kind: int
    oids: tuple[Oid, ...]
    repetitions: int = 0

    def encoded(self, number: int) -> bytes:
        """The PDU with its request id."""
        pairs = b"".join(ber.packed(ber.SEQUENCE, ber.object_id(oid), b"\x05\x00") for oid in self.oids)
        counts = ber.integer(0) + ber.integer(self.repetitions if self.kind == GET_BULK else 0)
        return ber.packed(self.kind, ber.integer(number), counts, ber.packed(ber.SEQUENCE, pairs))


@dataclass(frozen=True)
class Response:
    """What is answered.

    Attributes:
        kind: ``RESPONSE`` or ``REPORT``.
        number: Request id.
        error: Error status, 0 for none.
        pairs: Identifiers with their values; None where there is no such value.
        ended: The agent has nothing behind the last pair.
    """

    kind: int
    number: int
    error: int
    pairs: tuple[tuple[Oid, Value | None], ...]
    ended: bool = False

    @property
    def error_name(self) -> str:
        """The error in the words of RFC 3416."""
        return _ERRORS.get(self.error, f"error {self.error}")


def read_response(data: bytes, at: int, end: int) -> Response:
    """Read a PDU.

    Raises:
        MalformedError: It is none.
    """
    kind, at, end = ber.element(data, at, end)
    if kind not in (RESPONSE, REPORT):
        raise MalformedError("no response")
    number, at = ber.read_integer(data, at, end)
    error, at = ber.read_integer(data, at, end)
    _, at = ber.read_integer(data, at, end)
    at, end = ber.expect(data, at, end, ber.SEQUENCE)
    pairs: list[tuple[Oid, Value | None]] = []
    ended = False
    while at < end and len(pairs) < _MOST_PAIRS:
        begin, at = ber.expect(data, at, end, ber.SEQUENCE)
        oid, begin = ber.read_oid(data, begin, at)
        value, tag, _ = ber.read_value(data, begin, at)
        if tag == _END_OF_VIEW:
            ended = True
            break
        pairs.append((oid, value))
    return Response(kind, number, error, tuple(pairs), ended)
