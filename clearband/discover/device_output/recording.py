"""The bytes of a recorded session as plain lines: encodings, line ends, colours and pagers taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clearband.discover.device_output.limits import Limits
from clearband.errors import InputError

_PAGER: Final = re.compile(
    r"[ \t]*(?:<?-{1,5} ?[Mm]ore\b[^\n\x08\x1b\r-]{0,60}-{1,5}>?|-{3}\([Mm]ore[^)\n]{0,20}\)-{3}|"
    r"Press any key to continue \(Q to quit\))"
    r"(?:\x1b\[\d{0,4}D *\x1b\[\d{0,4}D|\x1b\[\d{0,2}K|\r *(?=\r)|[ \x08]*\x08)?"
)
"""A pager's question and how it is wiped out again: by cursor movements, blanks or backspaces."""

_ESCAPE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[@-Z\\-_=>])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Recording:
    """A file as lines.

    Attributes:
        lines: Its lines, without line ends.
        cut: Numbers of lines that were too long and were cut.
    """

    lines: tuple[str, ...]
    cut: tuple[int, ...]


def read_recording(data: bytes, where: str, limits: Limits) -> Recording:
    """Read what a terminal showed.

    Raises:
        InputError: There is nothing, it is no text, or it is larger than the limits.
    """
    if len(data) > limits.max_bytes:
        raise InputError(f"larger than {limits.max_bytes} bytes", where=where, remedy="split the recording")
    text = _plain(_decoded(data, where))
    found = text.split("\n")
    if len(found) > limits.max_lines:
        raise InputError(f"more than {limits.max_lines} lines", where=where, remedy="split the recording")
    if not text.strip():
        raise InputError("the file is empty", where=where, remedy="record the device's output again")
    longest = limits.max_line_characters
    return Recording(
        lines=tuple(line[:longest].rstrip() for line in found),
        cut=tuple(number for number, line in enumerate(found, start=1) if len(line) > longest),
    )


def _decoded(data: bytes, where: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif b"\0" in data.replace(b"\r\0", b""):  # Telnet sends CR NUL for a bare CR.
        raise InputError("no text", where=where, remedy="give what the device printed, as a text file")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\r\0", "\r")


def _plain(text: str) -> str:
    if "\n" not in text:
        text = text.replace("\r", "\n")
    text = _ESCAPE.sub("", _PAGER.sub("", text))
    text = re.sub(r"\r+\n", "\n", text)
    if "\r" in text:
        # A line of blanks wiped something out; other text before the return stays, as a line of its own.
        text = re.sub(r"(?m)^[ \t]*\r", "", text).replace("\r", "\n")
    if "\b" in text:
        text = "\n".join(map(_rubbed_out, text.split("\n")))
    return _CONTROL.sub("", text)


def _rubbed_out(line: str) -> str:
    """A line with its backspaces carried out."""
    if "\b" not in line:
        return line
    kept: list[str] = []
    for sign in line:
        if sign != "\b":
            kept.append(sign)
        elif kept:
            kept.pop()
    return "".join(kept)
