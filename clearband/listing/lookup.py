"""Looking a key up in a verified list, with the proof that it is there, or is not."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from clearband.errors import UsageError
from clearband.listing.absence import BinHead, name_key, place_of, prove, proved
from clearband.listing.content_read import key_leaves, part_lines
from clearband.listing.repository_client import PublicationRefusedError
from clearband.listing.verify import Verified

KINDS = ("entry", "subject", "maker", "name", "id")


def key_wanted(text: str) -> str:
    """The key that a text means.

    Raises:
        UsageError: It begins like no key.
    """
    kind, _, rest = text.partition(":")
    if kind not in KINDS or not rest:
        raise UsageError(
            f'"{text}" is no key', remedy="write entry:, subject:, maker:, name: or id:KIND:TEXT"
        )
    return f"name:{name_key(rest)}" if kind == "name" else text


def look_up(one: Verified, key: str) -> dict[str, Any]:
    """What a list has under a key.

    Returns:
        Plain JSON values: ``authority``, ``key``, ``records``, ``size`` (keys on the list), ``proof``.

    Raises:
        PublicationRefusedError: The keys are not in canonical form, or changed since they were verified.
    """
    part = _bin(one, "keys", place_of(key))
    leaves = key_leaves(one.folder / part["name"], part)
    proof = prove(part["prefix"], leaves, key)
    try:
        found = proved(proof, BinHead(part["prefix"], part["count"], part["root"]))
    except ValueError as error:
        raise PublicationRefusedError(f"nothing is proved of {key}: {error}", where=part["name"]) from None
    return {
        "authority": one.authority,
        "key": key,
        "on": one.header["on"],
        "records": [_record(one, entry, digest) for entry, digest in found],
        "size": one.header["keys"]["count"],
        "proof": {"authority": one.authority, **proof},
    }


def _record(one: Verified, entry: str, digest: str) -> dict[str, Any]:
    part = _bin(one, "entries", place_of(entry))
    for line in part_lines(one.folder / part["name"], part):
        if hashlib.sha256(line).hexdigest() == digest:
            record: dict[str, Any] = json.loads(line)
            return record
    raise AssertionError(f"{entry} was verified and is gone")


def _bin(one: Verified, section: str, place: str) -> dict[str, Any]:
    bins: list[dict[str, Any]] = one.header[section]["bins"]
    digits = len(bins[0]["prefix"])
    return bins[int(place[:digits], 16) if digits else 0]
