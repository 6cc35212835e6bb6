"""A verified list in a folder: for use here, and as a repository to carry to where there is no network."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from clearband.errors import OutputError
from clearband.listing.repository_client import RepositoryClient
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import AUTHORITIES
from clearband.listing.verify import LOG, Verified


def write_fetched(client: RepositoryClient, lists: Iterable[Verified], state: Path, out: Path) -> int:
    """Write verified lists to a folder, whole or not at all; the number of files.

    ``out/AUTHORITY`` has the files of a list by their names, among them ``authority.yaml`` and ``log.jsonl``,
    so that it can be asked as an authority's own folder can. ``out/repository`` is a repository again.

    Raises:
        OutputError: It is there already and no folder of a fetch, or cannot be written.
    """
    if out.exists() and any(out.iterdir()) and not (out / "repository").is_dir():
        raise OutputError("it is no folder of a fetch, and not empty", where=str(out), remedy="name another")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            number = _write(client, lists, state, staged)
            staged.chmod(0o755)
            _take_place(staged, out)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(out)) from None
    return number


def _write(client: RepositoryClient, lists: Iterable[Verified], state: Path, out: Path) -> int:
    files = RepositoryFiles(out / "repository")
    metadata = files.folder / "metadata"
    shutil.copytree(state / "metadata" / "root_history", metadata)
    shutil.copyfile(state / "metadata" / "timestamp.json", metadata / "timestamp.json")
    roles = ["snapshot", "targets"]
    files.add_target(AUTHORITIES, client.get(AUTHORITIES))
    number = 0
    for one in lists:
        roles.append(one.authority)
        for name in sorted(client.targets(one.authority)):
            files.add_target(name, source := client.get(name))
            place = out / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
            number += 1
        shutil.copyfile(one.folder / LOG, out / one.authority / LOG)
    for role in roles:
        version = client.version(role)
        shutil.copyfile(state / "metadata" / f"{role}.json", metadata / f"{version}.{role}.json")
    return number


def _take_place(staged: Path, out: Path) -> None:
    if not out.exists():
        staged.rename(out)
        return
    aside = out.with_name(f".{out.name}.before-{os.getpid()}")
    out.rename(aside)
    staged.rename(out)
    shutil.rmtree(aside)
