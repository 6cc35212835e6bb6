#!/usr/bin/env python3
"""Is X on an approved list? Fetch the list, verify it, and answer with a proof. Needs Python 3.11 and tuf 7.

This program is for reading: it imports nothing of Clearband, only python-tuf and the standard library.

    python verify_list.py URL-or-FOLDER --root root.json --authority ID KEY [--on 2026-12-01] [--log]

KEY is entry:ID, subject:ID, maker:ID, name:NAME or id:KIND:TEXT (id:cage:1ABC2).
Exit status: 0 on the list and approved on that day, 1 not on the list (both proved), 3 refused: nothing here
may be trusted, 4 on the list but not approved (refused, revoked, expired ...) or not known for that day.

What is checked, and by whom:
  python-tuf   the chain of roots, signatures and thresholds, expiry, rollback, length and hash of files
  bins         list.json names all bins; that of the key is whole (count, SHA-256, order, Merkle root)
  proof        the key is a leaf of that bin; or the two neighbours between which it would stand are
  record       its SHA-256 is the one in the leaf
  log (--log)  each event holds the hash of the one before; the Merkle root is signed (RFC 9162); the log
               grew out of the log that this program saw last time; enough of those who decided then, as the
               log itself says, have signed each step
Not checked: which step may follow which, and that the events make these records (approved verify does both).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import Signature, SSlibKey
from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

BROKEN = (ValueError, KeyError, TypeError, RecursionError, zlib.error)  # raised by reading a broken file


class RefusedError(Exception):
    """The list is not to be trusted."""


def require(holds: bool, why: str) -> None:
    """Refuse unless something holds."""
    if not holds:
        raise RefusedError(why)


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


# --- Merkle trees, RFC 9162 section 2.1 -------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf; the first byte keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of a node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """Root over hashes of leaves: split at the greatest power of two below their number."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:  # pairing neighbours, with an odd one carried up, gives the same tree
        paired = [node_hash(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


# --- Getting files ----------------------------------------------------------------------------------------

SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class FolderFetcher(FetcherInterface):
    """Reads a repository from a folder, and nothing outside it."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder).resolve()

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = (self.folder / unquote(url.removeprefix("folder:/"))).resolve()
        if not path.is_relative_to(self.folder):
            raise DownloadError("leads out of the folder")
        if not path.is_file():
            raise DownloadHTTPError("not there", 404)
        return iter([path.read_bytes()])


class List:
    """A published list: its signed header, and its parts as they are needed."""

    def __init__(self, source: str, root: str, authority: str, state: str) -> None:
        remote = source.startswith(("http://", "https://"))
        base = source.rstrip("/") if remote else "folder:"
        self.state, self.authority = Path(state), authority
        seen = self.state / "metadata"  # kept, for without what was seen there is no protection from rollback
        seen.mkdir(parents=True, exist_ok=True)
        self.updater = Updater(
            str(seen),
            f"{base}/metadata/",
            target_base_url=f"{base}/targets/",
            fetcher=None if remote else FolderFetcher(source),
            config=UpdaterConfig(targets_max_length=50_000_000),
            bootstrap=Path(root).read_bytes(),
        )
        self.updater.refresh()
        self.header: dict[str, Any] = json.loads(self.file("list.json"))
        require(self.header["authority"] == authority, "it is the list of another authority")
        for section in ("entries", "keys"):
            prefixes = [one["prefix"] for one in self.header[section]["bins"]]
            digits = len(prefixes[0])
            every = [f"{n:0{digits}x}" if digits else "" for n in range(16**digits)]
            require(prefixes == every, f"bins of {section} are missing")

    def file(self, name: str) -> bytes:
        """The bytes of a target: signed by the authority, of the signed length and hash."""
        full = f"{self.authority}/{name}"
        require(SAFE_NAME.fullmatch(full) is not None, f"{full} is no name of a file")
        info = self.updater.get_targetinfo(full)
        if info is None:
            raise RefusedError(f"{full} is not published, or not by who may")
        path = self.state / "targets" / full
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.updater.find_cached_target(info, str(path)) is None:
            self.updater.download_target(info, str(path))
        return path.read_bytes()

    def lines(self, part: dict[str, Any]) -> list[bytes]:
        """The lines of a compressed part: as many, and of the hash, that the header says."""
        raw = zlib.decompressobj(31).decompress(self.file(part["name"]), part["bytes"] + 1)
        require(sha256(raw) == part["sha256"], f"{part['name']} is not what the header names")
        lines = raw.split(b"\n")[:-1]
        require(len(lines) == part["count"], f"{part['name']} has another number of lines")
        return lines

    def bin(self, section: str, name: str) -> dict[str, Any]:
        """The part in which a name stands, by the first digits of its SHA-256."""
        bins: list[dict[str, Any]] = self.header[section]["bins"]
        digits = len(bins[0]["prefix"])
        return bins[int(sha256(name.encode())[:digits], 16) if digits else 0]


def look_up(found: List, key: str) -> tuple[list[dict[str, Any]], str]:
    """The records of a key, and what proves them or their absence."""
    part = found.bin("keys", key)
    lines = found.lines(part)
    root = merkle_root([leaf_hash(line) for line in lines]).hex()
    require(root == part["root"], "another Merkle root is signed")
    leaves = [json.loads(line) for line in lines]
    places = [sha256(leaf["key"].encode()) for leaf in leaves]
    require(places == sorted(set(places)), "the keys are not in order")
    require(all(place.startswith(part["prefix"]) for place in places), "a key stands in the wrong bin")
    place = sha256(key.encode())
    if place not in places:
        after = sum(1 for one in places if one < place)
        left = leaves[after - 1]["key"] if after else "the beginning"
        right = leaves[after]["key"] if after < len(leaves) else "the end"
        return [], f"it would stand between {left} and {right} of the {len(leaves)} keys of {part['name']}"
    leaf = leaves[places.index(place)]
    require(leaf["key"] == key, "a key of the same hash")
    records = []
    for entry, digest in leaf["entries"]:
        fits = [line for line in found.lines(found.bin("entries", entry)) if sha256(line) == digest]
        require(len(fits) == 1, f"the record of {entry} is missing")
        records.append(json.loads(fits[0]))
        require(records[-1]["listing"]["entry"] == entry, "a record of another entry")
    at = f"leaf {places.index(place)} of {len(leaves)}"
    return records, f"{at} in bin {part['prefix'] or 'all'}, root {root}"


QUORUM = re.compile(
    "authority-changed|decide|suspend|revoke|drop-revocation|reinstate|stay|appeal-decided|correct"
)
ONE = re.compile("supersede|condition-met|dependency-(noted|ended|restored)")
UNSIGNED = ("number", "recorded", "previous", "signatures")


def check_signed(event: dict[str, Any], terms: dict[str, Any]) -> None:
    """Refuse a step that too few have signed of those who decided when it was recorded."""
    needed = terms["quorum"] if QUORUM.fullmatch(event["kind"]) else int(bool(ONE.fullmatch(event["kind"])))
    body = {name: part for name, part in event.items() if name not in UNSIGNED}
    form = {"form": "clearband.approved-decision/1", "body": body}
    data = json.dumps(form, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    day, counted = event["recorded"][:10], set()
    deciders = {one["keyid"]: one for one in terms.get("deciders", ())}
    for made in event["signatures"] if needed else ():
        one = deciders.get(made["keyid"])
        if one and one["since"] <= day <= one.get("until", day):
            kind, _, _ = one["scheme"].partition("-")
            key = SSlibKey(one["keyid"], kind, one["scheme"], {"public": one["public"]})
            with suppress(UnverifiedSignatureError):
                key.verify_signature(Signature(one["keyid"], made["signature"]), data)
                counted.add(one["id"])
    require(len(counted) >= needed, f"event {event['number']} has {len(counted)} of {needed} signatures")


def check_log(found: List) -> str:
    """The chain of the log, who signed, its Merkle root, and that it grew out of the one seen before."""
    log, last = found.header["log"], sha256(b"")
    leaves: list[bytes] = []
    terms: dict[str, Any] = {}
    for part in log["parts"]:
        require(part["first"] == len(leaves), "parts of the log are missing")
        for line in found.lines(part):
            event = json.loads(line)
            require(event["previous"] == last, f"the chain breaks at event {len(leaves)}")
            require((event["kind"] == "authority") == (not leaves), "it begins with its authority, once")
            check_signed(event, terms)
            if event["kind"] in ("authority", "authority-changed"):
                terms = event["terms"]  # who decides from the next event on
            last = sha256(line)
            leaves.append(leaf_hash(line))
    require(len(leaves) == log["size"] and last == log["last"], "the log has another end than is signed")
    require(merkle_root(leaves).hex() == log["root"], "the log has another Merkle root than is signed")
    memory = found.state / f"head-{found.authority}.json"
    if memory.exists():
        seen = json.loads(memory.read_text(encoding="utf-8"))
        require(seen["size"] <= len(leaves), "the log was rolled back")
        require(merkle_root(leaves[: seen["size"]]).hex() == seen["root"], "the log was rewritten")
    memory.write_text(json.dumps({"size": log["size"], "root": log["root"]}), encoding="utf-8")
    return f"{log['size']} events, root {log['root']}"


APPROVED = {"listed", "listed-conditional", "listed-interim", "expiring"}


def describe(record: dict[str, Any], on: date, day: date) -> tuple[bool, str]:
    """Whether a record says that the entry is approved on a day, and what it says; or why it says nothing."""
    one, following = record["listing"], record.get("next_date")
    name, state = one["entry"], one["state"]
    if day < on:
        return False, f"{name}: the list is of {on}; ask the log what was approved on {day}"
    if following and day >= date.fromisoformat(following):
        return False, f"{name}: {state} on {on}; that may change on {following}: nothing is known for {day}"
    uses = (f"{use} {said['say']} {said.get('date', '')}".strip() for use, said in one["uses"].items())
    return state in APPROVED, f"{name}: {state} on {day}, since {one['since']}; {', '.join(uses)}"


def arguments() -> argparse.Namespace:
    """The command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("source")
    parser.add_argument("key")
    parser.add_argument("--root", required=True, help="the first trusted root, got by a way that you trust")
    parser.add_argument("--authority", required=True)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--state", default="verify-list-state", help="folder for what was seen")
    parser.add_argument("--log", action="store_true", help="check the whole log, too")
    return parser.parse_args()


def main() -> int:
    """Answer the question."""
    asked = arguments()
    kind, _, rest = asked.key.partition(":")
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", rest).strip()).casefold()
    key = f"name:{name}" if kind == "name" else asked.key
    try:
        found = List(asked.source, asked.root, asked.authority, asked.state)
        records, proof = look_up(found, key)
        log = check_log(found) if asked.log else "not checked (--log)"
    except (RefusedError, RepositoryError, DownloadError, OSError, *BROKEN) as why:
        print(f"REFUSED: {type(why).__name__}: {' '.join(str(why).split())}", file=sys.stderr)
        return 3
    on = date.fromisoformat(found.header["on"])
    where = f"the list of {found.header['title']} of {on}"
    print(f"{key}: {'ON' if records else 'NOT ON'} {where}")
    print(f"  proof: {proof}")
    print(f"  log: {log}")
    if not records:
        if asked.on != on:
            print(f"  the list says nothing of {asked.on}")
        return 1
    told = [describe(record, on, asked.on) for record in records]
    for _, line in told:
        print(f"  {line}")
    return 0 if all(approved for approved, _ in told) else 4


if __name__ == "__main__":
    sys.exit(main())
