"""The roles of a repository: whose keys sign what, how many of them, and until when.

The root and the top of the targets are signed by a threshold of offline keys. Each authority signs its own
targets by a threshold of its own, and nothing outside its own folder. Snapshot and timestamp, which live
for days, are signed by one key that may be online: with it alone nobody can publish anything new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from securesystemslib.signer import SSlibKey
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import DelegatedRole, Delegations, Key, Metadata, MetaFile, Root, Snapshot, Targets
from tuf.api.metadata import Timestamp as TimestampRole

from clearband.errors import InputError
from clearband.listing.durable import write_durably
from clearband.listing.repository_files import RepositoryFiles
from clearband.model.authority import Authority
from clearband.model.canonical import canonical

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

AUTHORITIES: Final = "authorities.json"
AUTHORITIES_SCHEMA: Final = "https://clearband.dev/schema/published-authorities-1.json"
RESERVED: Final = frozenset(("root", "targets", "snapshot", "timestamp"))


@dataclass(frozen=True, slots=True)
class Lives:
    """For how many days metadata hold from the day on which they are signed."""

    root: int = 365
    authority: int = 90
    snapshot: int = 7
    timestamp: int = 1


@dataclass(frozen=True, slots=True)
class RootKeys:
    """Who signs the root and the top of the targets, how many must, and the online key."""

    officers: Sequence[Key]
    threshold: int
    online: Key


def keys_of_authority(authority: Authority, day: date) -> list[Key]:
    """The keys of an authority's deciders as TUF knows them: of each the newest that is in force on a day."""
    newest = {
        one.id: one
        for one in sorted(authority.deciders, key=lambda one: (one.since, one.keyid))
        if one.in_force(day)
    }
    return [
        public_key(one.keyid, one.scheme, one.public)
        for one in sorted(newest.values(), key=lambda one: one.keyid)
    ]


def public_key(keyid: str, scheme: str, public: str) -> Key:
    """A public key as TUF knows it."""
    kind = "ed25519" if scheme == "ed25519" else "ecdsa"
    return SSlibKey(keyid, kind, scheme, {"public": public})


def root_keys_of(files: RepositoryFiles) -> RootKeys:
    """The keys of a repository's newest root.

    Raises:
        InputError: There is no repository.
    """
    version = files.newest_root()
    if not version:
        raise InputError(
            "there is no repository here", where=str(files.folder), remedy="clearband approved keys begin"
        )
    root: Root = files.read("root", version).signed
    role, online = root.roles["root"], root.roles["timestamp"].keyids[0]
    return RootKeys([root.keys[one] for one in role.keyids], role.threshold, root.keys[online])


def new_root(keys: RootKeys, version: int, expires: datetime) -> Metadata[Root]:
    """A root, not signed yet.

    Raises:
        InputError: There are fewer keys than the threshold.
    """
    if not 1 <= keys.threshold <= len({one.keyid for one in keys.officers}):
        raise InputError(f"{keys.threshold} signatures cannot come from {len(keys.officers)} keys")
    root = Root(version=version, expires=expires, consistent_snapshot=True)
    for role in ("root", "targets"):
        for key in keys.officers:
            root.add_key(key, role)
        root.roles[role].threshold = keys.threshold
    for role in ("snapshot", "timestamp"):
        root.add_key(keys.online, role)
    return Metadata(root)


def new_targets(
    files: RepositoryFiles,
    authorities: Sequence[Authority],
    version: int,
    now: datetime,
    lives: Lives,
    staging: Path,
) -> Metadata[Targets]:
    """The top of the targets, which says who may publish what; not signed yet.

    Raises:
        InputError: An authority has the name of a role, or fewer keys in force than its quorum.
    """
    keys: dict[str, Key] = {}
    roles = {}
    for one in authorities:
        if one.id in RESERVED:
            raise InputError(f"an authority cannot be called {one.id}")
        theirs = keys_of_authority(one, now.date())
        if len(theirs) < one.quorum:
            raise InputError(f"{one.title} has {len(theirs)} deciders with keys in force, of {one.quorum}")
        keys |= {key.keyid: key for key in theirs}
        roles[one.id] = DelegatedRole(
            one.id, [key.keyid for key in theirs], one.quorum, True, paths=[f"{one.id}/*", f"{one.id}/*/*"]
        )
    named = [{"id": one.id, "title": one.title} for one in sorted(authorities, key=lambda one: one.id)]
    source = staging / AUTHORITIES
    source.write_bytes(canonical({"schema": AUTHORITIES_SCHEMA, "authorities": named}))
    expires = now + timedelta(days=lives.root)
    targets = Targets(version=version, expires=expires, delegations=Delegations(keys, roles))
    targets.targets[AUTHORITIES] = files.add_target(AUTHORITIES, source)
    return Metadata(targets)


def sign_all(made: Metadata[Any], signers: Iterable[Signer], allowed: Iterable[str]) -> int:
    """Sign with those keys that are allowed to; how many there are now."""
    wanted = set(allowed)
    for signer in signers:
        if signer.public_key.keyid in wanted:
            # Without `append` a second signature would take the place of the first.
            made.sign(signer, append=True)
    return len(made.signatures)


def require_signed(by: Root | Targets, role: str, made: Metadata[Any], what: str) -> None:
    """Refuse metadata that too few of the role's keys have signed.

    Raises:
        InputError: Fewer than the threshold.
    """
    try:
        by.verify_delegate(role, made.signed_bytes, made.signatures)
    except UnsignedMetadataError as error:
        raise InputError(f"{what}: {error}", remedy="give more keys with --key") from None


def commit(
    files: RepositoryFiles,
    changed: Mapping[str, Metadata[Targets]],
    online: Signer,
    lives: Lives,
    now: datetime,
) -> int:
    """Publish metadata: everything is written beside what is in force, which changes with the last rename.

    Args:
        files: The repository.
        changed: Signed targets metadata, by role; others stay.
        online: Signs snapshot and timestamp.
        lives: For how long.
        now: The moment.

    Returns:
        The version of the snapshot.

    Raises:
        InputError: The online key is not that of the root.
        OutputError: Something cannot be written; what was published before is still in force.
    """
    root: Root = files.read("root", files.newest_root()).signed
    meta: dict[str, MetaFile] = {}
    snapshot_version = timestamp_version = 0
    if files.metadata_path("timestamp").exists():
        before: TimestampRole = files.read("timestamp").signed
        timestamp_version, snapshot_version = before.version, before.snapshot_meta.version
        meta = dict(files.read("snapshot", snapshot_version).signed.meta)
    for role, made in changed.items():
        files.write_metadata(role, made, made.signed.version)
        meta[f"{role}.json"] = _described(made)
    snapshot = Metadata(
        Snapshot(version=snapshot_version + 1, expires=now + timedelta(days=lives.snapshot), meta=meta)
    )
    snapshot.sign(online)
    require_signed(root, "snapshot", snapshot, "the online key is not that of the root")
    timestamp = Metadata(
        TimestampRole(
            version=timestamp_version + 1,
            expires=now + timedelta(days=lives.timestamp),
            snapshot_meta=_described(snapshot),
        )
    )
    timestamp.sign(online)
    require_signed(root, "timestamp", timestamp, "the online key is not that of the root")
    files.write_metadata("snapshot", snapshot, snapshot.signed.version)
    write_durably(files.metadata_path("timestamp"), timestamp.to_bytes())
    return snapshot.signed.version


def _described(made: Metadata[Any]) -> MetaFile:
    return MetaFile.from_data(made.signed.version, made.to_bytes(), ["sha256"])
