"""The character encoding of a text file: mark, then strict UTF-8, then a short list with a visible guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from clearband.errors import InputError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 65_536
_CHUNK = 4_000_000


@dataclass(frozen=True)
class DecodedText:
    """A text file as UTF-8.

    Args:
        utf8: The text, without byte order mark.
        encoding: What it was encoded in.
        warnings: A guess or a repair that a person should look at.
    """

    utf8: bytes
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_text(data: bytes, where: str, encoding: str | None = None) -> DecodedText:
    """Turn a text file into UTF-8.

    Args:
        data: The file.
        where: Its name for messages.
        encoding: What the user says; None detects it.

    Raises:
        InputError: The bytes are not text, or not text in the encoding that the user named.
    """
    if encoding is not None:
        return _decode_given(data, where, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _recode(data[len(mark) :], name, where)
    if wide := _utf16_without_mark(data):
        text = _recode(data, wide, where)
        note = f"taken for {wide} by its pattern of zero bytes; say --encoding if that is wrong"
        return DecodedText(text.utf8, wide, (note,))
    refuse_binary(data, where)
    error = _first_error(data)
    if error is None:
        return DecodedText(data, "utf-8")
    return _guess(data, error)


def seems_utf8(data: bytes, begin: int) -> bool:
    """Whether `decode_text`, told so, would give back what is behind a place as it is, if it is UTF-8."""
    head = data[begin : begin + _HEAD]
    return not (head.startswith(codecs.BOM_UTF8) or b"\0" in data or _controls(head) > _most_controls(head))


def refuse_binary(data: bytes, where: str) -> None:
    """Refuse bytes that are no text in any eight-bit encoding.

    Raises:
        InputError: There are zero bytes or many control bytes.
    """
    zero = data.find(b"\0")
    head = data[:_HEAD]
    controls = _controls(head)
    if zero >= 0 or controls > _most_controls(head):
        at = (
            f"a zero byte at offset {zero}"
            if zero >= 0
            else f"{controls} control bytes in its first {len(head)}"
        )
        raise InputError(
            f"not a table: binary data ({at})", where=where, remedy="export the inventory as CSV or XLSX"
        )


def _controls(head: bytes) -> int:
    """How many bytes stand for control characters that no text has."""
    return len(head) - len(
        head.translate(None, bytes(range(1, 9)) + bytes(range(14, 27)) + b"\x1c\x1d\x1e\x1f")
    )


def _most_controls(head: bytes) -> int:
    return max(8, len(head) // 100)


def _decode_given(data: bytes, where: str, encoding: str) -> DecodedText:
    try:
        name = codecs.lookup(encoding).name
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
    except LookupError:
        raise InputError(
            f'"{encoding}" is not a known character encoding',
            where=where,
            remedy="e.g. utf-8, cp1252, gb18030",
        ) from None
    if name in ("utf-16", "utf-8-sig", "utf-32"):
        return _recode(data, name, where)
    for mark, marked in _MARKS:
        if data.startswith(mark) and marked == name:
            data = data[len(mark) :]
            break
    return _recode(data, name, where)


def _recode(data: bytes, name: str, where: str) -> DecodedText:
    if name in ("utf-8", "utf_8"):
        error = _first_error(data)
        if error is None:
            refuse_binary(data, where)
            return DecodedText(data, "utf-8")
    try:
        text = data.decode(name).encode("utf-8", "replace")
    except (UnicodeError, ValueError) as problem:
        start = getattr(problem, "start", len(data))
        line = data.count(b"\n", 0, start) + 1
        raise InputError(
            f"not valid {name} text (byte {start})",
            where=f"{where} line {line}",
            remedy="say its encoding with --encoding, or save it as UTF-8",
        ) from None
    refuse_binary(text, where)
    return DecodedText(text, name)


def _first_error(data: bytes) -> int | None:
    """Offset of the first byte that is not UTF-8, None when all is; without a second copy of the file."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        try:
            decoder.decode(chunk, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start + error.start
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[: _HEAD & ~1]
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes, error: int) -> DecodedText:
    line = data.count(b"\n", 0, error) + 1
    if _is_mostly_utf8(data):
        text = data.decode("utf-8", "replace")
        count = text.count("\ufffd")
        note = f"not quite UTF-8: {count} characters cannot be read (first in line {line}), shown as \ufffd"
        return DecodedText(text.encode(), "utf-8", (note,))
    name = "gb18030" if _is_chinese(data) else "cp1252"
    shown = {"gb18030": "GB18030", "cp1252": "Windows-1252"}[name]
    note = f"not UTF-8 (first seen in line {line}); read as {shown}, a guess: say --encoding if it is wrong"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        name, text = "latin-1", data.decode("latin-1")
        note = note.replace(shown, "ISO 8859-1")
    return DecodedText(text.encode(), name, (note,))


def _is_mostly_utf8(data: bytes) -> bool:
    """A UTF-8 file with a few broken characters, such as one cut in two by a field length."""
    text = data.decode("utf-8", "replace")
    good = sum(text.count(c) for c in set(text) if ord(c) > 127 and c != "\ufffd")
    return good >= 4 * text.count("\ufffd")


def _is_chinese(data: bytes) -> bool:
    """GB18030 text is nearly all common characters: two high bytes, the first from B0 to D7.

    Western text in an eight-bit encoding also decodes as GB18030, but as rare characters: its accented
    letters stand alone before ASCII ones, and Cyrillic letters lie above D7.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    common = other = 0
    for c in set(text):
        if c.isascii():
            continue
        coded, count = c.encode("gb18030"), text.count(c)
        if len(coded) == 2 and coded[1] >= 0xA1 and 0xB0 <= coded[0] <= 0xD7:
            common += count
        elif not (len(coded) == 2 and coded[1] >= 0xA1 and 0xA1 <= coded[0] <= 0xA9):
            other += count
    return common > 0 and common >= 0.7 * (common + other)
