"""Publishing a list: its content as targets of a repository, in force at once or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuf.api.metadata import Metadata, Root, Targets

from clearband.errors import InputError, OutputError
from clearband.listing.content import HEADER
from clearband.listing.heads import HEAD, head_json, require_grown
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import (
    Lives,
    RootKeys,
    commit,
    keys_of_authority,
    new_root,
    new_targets,
    require_signed,
    root_keys_of,
    sign_all,
)
from clearband.model.authority import Authority

if TYPE_CHECKING:
    from securesystemslib.signer import Signer


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did.

    Attributes:
        version: Of the authority's targets.
        targets: Number of them.
        new_bytes: Of target files that were not there before.
    """

    version: int
    targets: int
    new_bytes: int


@contextmanager
def staging(files: RepositoryFiles) -> Iterator[Path]:
    """A folder in the repository in which to make what will be published; gone afterwards.

    Raises:
        OutputError: It cannot be made.
    """
    try:
        files.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".staging-", dir=files.folder) as name:
            yield Path(name)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(files.folder)) from None


def begin(
    files: RepositoryFiles,
    keys: RootKeys,
    authorities: Sequence[Authority],
    signers: Sequence[Signer],
    lives: Lives,
    now: datetime,
) -> Path:
    """Begin a repository: its first root, and who may publish in it.

    Returns:
        The first root, which consumers must get by a way that they trust.

    Raises:
        InputError: Too few signatures.
        OutputError: There is a repository already.
    """
    with files.locked(), staging(files) as folder:
        if files.newest_root():
            raise OutputError("there is a repository already", where=str(files.folder))
        root = new_root(keys, 1, now + timedelta(days=lives.root))
        officers = [one.keyid for one in keys.officers]
        sign_all(root, signers, officers)
        require_signed(root.signed, "root", root, "the root")
        targets = new_targets(files, authorities, 1, now, lives, folder)
        sign_all(targets, signers, officers)
        require_signed(root.signed, "targets", targets, "the targets")
        files.write_metadata("targets", targets, 1)
        files.write_metadata("root", root, 1)
    return files.metadata_path("root", 1)


def renew(
    files: RepositoryFiles,
    signers: Sequence[Signer],
    online: Signer,
    lives: Lives,
    now: datetime,
    *,
    keys: RootKeys | None = None,
    authorities: Sequence[Authority] | None = None,
) -> int:
    """A new root, and a new top of the targets: other keys, other authorities, or only a longer life.

    Signed by a threshold of the keys before and, where they change, of the new ones.

    Returns:
        The version of the new root.

    Raises:
        InputError: Too few signatures.
    """
    with files.locked(), staging(files) as folder:
        held = root_keys_of(files)
        version = files.newest_root()
        before: Root = files.read("root", version).signed
        root = new_root(keys or held, version + 1, now + timedelta(days=lives.root))
        allowed = {*before.roles["root"].keyids, *root.signed.roles["root"].keyids}
        sign_all(root, signers, allowed)
        require_signed(before, "root", root, "the root, by the keys before")
        require_signed(root.signed, "root", root, "the root, by the new keys")
        at = _current(files, "targets")
        if authorities is None:
            made = Metadata(files.read("targets", at).signed)
            made.signed.version, made.signed.expires = at + 1, now + timedelta(days=lives.root)
        else:
            made = new_targets(files, authorities, at + 1, now, lives, folder)
        sign_all(made, signers, root.signed.roles["targets"].keyids)
        require_signed(root.signed, "targets", made, "the targets")
        files.write_metadata("root", root, version + 1)
        commit(files, {"targets": made}, online, lives, now)
    return version + 1


def publish(
    files: RepositoryFiles,
    authority: Authority,
    content: Path,
    names: Iterable[str],
    extra: Mapping[str, Path],
    signers: Sequence[Signer],
    online: Signer,
    lives: Lives,
    now: datetime,
) -> Published:
    """Publish an authority's list.

    Args:
        files: The repository.
        authority: Whose list it is.
        content: Folder with the list as `content.write_content` wrote it.
        names: Names of its files.
        extra: Further files by their names: the authority's own file, a table, a page, schemas.
        signers: Of the authority's deciders.
        online: Signs snapshot and timestamp.
        lives: For how long.
        now: The moment.

    Raises:
        InputError: Too few signatures; the deciders are not those of the repository; the log is not one that
            grew out of the log that was published before.
        OutputError: Something cannot be written. In each case, what was published before stays in force.
    """
    with files.locked():
        at = _current(files, "targets")
        top: Targets = files.read("targets", at).signed
        _require_delegated(top, authority, now)
        header = json.loads((content / HEADER).read_bytes())
        version, before = _version(files, authority.id), None
        if version:
            before = _target_json(files, authority.id, version, HEAD)
            if before is not None:
                require_grown(before, content, header)
        (content / HEAD).write_bytes(head_json(header, content, before, now))
        targets = Targets(version=version + 1, expires=now + timedelta(days=lives.authority))
        here = _size(files)
        sources = {name: content / name for name in (*names, HEAD)} | dict(extra)
        for name, source in sorted(sources.items()):
            full = f"{authority.id}/{name}"
            targets.targets[full] = files.add_target(full, source)
        made = Metadata(targets)
        sign_all(made, signers, top.delegations.roles[authority.id].keyids)  # type: ignore[union-attr,index]
        require_signed(top, authority.id, made, f"the list of {authority.title}")
        changed: dict[str, Metadata[Targets]] = {authority.id: made}
        if not files.metadata_path("timestamp").exists():
            changed["targets"] = files.read("targets", at)
        commit(files, changed, online, lives, now)
        return Published(version + 1, len(sources), _size(files) - here)


def refresh(files: RepositoryFiles, online: Signer, lives: Lives, now: datetime) -> int:
    """Sign snapshot and timestamp anew, so that what is published stays fresh.

    Raises:
        InputError: Nothing is published yet, or the online key is another.
    """
    with files.locked():
        files.read("timestamp")
        return commit(files, {}, online, lives, now)


def prune(files: RepositoryFiles, keep: int) -> int:
    """Remove target files that the last ``keep`` versions of no list name; how many were removed."""
    with files.locked():
        wanted: set[Path] = set()
        snapshot = files.read("snapshot", files.read("timestamp").signed.snapshot_meta.version).signed
        for name, meta in snapshot.meta.items():
            role = name.removesuffix(".json")
            for version in range(max(1, meta.version - keep + 1), meta.version + 1):
                if files.metadata_path(role, version).exists():
                    named = files.read(role, version).signed.targets
                    wanted |= {files.target_path(one, target) for one, target in named.items()}
        gone = [
            path for path in (files.folder / "targets").rglob("*") if path.is_file() and path not in wanted
        ]
        for path in gone:
            path.unlink()
    return len(gone)


def _require_delegated(top: Targets, authority: Authority, now: datetime) -> None:
    roles = top.delegations.roles if top.delegations else None
    role = (roles or {}).get(authority.id)
    keys = {one.keyid for one in keys_of_authority(authority, now.date())}
    if role is None or set(role.keyids) != keys or role.threshold != authority.quorum:
        what = "is not delegated" if role is None else "has other deciders than are delegated"
        raise InputError(
            f"{authority.title} {what} in this repository", remedy="clearband approved keys renew --list DIR"
        )


def _current(files: RepositoryFiles, role: str) -> int:
    """The version of a role that is in force; before the first publication, the first."""
    if not files.newest_root():
        raise InputError(
            "there is no repository here", where=str(files.folder), remedy="clearband approved keys begin"
        )
    if not files.metadata_path("timestamp").exists():
        return 1
    snapshot = files.read("snapshot", files.read("timestamp").signed.snapshot_meta.version).signed
    meta = snapshot.meta.get(f"{role}.json")
    return meta.version if meta else 0


def _version(files: RepositoryFiles, role: str) -> int:
    return _current(files, role) if files.metadata_path("timestamp").exists() else 0


def _target_json(files: RepositoryFiles, role: str, version: int, name: str) -> dict[str, Any] | None:
    target = files.read(role, version).signed.targets.get(f"{role}/{name}")
    if target is None:
        return None
    path = files.target_path(f"{role}/{name}", target)
    try:
        raw: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from None
    return raw


def _size(files: RepositoryFiles) -> int:
    return sum(path.stat().st_size for path in (files.folder / "targets").rglob("*") if path.is_file())
