"""The sorted keys of a list, and the proof that a key is on it, or is not.

A listing has several keys: its entry, its subject, its maker, its name, its identifiers. Each distinct key is
a leaf; leaves are in the order of the SHA-256 of the key and stand in bins by the first digits of that hash,
so that a new entry moves one bin. The signed list has size and Merkle root of every bin. A key that is not
there is proved so by the two leaves between which it would stand; they are neighbours, so nothing stands
between.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearband.listing.merkle import EMPTY_ROOT, includes, inclusion_proof, leaf_hash, root_of
from clearband.model.canonical import canonical_of_plain
from clearband.model.listing import Listing

FORM: Final = "https://clearband.dev/schema/published-proof-1.json"
_SPACES: Final = re.compile(r"\s+")


def keys_of(listing: Listing) -> list[str]:
    """The keys of a listing, sorted: ``entry:``, ``subject:``, ``maker:``, ``name:`` and ``id:KIND:TEXT``.

    A name is in small letters with single spaces.
    """
    one = listing.subject
    return _keys(listing.entry, one.id, one.name, one.maker, one.identifiers)


def keys_of_record(record: Mapping[str, Any]) -> list[str]:
    """The keys of a published record."""
    one = record["listing"]["subject"]
    pairs = [(kind, text) for kind, text in one["identifiers"]]
    return _keys(record["listing"]["entry"], one["id"], one["name"], one.get("maker"), pairs)


def _keys(
    entry: str, subject: str, name: str, maker: str | None, identifiers: Iterable[tuple[str, str]]
) -> list[str]:
    keys = {f"entry:{entry}", f"subject:{subject}", f"name:{name_key(name)}"}
    keys.update(f"id:{kind}:{text}" for kind, text in identifiers)
    if maker:
        keys.add(f"maker:{maker}")
    return sorted(keys)


def name_key(name: str) -> str:
    """A name as it stands in a key: however its letters are encoded (Unicode NFKC), it is one name."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", name).strip()).casefold()


def place_of(key: str) -> str:
    """Where a key stands: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeyLeaf:
    """A key with the entries that have it.

    Attributes:
        entries: Pairs of entry and SHA-256 of its canonical record, sorted.
    """

    key: str
    entries: tuple[tuple[str, str], ...]

    def raw(self) -> bytes:
        """The leaf as it is published and hashed."""
        return canonical_of_plain({"entries": self.entries, "key": self.key})


@dataclass(frozen=True, slots=True)
class BinHead:
    """What the signed list says of a bin: all keys whose hash begins with the prefix."""

    prefix: str
    size: int
    root: str


def bin_head(prefix: str, lines: Sequence[bytes]) -> BinHead:
    """The head of a bin over its sorted leaves, as they are published."""
    return BinHead(prefix, len(lines), root_of(map(leaf_hash, lines)).hex())


def prove(prefix: str, leaves: Sequence[KeyLeaf], key: str) -> dict[str, Any]:
    """The proof that a key is on a list, or is not.

    Args:
        prefix: Of the bin in which the key belongs.
        leaves: All leaves of that bin, in order.
        key: The key.

    Returns:
        Plain JSON values, ``facts/schemas/published-proof.schema.json``.
    """
    hashes = [leaf_hash(one.raw()) for one in leaves]
    place = place_of(key)
    at = next((n for n, one in enumerate(leaves) if place_of(one.key) >= place), len(leaves))
    shown = [at] if at < len(leaves) and leaves[at].key == key else [at - 1, at]
    return {
        "schema": FORM,
        "key": key,
        "prefix": prefix,
        "size": len(leaves),
        "root": root_of(hashes).hex(),
        "leaves": [
            {
                "index": index,
                "key": leaves[index].key,
                "entries": [list(pair) for pair in leaves[index].entries],
                "path": [one.hex() for one in inclusion_proof(hashes, index)],
            }
            for index in shown
            if 0 <= index < len(leaves)
        ],
    }


def proved(proof: dict[str, Any], head: BinHead) -> tuple[tuple[str, str], ...]:
    """What a proof shows against the signed head of its bin.

    Returns:
        Entries with the SHA-256 of their records; none where the key is proved not to be on the list.

    Raises:
        ValueError: It proves nothing; the message says why.
    """
    place = place_of(proof["key"])
    if not place.startswith(head.prefix):
        raise ValueError("the key belongs to another bin")
    places = []
    for leaf in proof["leaves"]:
        made = KeyLeaf(leaf["key"], tuple((one, sha) for one, sha in leaf["entries"]))
        path = [bytes.fromhex(one) for one in leaf["path"]]
        if not includes(leaf_hash(made.raw()), leaf["index"], head.size, path, bytes.fromhex(head.root)):
            raise ValueError("a leaf is not in the signed tree")
        if made.key == proof["key"]:
            return made.entries
        places.append((leaf["index"], place_of(made.key)))
    if head.size == 0:
        if proof["leaves"] or head.root != EMPTY_ROOT.hex():
            raise ValueError("the bin is not empty")
        return ()
    before = [index for index, other in places if other < place]
    after = [index for index, other in places if other > place]
    left, right = max(before, default=-1), min(after, default=head.size)
    if right != left + 1:
        raise ValueError("the leaves shown are no neighbours around the place of the key")
    return ()
