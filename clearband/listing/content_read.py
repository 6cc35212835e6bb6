"""Reading a published list back, and holding every part against its signed header."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clearband.facts.schema.authority import Hash
from clearband.facts.schema.base import Slug
from clearband.listing.absence import BinHead, KeyLeaf, bin_head, place_of
from clearband.listing.content import SCHEMA
from clearband.listing.event_form import Short
from clearband.listing.heads import backdated
from clearband.listing.log import NOTHING
from clearband.listing.merkle import Frontier, leaf_hash
from clearband.listing.repository_client import PublicationRefusedError
from clearband.listing.safe_names import safe_name
from clearband.model.canonical import canonical

MAX_PART: Final = 2_000_000_000
"""Bytes of a part, decompressed, that are read at most."""
MAX_HEADER: Final = 100_000_000


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PartForm(_Form):
    """A part: its name, its lines, and its bytes and their hash when decompressed."""

    name: str
    count: int = Field(ge=0)
    bytes: int = Field(ge=0, le=MAX_PART)
    sha256: Hash


class EntryBinForm(PartForm):
    """Records of the entries whose hash begins with the prefix, sorted by entry."""

    prefix: str = Field(pattern=r"^[0-9a-f]{0,6}$")


class KeyBinForm(EntryBinForm):
    """Keys whose hash begins with the prefix, sorted by hash, and their Merkle root."""

    root: Hash


class LogPartForm(PartForm):
    """Lines of the log from ``first`` on."""

    first: int = Field(ge=0)


class EntriesForm(_Form):
    """All entries."""

    count: int = Field(ge=0)
    bins: tuple[EntryBinForm, ...] = Field(strict=False, min_length=1)


class KeysForm(_Form):
    """All distinct keys."""

    count: int = Field(ge=0)
    bins: tuple[KeyBinForm, ...] = Field(strict=False, min_length=1)


class LogForm(_Form):
    """The log: its size, the root of its Merkle tree, and the hash of its last line."""

    size: int = Field(ge=0)
    root: Hash
    last: Hash
    parts: tuple[LogPartForm, ...] = Field(strict=False)


class HeaderForm(_Form):
    """``list.json``: the header of a published list, from which every part is checked."""

    schema_: str = Field(alias="schema", pattern=f"^{SCHEMA}$")
    authority: Slug
    title: Short
    on: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    rules: Hash
    entries: EntriesForm
    keys: KeysForm
    log: LogForm


def read_header(path: Path, authority: str) -> dict[str, Any]:
    """A header, once it has the form of one.

    Raises:
        PublicationRefusedError: It has not, or is of another authority.
    """
    raw = path.read_bytes()
    try:
        if len(raw) > MAX_HEADER:
            raise ValueError("too long")
        header: dict[str, Any] = json.loads(raw)
        HeaderForm.model_validate(header)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(map(str, first["loc"]))
        raise PublicationRefusedError(f"no header of a list: {at}: {first['msg']}", where=str(path)) from None
    except (ValueError, RecursionError) as error:
        raise PublicationRefusedError(f"no header of a list: {error}", where=str(path)) from None
    if canonical(header) != raw:
        raise PublicationRefusedError("the header is not in canonical form", where=str(path))
    if header["authority"] != authority:
        raise PublicationRefusedError(f"it is the list of {header['authority']}", where=str(path))
    for part in parts_of(header):
        safe_name(part["name"])
    _whole(header["entries"], "entries", path)
    _whole(header["keys"], "keys", path)
    return header


def parts_of(header: dict[str, Any]) -> list[dict[str, Any]]:
    """All parts that a header names."""
    return [*header["entries"]["bins"], *header["keys"]["bins"], *header["log"]["parts"]]


def _whole(section: dict[str, Any], what: str, path: Path) -> None:
    """Refuse bins that leave out a prefix: what belonged there would seem not to be listed."""
    prefixes = [one["prefix"] for one in section["bins"]]
    digits = len(prefixes[0])
    if prefixes != [f"{n:0{digits}x}" if digits else "" for n in range(16**digits)]:
        raise PublicationRefusedError(f"bins of {what} are missing", where=str(path))
    if section["count"] != sum(one["count"] for one in section["bins"]):
        raise PublicationRefusedError(f"the count of {what} is not that of the bins", where=str(path))


def part_lines(path: Path, part: dict[str, Any]) -> list[bytes]:
    """The lines of a part, held against the header.

    Raises:
        PublicationRefusedError: They are not those that the header names.
    """
    unpack = zlib.decompressobj(31)
    try:
        raw = unpack.decompress(path.read_bytes(), part["bytes"] + 1)
    except (OSError, zlib.error) as error:
        raise PublicationRefusedError(f"cannot be read: {error}", where=str(path)) from None
    lines = raw.split(b"\n")
    if (
        len(raw) != part["bytes"]
        or hashlib.sha256(raw).hexdigest() != part["sha256"]
        or lines.pop() != b""
        or len(lines) != part["count"]
    ):
        raise PublicationRefusedError(f"{part['name']} is not what the header names", where=str(path))
    return lines


def key_leaves(path: Path, part: dict[str, Any]) -> list[KeyLeaf]:
    """The leaves of a bin of keys: in order, in the right bin, under the root of the header.

    Raises:
        PublicationRefusedError: They are not.
    """
    leaves = []
    lines = part_lines(path, part)
    for line in lines:
        try:
            raw = json.loads(line)
            leaf = KeyLeaf(raw["key"], tuple((entry, digest) for entry, digest in raw["entries"]))
            leaf.key.encode()
            leaves.append(leaf)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise PublicationRefusedError("no key", where=str(path)) from None
    places = [place_of(one.key) for one in leaves]
    prefix = part["prefix"]
    if any(a >= b for a, b in pairwise(places)) or not all(one.startswith(prefix) for one in places):
        raise PublicationRefusedError("the keys are not in order", where=str(path))
    if bin_head(prefix, lines) != BinHead(prefix, part["count"], part["root"]):
        raise PublicationRefusedError("the keys have another Merkle root than is signed", where=str(path))
    return leaves


def log_of(folder: Path, header: dict[str, Any], seen: dict[str, Any] | None) -> Iterator[bytes]:
    """The lines of the log, its chain and its head checked when the last one is taken.

    Args:
        folder: Where the parts are.
        header: The header.
        seen: ``size``, ``root`` and day (``published``) of the head seen before, if any.

    Raises:
        PublicationRefusedError: The chain is broken, the head is another, or the log did not grow out of the
            one seen before.
    """
    log, tree, last, where = header["log"], Frontier(), NOTHING, str(folder)
    if seen is not None and log["size"] < seen["size"]:
        raise PublicationRefusedError(
            f"the log has {log['size']} events and had {seen['size']} before: it was rolled back", where=where
        )
    for part in log["parts"]:
        if part["first"] != tree.size:
            raise PublicationRefusedError(f"{part['name']} does not follow the part before it", where=where)
        for line in part_lines(folder / part["name"], part):
            _require_same(seen, tree, where)
            if _previous(line) != last:
                raise PublicationRefusedError(f"the chain breaks at event {tree.size}", where=where)
            if seen is not None and tree.size >= seen["size"] and (why := backdated(line, seen)):
                raise PublicationRefusedError(f"event {tree.size} {why}: it was backdated", where=where)
            last = hashlib.sha256(line).hexdigest()
            tree.add(leaf_hash(line))
            yield line
    _require_same(seen, tree, where)
    if (tree.size, tree.root().hex(), last) != (log["size"], log["root"], log["last"]):
        raise PublicationRefusedError("the log has another head than is signed", where=where)


def _require_same(seen: dict[str, Any] | None, tree: Frontier, where: str) -> None:
    if seen is not None and tree.size == seen["size"] and tree.root().hex() != seen["root"]:
        raise PublicationRefusedError(
            f"its first {tree.size} events are not those seen before: history was rewritten", where=where
        )


def _previous(line: bytes) -> str | None:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return raw.get("previous") if isinstance(raw, dict) else None
