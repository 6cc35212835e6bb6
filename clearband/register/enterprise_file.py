"""A user's copy of IANA's list of private enterprise numbers.

Read is the text that IANA publishes (https://www.iana.org/assignments/enterprise-numbers.txt): a number on a
line of its own, below it the organisation, and below that a contact's name and address, which are not kept.
Tables of number and organisation, parted by a tab or a comma, are read as well.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clearband.errors import InputError

LEAST: Final = 10
"""A list of fewer numbers is no copy of IANA's."""
MOST_BYTES: Final = 64_000_000
"""Ten times the list of 2026."""
_HIGHEST: Final = 2**32 - 1

_NUMBER: Final = re.compile(r"(\d{1,10})\s*")
_ROW: Final = re.compile(r'"?(\d{1,10})"?(?:\t+|\s*[,;])(?=\S)(.*)')
_NOBODY: Final = frozenset({"", "reserved", "unassigned", "none", "---none---", "iana"})
_ADDRESS: Final = re.compile(r"<?\b[\w.+-]+[@&][\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}\b>?")
"""An e-mail address; in IANA's text an ampersand stands for the at sign."""
_WIDEST_GAP: Final = 10_000
"""Without indentation a number this far above the last one is a contact's telephone number or the like."""
_REMEDY: Final = "give IANA's own text, https://www.iana.org/assignments/enterprise-numbers.txt"


@dataclass(frozen=True, slots=True)
class EnterpriseList:
    """What a list says.

    Attributes:
        file: Name of the file.
        sha256: Of its bytes.
        names: Number to organisation, as the list writes it.
        left_out: Entries without an organisation that can be used.
        first_left_out: Line of the first of them.
    """

    file: str
    sha256: str
    names: Mapping[int, str]
    left_out: int = 0
    first_left_out: int | None = None

    @property
    def record(self) -> dict[str, str]:
        """What the record of a run says of it."""
        return {"file": self.file, "sha256": self.sha256}


def read_enterprise_list(path: Path) -> EnterpriseList:
    """Read a copy of IANA's list.

    Raises:
        InputError: It cannot be read, or is no such list; names file, line and remedy.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"larger than {MOST_BYTES} bytes: no list of enterprise numbers",
                where=str(path),
                remedy=_REMEDY,
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", where=str(path), remedy="name the file of the list"
        ) from error
    names: dict[int, str] = {}
    left_out, first = 0, None
    for line, number, organisation in _entries(_text(content)):
        name = _organisation(organisation)
        if number <= _HIGHEST and name and number not in names:
            names[number] = name
        elif not name and organisation.strip().casefold() not in _NOBODY:
            left_out, first = left_out + 1, first or line
    if len(names) < LEAST:
        raise InputError(
            f"no list of enterprise numbers: {len(names)} numbers with an organisation in it",
            where=f"{path} line 1",
            remedy=_REMEDY,
        )
    return EnterpriseList(path.name, hashlib.sha256(content).hexdigest(), names, left_out, first)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # copies of before 2010


def _entries(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, number and organisation of every entry; the lines below the organisation are passed over."""
    # Indented lines tell organisation and contact apart; a copy without them has the organisation first.
    lines = text.splitlines()
    indented = any(line.startswith((" ", "\t")) for line in lines)
    waiting: tuple[int, int] | None = None
    last = -1
    for line, raw in enumerate(lines, start=1):
        plain = raw.rstrip()
        if waiting is not None and plain:
            at_margin = _NUMBER.fullmatch(plain)
            if at_margin is None or int(at_margin.group(1)) != waiting[1] + 1:
                yield *waiting, plain
                waiting = None
                continue
            yield *waiting, ""  # the next number follows at once
        number = _NUMBER.fullmatch(plain)
        if number is not None and (indented or 0 < int(number.group(1)) - last <= _WIDEST_GAP):
            last = int(number.group(1))
            waiting = line, last
        elif row := _ROW.fullmatch(plain):
            yield line, int(row.group(1)), _first_cell(row.group(2), plain)


def _first_cell(rest: str, row: str) -> str:
    if "\t" in row:
        return rest.split("\t", 1)[0].partition("#")[0]
    return next(iter(next(csv.reader([rest.lstrip(",; ")]), [])), "")


def _organisation(text: str) -> str:
    """The organisation without what is no name; empty for nobody and for a mere e-mail address."""
    name = " ".join(_ADDRESS.sub(" ", text).split())
    name = re.sub(
        r"\s*[(#]\s*(?:formerly|previously|previous was|was)\b[^)]*\)?", "", name, flags=re.IGNORECASE
    )
    return "" if name.casefold() in _NOBODY or not any(map(str.isalnum, name)) else name[:200]
