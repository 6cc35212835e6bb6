"""``.snmprec``: a line for each value, ``OID|TAG|VALUE`` (snmpsim's form)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from clearband.snmp.objects import find_object
from clearband.snmp.values import Value
from clearband.sources.snmp.recording import Recording

_OID: Final = re.compile(rb"\.?[012](?:\.\d{1,20})+")
_TAG: Final = re.compile(rb"(\d{1,3})([xe]?)(?::([\w-]{1,40}))?")
_NUMBERS: Final = frozenset({b"2", b"65", b"66", b"67", b"70"})
_TEXTS: Final = frozenset({b"4", b"64", b"68"})
_NOTHING: Final = frozenset({b"5", b"128", b"129", b"130"})
_ESCAPE: Final = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_ESCAPES: Final = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v",
}  # fmt: skip
_NO_LINE: Final = ("is no value (OID|TAG|VALUE)", "are no values (OID|TAG|VALUE)")
_BAD_VALUE: Final = ("holds a value that does not fit its tag", "hold a value that does not fit its tag")


def read_snmprec(utf8: bytes, file: str) -> Recording:
    """Read a recording.

    Raises:
        InputError: It holds several devices, or too many values.
    """
    recording = Recording(file)
    for number, raw in enumerate(BytesIO(utf8), start=1):
        line = raw.rstrip(b"\r\n")
        oid, _, rest = line.partition(b"|")
        tag, bar, content = rest.partition(b"|")
        if not bar or not _OID.fullmatch(oid):
            if line.strip() and not line.startswith(b"#"):
                recording.note(_NO_LINE, number, line)
            continue
        found = find_object(oid.decode("ascii").removeprefix("."))
        if found is None:
            continue
        kind = _TAG.fullmatch(tag)
        if kind is None:
            recording.note(_NO_LINE, number, line)
            continue
        if kind[3]:
            recording.generated[found[0]] += 1
            continue
        if kind[1] in _NOTHING:
            continue
        value = _value(kind[1], kind[2], content)
        if value is None:
            recording.note(_BAD_VALUE, number, line)
        else:
            recording.put(*found, value, number)
    return recording


def _value(tag: bytes, encoding: bytes, content: bytes) -> Value | None:
    """A value by its tag; None where it is none."""
    try:
        if encoding == b"x":
            content = bytes.fromhex(content.decode("ascii"))
        elif encoding == b"e":
            content = _ESCAPE.sub(_unescaped, content)
        if tag in _TEXTS:
            return content
        if tag in _NUMBERS:
            return int(content[:30])
        if tag == b"6" and _OID.fullmatch(content):
            return content.decode("ascii").removeprefix(".")
    except ValueError:
        pass
    return None


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes.fromhex(sign[1:].decode("ascii")) if len(sign) == 3 else _ESCAPES.get(sign, sign)
