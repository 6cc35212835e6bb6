"""IEEE address blocks (MA-L, MA-M, MA-S), compiled from the table that the ``pymanuf`` package carries.

Compiled parts: ``mac_blocks.json`` (registrant names) and ``mac_blocks.bin``: for each prefix length of
24, 28 and 36 bits a count (uint64), the sorted first addresses (uint64) and the registrants' numbers (int32).
Source: IEEE Registration Authority public listings, as packed by ``pymanuf``; only its data file is read, its
code (which can go to the network) is never imported.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from array import array
from pathlib import Path
from typing import Final

from clearband.errors import FactsError

PREFIX_BITS: Final = (24, 28, 36)


def _table() -> Path:
    spec = importlib.util.find_spec("pymanuf")
    if spec is None or spec.origin is None:
        raise FactsError("the package pymanuf is not installed", remedy="run make setup")
    return Path(spec.origin).parent / "manuf.txt"


def _rows(text: str) -> dict[int, dict[int, str]]:
    """First address to registrant, by prefix length."""
    blocks: dict[int, dict[int, str]] = {bits: {} for bits in PREFIX_BITS}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        prefix, _, length = cells[0].partition("/")
        digits = prefix.replace(":", "").replace("-", "")
        bits = int(length or 24)
        if bits in blocks and len(digits) <= 12:
            blocks[bits][int(digits.ljust(12, "0"), 16)] = " ".join(cells[-1].split())
    return blocks


def compile_mac_blocks() -> dict[str, bytes]:
    """The compiled parts by file name.

    Raises:
        FactsError: The packaged table is missing or not as expected.
    """
    blocks = _rows(_table().read_text(encoding="utf-8"))
    if sum(map(len, blocks.values())) < 50_000:
        raise FactsError(
            "the packaged IEEE table is not as expected",
            where="pymanuf",
            remedy="install the version in requirements.lock",
        )
    names = sorted({name for rows in blocks.values() for name in rows.values()})
    number = {name: index for index, name in enumerate(names)}
    body = bytearray()
    for bits in PREFIX_BITS:
        starts = sorted(blocks[bits])
        for part in (
            array("Q", [len(starts)]),
            array("Q", starts),
            array("i", [number[blocks[bits][start]] for start in starts]),
        ):
            if sys.byteorder == "big":
                part.byteswap()
            body += part.tobytes()
    return {
        "mac_blocks.json": json.dumps({"registrants": names}, ensure_ascii=False).encode(),
        "mac_blocks.bin": bytes(body),
    }
