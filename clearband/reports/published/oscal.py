"""A published list as OSCAL, made of its canonical form part by part, and again by who verifies."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from clearband import __version__
from clearband.listing.content_read import part_lines
from clearband.listing.repository_client import PublicationRefusedError
from clearband.reports.oscal.check import held_to_schema
from clearband.reports.oscal.listed import part_of_list, whole_list
from clearband.reports.oscal.parts import Json

NAME: Final = "list.oscal.json"
UNASKED: Final = 50_000
"""A list of more entries is written as OSCAL only where that is asked for, and its parts are compressed."""


def write_oscal(content: Path, header: Json, folder: Path) -> dict[str, Path]:
    """Write the list as OSCAL to a folder, each document held to NIST's schema; the files by their names.

    Args:
        content: Folder with the published form of the list.
        header: Its header.

    Raises:
        MissingExtraError: The library that checks is not installed.
        OutputError: A document does not keep to the schema: a defect of ours.
    """
    made = {}
    (folder / "oscal").mkdir()
    for name, document in _documents(content, header):
        raw = _as_lines(held_to_schema(document))
        # Without a time in it: the same list is the same file each time.
        (folder / name).write_bytes(gzip.compress(raw, 6, mtime=0) if name.endswith(".gz") else raw)
        made[name] = folder / name
    return made


def made_anew(content: Path, header: Json, names: Iterable[str]) -> bool | None:
    """Hold the list as OSCAL that was published against its canonical form.

    Args:
        content: Folder of a list that was verified.
        header: Its header.
        names: Names of its files, as they are signed.

    Returns:
        True: it is what this version makes of the entries. False: another version made it. None: there is
        none.

    Raises:
        PublicationRefusedError: It says that this version made it, and that is not what it makes.
    """
    signed = {name for name in names if name == NAME or name.startswith("oscal/")}
    if NAME not in signed:
        return None
    if _made_by(content / NAME) != f"clearband {__version__}":
        return False
    for name, document in _documents(content, header):
        if name not in signed or not _holds(content / name, _as_lines(document)):
            raise PublicationRefusedError(f"{name} is not what the entries make of it", where=str(content))
        signed.remove(name)
    if signed:
        raise PublicationRefusedError(f"{min(signed)} is no part of the list as OSCAL", where=str(content))
    return True


def _documents(content: Path, header: Json) -> Iterator[tuple[str, Json]]:
    """The documents by their names: one, or one for each bin that is not empty and one that names them."""
    entries = header["entries"]
    bins = entries["bins"]
    if len(bins) == 1:
        yield NAME, whole_list(header, _records(content, bins[0]), ())
        return
    hrefs = []
    end = ".gz" if entries["count"] > UNASKED else ""
    for part in bins:
        if part["count"]:
            href = f"oscal/{part['prefix']}.json"
            hrefs.append(href)
            yield f"{href}{end}", part_of_list(header, part, _records(content, part))
    yield NAME, whole_list(header, (), hrefs)


def _records(content: Path, part: dict[str, Any]) -> list[Json]:
    return [json.loads(line) for line in part_lines(content / part["name"], part)]


def _as_lines(document: Json) -> bytes:
    """A document with one component a line."""
    ((kind, content),) = document.items()
    text = _dumped({key: value for key, value in content.items() if key != "components"})
    if "components" in content:
        text = f'{text[:-1]},"components":[\n' + ",\n".join(map(_dumped, content["components"])) + "\n]}"
    return f'{{"{kind}":{text}}}\n'.encode()


_dumped: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _made_by(path: Path) -> str | None:
    try:
        props = json.loads(path.read_bytes())["component-definition"]["metadata"]["props"]
        return next((one["value"] for one in props if one["name"] == "made-by"), None)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublicationRefusedError(f"no list as OSCAL: {error}", where=str(path)) from None


def _holds(path: Path, raw: bytes) -> bool:
    try:
        held = path.read_bytes()
        return (
            zlib.decompressobj(31).decompress(held, len(raw) + 1) if path.suffix == ".gz" else held
        ) == raw
    except (OSError, zlib.error):
        return False
