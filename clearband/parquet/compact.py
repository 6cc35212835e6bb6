"""The Thrift compact protocol, as far as Parquet's footers use it: structures as trees of numbered fields.

Nothing of what is read is known beforehand, so that fields of later versions of the format are kept.
Source: Apache Thrift, doc/specs/thrift-compact-protocol.md.
"""

from __future__ import annotations

import struct
from typing import Any, Final, NamedTuple

TRUE: Final = 1
FALSE: Final = 2
BYTE: Final = 3
I16: Final = 4
I32: Final = 5
I64: Final = 6
DOUBLE: Final = 7
BINARY: Final = 8
LIST: Final = 9
SET: Final = 10
MAP: Final = 11
STRUCT: Final = 12

_INTEGERS: Final = frozenset({I16, I32, I64})
_DEEPEST: Final = 32
_LONG_LIST: Final = 15


class Listed(NamedTuple):
    """A list, or a set.

    Attributes:
        kind: Type of its elements.
        items: The elements.
    """

    kind: int
    items: list[Any]


Fields = dict[int, tuple[int, Any]]
"""A structure: by number, the type and the value of each field. Structures in it are the same again."""


def read_struct(data: bytes) -> Fields:
    """Read a structure.

    Raises:
        ValueError: The bytes are none, or nested too deeply.
    """
    return read_struct_at(data, 0)[0]


def read_struct_at(data: bytes, at: int) -> tuple[Fields, int]:
    """A structure in the middle of bytes, and where it ends.

    Raises:
        ValueError: The bytes are none, or nested too deeply.
    """
    reader = _Reader(data, at)
    try:
        return reader.struct(0), reader.at
    except (IndexError, struct.error):
        raise ValueError("the bytes end within a structure") from None


def write_struct(fields: Fields) -> bytes:
    """The bytes of a structure."""
    out = bytearray()
    _put_struct(out, fields)
    return bytes(out)


class _Reader:
    """Reads from the front; each element takes a byte or more, so that no count can outrun the bytes."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self.at = at

    def struct(self, depth: int) -> Fields:
        if depth > _DEEPEST:
            raise ValueError("structures are nested too deeply")
        fields: Fields = {}
        number = 0
        while (head := self._byte()) != 0:
            kind = head & 0x0F
            step = head >> 4
            number = number + step if step else self._integer()
            fields[number] = (kind, self._value(kind, depth))
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (TRUE, FALSE):
            return kind == TRUE
        return self._element(kind, depth)

    def _element(self, kind: int, depth: int) -> Any:
        if kind in _INTEGERS:
            return self._integer()
        if kind == BINARY:
            return self._take(self._number())
        if kind == STRUCT:
            return self.struct(depth + 1)
        if kind in (LIST, SET):
            return self._list(depth)
        if kind in (TRUE, FALSE):
            return self._byte() == TRUE
        if kind == BYTE:
            return self._byte()
        if kind == DOUBLE:
            return struct.unpack("<d", self._take(8))[0]
        raise ValueError(f"no structure of Parquet has fields of type {kind}")

    def _list(self, depth: int) -> Listed:
        if depth > _DEEPEST:
            raise ValueError("lists are nested too deeply")
        head = self._byte()
        count = head >> 4
        if count == _LONG_LIST:
            count = self._number()
        kind = head & 0x0F
        return Listed(kind, [self._element(kind, depth + 1) for _ in range(count)])

    def _byte(self) -> int:
        byte = self._data[self.at]
        self.at += 1
        return byte

    def _take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self._data):
            raise ValueError("the bytes end within a value")
        taken = self._data[self.at : end]
        self.at = end
        return taken

    def _number(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise ValueError("a number is too long")

    def _integer(self) -> int:
        value = self._number()
        return (value >> 1) ^ -(value & 1)


def _put_struct(out: bytearray, fields: Fields) -> None:
    last = 0
    for number in sorted(fields):
        kind, value = fields[number]
        if kind in (TRUE, FALSE):
            kind = TRUE if value else FALSE
        step = number - last
        if 0 < step < 16:
            out.append(step << 4 | kind)
        else:
            out.append(kind)
            _put_integer(out, number)
        last = number
        if kind not in (TRUE, FALSE):
            _put(out, kind, value)
    out.append(0)


def _put(out: bytearray, kind: int, value: Any) -> None:
    if kind in _INTEGERS:
        _put_integer(out, value)
    elif kind == BINARY:
        _put_number(out, len(value))
        out += value
    elif kind == STRUCT:
        _put_struct(out, value)
    elif kind in (LIST, SET):
        _put_list(out, value)
    elif kind in (TRUE, FALSE):
        out.append(TRUE if value else FALSE)
    elif kind == BYTE:
        out.append(value)
    else:
        out += struct.pack("<d", value)


def _put_list(out: bytearray, value: Listed) -> None:
    count = len(value.items)
    if count < _LONG_LIST:
        out.append(count << 4 | value.kind)
    else:
        out.append(_LONG_LIST << 4 | value.kind)
        _put_number(out, count)
    for item in value.items:
        _put(out, value.kind, item)


def _put_number(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _put_integer(out: bytearray, value: int) -> None:
    _put_number(out, value << 1 if value >= 0 else (-value << 1) - 1)
