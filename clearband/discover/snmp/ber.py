"""As much of BER (X.690) as SNMP needs; what is read comes from strangers and is bounded by its datagram."""

from __future__ import annotations

from typing import Final

from clearband.snmp.values import Value

Oid = tuple[int, ...]

INTEGER: Final = 0x02
OCTETS: Final = 0x04
NULL: Final = 0x05
OID: Final = 0x06
SEQUENCE: Final = 0x30
_ADDRESS: Final = 0x40
_UNSIGNED: Final = frozenset({0x41, 0x42, 0x43, 0x46, 0x47})
_OPAQUE: Final = 0x44
_LONGEST_OID: Final = 512


class MalformedError(ValueError):
    """A datagram is not what it should be."""


def packed(tag: int, *parts: bytes) -> bytes:
    """A tag with its length and content."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(number: int) -> bytes:
    """An INTEGER."""
    return packed(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def object_id(oid: Oid) -> bytes:
    """An OBJECT IDENTIFIER."""
    content = bytearray()
    for part in (oid[0] * 40 + oid[1], *oid[2:]):
        groups = [part & 0x7F]
        while part := part >> 7:
            groups.append(part & 0x7F | 0x80)
        content += bytes(reversed(groups))
    return packed(OID, bytes(content))


def element(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Tag of the element at a place, and where its content begins and ends.

    Raises:
        MalformedError: It does not lie within ``end``.
    """
    if at + 2 > end:
        raise MalformedError("cut off")
    tag, size, begin = data[at], data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        begin += count
        if not 1 <= count <= 4 or begin > end:
            raise MalformedError("a length that is none")
        size = int.from_bytes(data[at + 2 : begin], "big")
    if begin + size > end:
        raise MalformedError("cut off")
    return tag, begin, begin + size


def expect(data: bytes, at: int, end: int, wanted: int) -> tuple[int, int]:
    """Where the content of an element with a certain tag begins and ends.

    Raises:
        MalformedError: It has another tag, or does not lie within ``end``.
    """
    tag, begin, stop = element(data, at, end)
    if tag != wanted:
        raise MalformedError(f"tag {tag:#x} for {wanted:#x}")
    return begin, stop


def read_integer(data: bytes, at: int, end: int) -> tuple[int, int]:
    """An INTEGER, and where it ends.

    Raises:
        MalformedError: It is none, or takes more than eight bytes.
    """
    begin, stop = expect(data, at, end, INTEGER)
    if not 1 <= stop - begin <= 8:
        raise MalformedError("a number that is none")
    return int.from_bytes(data[begin:stop], "big", signed=True), stop


def read_octets(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    """An OCTET STRING, and where it ends.

    Raises:
        MalformedError: It is none.
    """
    begin, stop = expect(data, at, end, OCTETS)
    return data[begin:stop], stop


def read_oid(data: bytes, at: int, end: int) -> tuple[Oid, int]:
    """An OBJECT IDENTIFIER, and where it ends.

    Raises:
        MalformedError: It is none.
    """
    begin, stop = expect(data, at, end, OID)
    return _oid(data[begin:stop]), stop


def read_value(data: bytes, at: int, end: int) -> tuple[Value | None, int, int]:
    """A value, its tag, and where it ends; None for NULL, exceptions and types that SNMP does not have.

    Raises:
        MalformedError: It is cut off, or no value of its type.
    """
    tag, begin, stop = element(data, at, end)
    content = data[begin:stop]
    if tag in (OCTETS, _OPAQUE):
        return content, tag, stop
    if tag == INTEGER or tag in _UNSIGNED:
        if not 1 <= len(content) <= 9:
            raise MalformedError("a number that is none")
        return int.from_bytes(content, "big", signed=tag == INTEGER), tag, stop
    if tag == OID:
        return ".".join(map(str, _oid(content))), tag, stop
    if tag == _ADDRESS and len(content) == 4:
        return ".".join(map(str, content)), tag, stop
    return None, tag, stop


def _oid(content: bytes) -> Oid:
    if not content or content[-1] & 0x80 or len(content) > _LONGEST_OID:
        raise MalformedError("an identifier that is none")
    if max(content) < 0x80:
        parts = list(content)
    else:
        parts, number = [], 0
        for one in content:
            number = number << 7 | one & 0x7F
            if not one & 0x80:
                parts.append(number)
                number = 0
    first = min(parts[0] // 40, 2)
    return (first, parts[0] - first * 40, *parts[1:])
