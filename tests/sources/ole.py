"""Builds OLE compound files (MS-CFB) with one stream, and the smallest .xls workbook in one (MS-XLS)."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def compound_file(stream: str, content: bytes) -> bytes:
    """A compound file whose only stream holds ``content``."""
    content = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    count = len(content) // _SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    fat = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream, 2, _FREE, 2, len(content))
    directory += _entry("", 0, _FREE, 0, 0) * 2
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<109I", 0, *[_FREE] * 108)
    )
    return header + fat + directory + content


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(rows: list[list[str | float]], sheet: str = "Sheet1") -> bytes:
    """A BIFF8 workbook of one sheet."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    start_globals = _record(0x0809, bof)
    end = _record(0x000A, b"")
    name = bytes([len(sheet), 0]) + sheet.encode("latin-1")
    bound = struct.pack("<IBB", len(start_globals) + 4 + 6 + len(name) + len(end), 0, 0) + name
    body = _record(0x0809, bof[:2] + struct.pack("<H", 0x0010) + bof[4:])
    width = max(map(len, rows))
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, str):
                body += _record(0x0204, place + struct.pack("<HB", len(cell), 0) + cell.encode("latin-1"))
            else:
                body += _record(0x0203, place + struct.pack("<d", cell))
    return compound_file("Workbook", start_globals + _record(0x0085, bound) + end + body + end)
