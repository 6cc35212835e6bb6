"""The head of a published log, and that it grew out of those before: nothing was changed or taken away."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from clearband.errors import InputError
from clearband.listing.merkle import consistency_proof, leaf_hash, root_of
from clearband.model.canonical import canonical

HEAD: Final = "head.json"
SCHEMA: Final = "https://clearband.dev/schema/published-head-1.json"
KEPT: Final = 8
"""Earlier heads to which a proof is published."""


def log_lines(content: Path, header: dict[str, Any]) -> Iterator[bytes]:
    """The lines of a log as it was written."""
    for part in header["log"]["parts"]:
        yield from gzip.decompress((content / part["name"]).read_bytes()).split(b"\n")[:-1]


def require_grown(before: dict[str, Any], content: Path, header: dict[str, Any]) -> None:
    """Refuse a log that did not grow out of the one that was published before.

    Raises:
        InputError: It is shorter, or its beginning is another.
    """
    size, log = before["size"], header["log"]
    where = "the log"
    remedy = "restore the log; what was published is never taken back"
    if log["size"] < size:
        raise InputError(
            f"it has {log['size']} events, and {size} were published before", where=where, remedy=remedy
        )
    if root_of(_leaves(content, header, size)).hex() != before["root"]:
        raise InputError(
            f"its first {size} events are not those published before", where=where, remedy=remedy
        )
    for number, line in enumerate(islice(log_lines(content, header), size, None), size):
        if why := backdated(line, before):
            raise InputError(f"event {number} {why}", where=where, remedy="record it anew")


def backdated(line: bytes, before: dict[str, Any]) -> str | None:
    """Why an event cannot be new: it would have been recorded before a publication that lacks it."""
    said, published = str(json.loads(line).get("recorded", ""))[:10], str(before.get("published", ""))[:10]
    return (
        f"says to be of {said}, and was not in what was published on {published}"
        if said < published
        else None
    )


def head_json(header: dict[str, Any], content: Path, before: dict[str, Any] | None, now: datetime) -> bytes:
    """The head of a log with the proofs to the heads before it, ``published-head.schema.json``.

    The day of the publication stands in it, so that no event can be added later that says to be older.
    """
    log = header["log"]
    known = []
    if before is not None:
        known = [{key: one[key] for key in ("size", "root")} for one in (*before["earlier"], before)]
    known = [one for one in known if 0 < one["size"] < log["size"]][-KEPT:]
    leaves = list(_leaves(content, header, log["size"])) if known else []
    return canonical(
        {
            "schema": SCHEMA,
            "authority": header["authority"],
            "size": log["size"],
            "root": log["root"],
            "last": log["last"],
            "published": now.date(),
            "earlier": [
                {**one, "proof": [step.hex() for step in consistency_proof(leaves, one["size"])]}
                for one in known
            ],
        }
    )


def _leaves(content: Path, header: dict[str, Any], size: int) -> Iterator[bytes]:
    for number, line in enumerate(log_lines(content, header)):
        if number == size:
            return
        yield leaf_hash(line)
