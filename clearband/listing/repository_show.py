"""The roles of a repository as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuf.api.metadata import Root, Targets

from clearband.errors import InputError
from clearband.listing.repository_files import RepositoryFiles


@dataclass(frozen=True, slots=True)
class RoleNow:
    """A role: version and end of its metadata, and how many of which keys sign it."""

    name: str
    version: int
    expires: datetime
    threshold: int
    keyids: tuple[str, ...]


def roles_of(files: RepositoryFiles) -> list[RoleNow]:
    """The roles of a repository, the root first; those that have published nothing yet are left out.

    Raises:
        InputError: There is no repository.
    """
    newest = files.newest_root()
    if not newest:
        raise InputError("there is no repository here", where=str(files.folder))
    root: Root = files.read("root", newest).signed
    versions: dict[str, int | None] = {"root": newest, "targets": 1}
    authorities: list[str] = []
    if files.metadata_path("timestamp").exists():
        at = files.read("timestamp").signed.snapshot_meta.version
        versions |= {"snapshot": at, "timestamp": None}
        meta = files.read("snapshot", at).signed.meta
        versions |= {name.removesuffix(".json"): one.version for name, one in meta.items()}
        authorities = sorted(name.removesuffix(".json") for name in meta if name != "targets.json")
    top: Targets = files.read("targets", versions["targets"]).signed
    delegated = (top.delegations.roles if top.delegations else None) or {}
    found = []
    for name, version in versions.items():
        role = delegated[name] if name in authorities else root.roles[name]
        signed = files.read(name, version).signed
        found.append(RoleNow(name, signed.version, signed.expires, role.threshold, tuple(role.keyids)))
    return found
