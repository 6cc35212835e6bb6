"""What net-snmp's ``snmpwalk`` and ``snmpbulkwalk`` print, with identifiers as numbers or names."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from clearband.snmp.objects import OBJECTS, find_object
from clearband.snmp.values import Value
from clearband.sources.snmp.detect import VALUE_BEGINS
from clearband.sources.snmp.recording import Recording

_LINE: Final = re.compile(rb"([.\w\"'][^\s=]{0,400}) = (.*)", re.DOTALL)
_NUMERIC: Final = re.compile(r"\.?(?:iso|\d+)(?:\.\d+)*")
_NAMED: Final = re.compile(r"(?:.*::|.*\.(?=[a-z]))?([a-zA-Z][\w-]*)((?:\.\d+|\[\d+\])*)")
_TYPED: Final = re.compile(rb"(?:Wrong Type \(should be [^)]*\): )?([A-Z][\w -]{1,20}): ?(.*)", re.DOTALL)
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2} ?)+")
_TOLD: Final = re.compile(
    rb"(?:Timeout: No Response|Error in packet|Error: OID not increasing|snmp\w*: |End of MIB|"
    rb"No more variables left|Reason: |Failed object: |Segmentation fault|\^C)"
)
_ENDS: Final = (b"End of MIB", b"No more variables left")
_ABSENT: Final = (b"No Such Object", b"No Such Instance", b"No more variables left")
_ROOTS: Final = {
    "iso": "1", "org": "1.3", "dod": "1.3.6", "internet": "1.3.6.1", "mgmt": "1.3.6.1.2",
    "mib-2": "1.3.6.1.2.1", "system": "1.3.6.1.2.1.1", "private": "1.3.6.1.4", "enterprises": "1.3.6.1.4.1",
    "snmpV2": "1.3.6.1.6", "snmpModules": "1.3.6.1.6.3", "netSnmpAgentOIDs": "1.3.6.1.4.1.8072.3.2",
}  # fmt: skip
"""Names below which net-snmp prints numbers where it has not read the MIB."""
_NO_LINE: Final = ("belongs to no value of a walk", "belong to no value of a walk")
_NO_VALUE: Final = ("holds a value that does not fit its type", "hold values that do not fit their types")
_NO_NUMBER: Final = (
    "names an identifier that only its MIB explains; walk with -On",
    "name identifiers that only their MIBs explain; walk with -On",
)


def read_snmpwalk(utf8: bytes, file: str) -> Recording:
    """Read a walk; a value may go on over several lines.

    Raises:
        InputError: It holds several devices, or too many values.
    """
    recording = Recording(file)
    open_value = _Open(recording)
    for number, raw in enumerate(BytesIO(utf8), start=1):
        line = raw.rstrip(b"\r\n")
        # A quotation mark that never closes must not swallow what comes behind it.
        is_text = open_value.in_quotes and not VALUE_BEGINS.match(line)
        found = None if is_text else _LINE.fullmatch(line)
        if found is not None:
            open_value.close()
            open_value.begin(found[1], found[2], number)
        elif not open_value.goes_on(line) and line.strip() and not line.startswith(b"#"):
            open_value.close()
            _note(recording, number, line)
    open_value.close()
    return recording


def _note(recording: Recording, number: int, line: bytes) -> None:
    if not _TOLD.match(line.strip()):
        if number > 1:  # the command may stand in the first line
            recording.note(_NO_LINE, number, line)
    elif not line.strip().startswith(_ENDS) and recording.broken_off is None:
        recording.broken_off = (number, " ".join(line[:80].decode("utf-8", "replace").split()))


class _Open:
    """The value that is being read."""

    def __init__(self, recording: Recording) -> None:
        self.in_quotes = False
        self._recording = recording
        self._object: tuple[str, str] | None = None
        self._kind = b""
        self._content: list[bytes] = []
        self._line = 0

    def begin(self, name: bytes, told: bytes, line: int) -> None:
        """A value begins."""
        self._object = _object(name.decode("utf-8", "replace"))
        typed = _TYPED.fullmatch(told)
        self._kind, content = (typed[1], typed[2]) if typed else (b"", told)
        if self._kind == b"" and told.startswith(_ABSENT):
            self._object = None
        self._line = line
        self._content = [content]
        self.in_quotes = (
            self._kind in (b"", b"STRING") and content.startswith(b'"') and not _ends(content[1:])
        )

    def goes_on(self, line: bytes) -> bool:
        """Whether a line without a name belongs to the value."""
        if self.in_quotes:
            self.in_quotes = not _ends(line)
        elif not self._content or _TOLD.match(line.strip()):
            return False
        elif self._kind == b"Hex-STRING":
            if not _HEX.fullmatch(line.strip()):
                return False
        elif self._kind not in (b"", b"STRING") or self._content[0].startswith(b'"'):
            return False
        self._content.append(line)
        return True

    def close(self) -> None:
        """Hand the value over."""
        content, self._content, self.in_quotes = self._content, [], False
        if not content or self._object is None:
            return
        text = b"\n".join(content)
        value = self._value(text)
        if value is None:
            what = _NO_NUMBER if self._object[0] == "sysObjectID" else _NO_VALUE
            self._recording.note(what, self._line, text)
        else:
            self._recording.put(*self._object, value, self._line)

    def _value(self, text: bytes) -> Value | None:
        """A value by its type; None where it is none."""
        if self._kind == b"OID" or (self._object is not None and self._object[0] == "sysObjectID"):
            return _identifier(text.decode("utf-8", "replace").strip())
        if self._kind != b"Hex-STRING":
            return _unquoted(text).decode("utf-8", "replace")
        digits = b" ".join(text.split())
        return bytes.fromhex(digits.decode("ascii")) if _HEX.fullmatch(digits) else None


def _ends(text: bytes) -> bool:
    """Whether a quoted text ends with a line."""
    text = text.rstrip()
    slashes = len(text) - 1 - len(text[:-1].rstrip(b"\\"))
    return text.endswith(b'"') and slashes % 2 == 0


def _unquoted(text: bytes) -> bytes:
    stripped = text.strip()
    if len(stripped) >= 2 and stripped.startswith(b'"') and stripped.endswith(b'"'):
        return re.sub(rb"\\([\\\"])", rb"\1", stripped[1:-1])
    return text


def _object(name: str) -> tuple[str, str] | None:
    """Object and index of what stands before the equals sign."""
    if _NUMERIC.fullmatch(name):
        return find_object(name.removeprefix(".").replace("iso", "1", 1))
    found = _NAMED.fullmatch(name)
    if found is None:
        return None
    index = found[2].replace("[", ".").replace("]", "").removeprefix(".")
    if found[1] in OBJECTS and index:
        return found[1], index
    if found[1] in _ROOTS and index:
        return find_object(f"{_ROOTS[found[1]]}.{index}")
    return None


def _identifier(text: str) -> str | None:
    """An object identifier as numbers; None where only a MIB knows them."""
    if _NUMERIC.fullmatch(text):
        return text.removeprefix(".").replace("iso", "1", 1)
    found = _NAMED.fullmatch(text)
    if found is None or found[1] not in _ROOTS:
        return None
    return _ROOTS[found[1]] + found[2]
