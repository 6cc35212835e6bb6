"""SPDX 2 as lines of tags and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clearband.errors import InputError
from clearband.sources.bom.components import Components, text_of
from clearband.sources.bom.spdx import Packages, package_row, take_reference
from clearband.sources.bom.spdx_json import check_spdx_version

_TAGS: Final = {
    "PackageName": "name",
    "PackageVersion": "versionInfo",
    "PackageSupplier": "supplier",
    "PackageOriginator": "originator",
    "PackageDescription": "description",
    "PackageSummary": "summary",
    "PrimaryPackagePurpose": "primaryPackagePurpose",
}
_OPEN, _CLOSE = "<text>", "</text>"


def read_spdx_tags(utf8: bytes, components: Components) -> None:
    """Read a document.

    Raises:
        InputError: A text does not end, the version is not read, or packages are in a circle.
    """
    packages = Packages(components)
    version: str | None = None
    package: dict[str, object] | None = None
    references: list[tuple[str, str]] = []
    identifier: str | None = None
    others = {"SPDXRef-DOCUMENT"}
    files = 0
    begun = False

    def close() -> None:
        if package is not None:
            row = package_row(package, components)
            for kind, locator in references:
                take_reference(row, kind, locator)
            packages.add(text_of(identifier), row)

    for tag, value in _tags(utf8, components.file):
        if tag == "SPDXVersion":
            version = version or value
        elif tag in ("PackageName", "FileName", "SnippetSPDXID"):
            close()
            begun, identifier, references = True, None, []
            package = {"name": value} if tag == "PackageName" else None
            files += tag == "FileName"
        elif tag == "SPDXID":
            if package is not None:
                identifier = identifier or value
            elif begun:
                others.add(value)
        elif tag == "Relationship":
            words = value.split()
            if len(words) == 3:
                packages.relate(*words)
        elif tag == "ExternalRef" and package is not None:
            words = value.split(None, 2)
            if len(words) == 3:
                references.append((words[1], words[2]))
        elif tag in _TAGS and package is not None:
            package.setdefault(_TAGS[tag], value)
    close()
    packages.left_files(files)
    check_spdx_version(version, components.file)
    packages.unfold(frozenset(others))


def _tags(utf8: bytes, file: str) -> Iterator[tuple[str, str]]:
    """Tags with their values; a value may go over several lines between <text> and </text>."""
    tag, parts, opened = "", list[str](), 0
    for number, raw in enumerate(utf8.split(b"\n"), start=1):
        line = raw.decode("utf-8", "replace").rstrip("\r")
        if opened:
            text, closed, _ = line.partition(_CLOSE)
            parts.append(text)
            if closed:
                opened = 0
                yield tag, "\n".join(parts)
            continue
        if line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon:
            continue
        tag, value = name.strip(), value.strip()
        if value.startswith(_OPEN):
            text, closed, _ = value[len(_OPEN) :].partition(_CLOSE)
            if not closed:
                parts, opened = [text], number
                continue
            value = text
        yield tag, value
    if opened:
        raise InputError(
            "a <text> begins here and does not end",
            where=f"{file} line {opened}",
            remedy="correct the file or export it again",
        )
