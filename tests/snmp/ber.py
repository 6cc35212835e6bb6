"""As much of BER (X.690) as an SNMPv2c message needs, for the agents that tests play."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Value = int | bytes | str | None
"""An INTEGER, an OCTET STRING, an OBJECT IDENTIFIER (dotted), or NULL."""

GET, GET_NEXT, RESPONSE, GET_BULK = 0xA0, 0xA1, 0xA2, 0xA5
NO_SUCH_INSTANCE, END_OF_MIB = b"\x81\x00", b"\x82\x00"


@dataclass(frozen=True)
class Request:
    """What a manager asks."""

    version: int
    community: bytes
    kind: int
    number: int
    non_repeaters: int
    repetitions: int
    oids: tuple[str, ...]


def packed(tag: int, content: bytes) -> bytes:
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def integer(number: int, tag: int = 2) -> bytes:
    return packed(tag, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def object_id(oid: str) -> bytes:
    first, second, *rest = map(int, oid.split("."))
    content = bytearray()
    for part in (first * 40 + second, *rest):
        groups = [part & 0x7F]
        while part := part >> 7:
            groups.append(part & 0x7F | 0x80)
        content += bytes(reversed(groups))
    return packed(6, bytes(content))


def value(given: Value) -> bytes:
    if given is None:
        return b"\x05\x00"
    if isinstance(given, int):
        return integer(given)
    return packed(4, given) if isinstance(given, bytes) else object_id(given)


def response(
    request: Request, pairs: list[tuple[str, bytes]], error: int = 0, number: int | None = None
) -> bytes:
    """An answer: object identifiers with encoded values."""
    listed = packed(0x30, b"".join(packed(0x30, object_id(oid) + content) for oid, content in pairs))
    numbers = (
        integer(request.number if number is None else number) + integer(error) + integer(1 if error else 0)
    )
    pdu = packed(RESPONSE, numbers + listed)
    return packed(0x30, integer(request.version) + packed(4, request.community) + pdu)


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            length = size & 0x7F
            size, at = int.from_bytes(data[at : at + length], "big"), at + length
        yield tag, data[at : at + size]
        at += size


def _dotted(content: bytes) -> str:
    parts, number = [], 0
    for one in content:
        number = number << 7 | one & 0x7F
        if not one & 0x80:
            parts.append(number)
            number = 0
    first = min(parts[0] // 40, 2)
    return ".".join(map(str, (first, parts[0] - first * 40, *parts[1:])))


def read_request(data: bytes) -> Request:
    """What a datagram of SNMPv1 or v2c asks."""
    (_, message), *_ = _pieces(data)
    (_, version), (_, community), (kind, pdu) = _pieces(message)
    (_, number), (_, first), (_, second), (_, listed) = _pieces(pdu)
    oids = tuple(_dotted(next(iter(_pieces(pair)))[1]) for _, pair in _pieces(listed))
    plain = [int.from_bytes(one, "big", signed=True) for one in (version, number, first, second)]
    return Request(plain[0], community, kind, plain[1], plain[2], plain[3], oids)
