"""What can be known of a workbook before it is parsed: encrypted, truncated, or far larger than it looks."""

from __future__ import annotations

import io
import zipfile
import zlib

from clearband.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ENTRIES = 20_000
_RATIO = 250
_RATIO_MATTERS_FROM = 100_000_000


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def ole_kind(data: bytes) -> str:
    """What an OLE compound file (MS-CFB) holds: ``encrypted``, ``xls`` or ``other``."""
    if _utf16("EncryptedPackage") in data:
        return "encrypted"
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    return "other"


def zip_kind(data: bytes, where: str) -> str:
    """What a ZIP file holds: ``xlsx``, ``xlsb``, ``ods`` or ``other``.

    Raises:
        InputError: The archive is truncated or damaged.
    """
    names = {entry.filename for entry in _entries(data, where)}
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and ("mimetype" in names or "META-INF/manifest.xml" in names):
        return "ods"
    return "other"


def _entries(data: bytes, where: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise InputError(
            "the workbook is truncated or damaged", where=where, remedy="export or copy it again"
        ) from None


def refuse_zip_bomb(data: bytes, where: str, max_unpacked: int) -> None:
    """Refuse an archive that declares absurd sizes.

    Raises:
        InputError: It declares more than ``max_unpacked`` bytes, a compression beyond any real workbook, or
            is encrypted.
    """
    entries = _entries(data, where)
    total = sum(entry.file_size for entry in entries)
    if (
        total > max_unpacked
        or len(entries) > _MOST_ENTRIES
        or (total > _RATIO_MATTERS_FROM and total > _RATIO * len(data))
    ):
        raise InputError(
            f"the workbook unpacks to {total // 1_000_000} MB in {len(entries)} parts "
            f"from {len(data)} bytes, which looks like a ZIP bomb",
            where=where,
            remedy="save the sheets as CSV",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted(where)


def encrypted(where: str) -> InputError:
    """The refusal of a workbook with a password."""
    return InputError(
        "the workbook is encrypted with a password", where=where, remedy="save a copy without the password"
    )
