"""A workspace from a backup, into an empty place. Nothing of a backup is believed before it is checked."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.errors import InputError
from clearband.folders import FolderKind, whole_folder
from clearband.workspace import schema, tokens, trail
from clearband.workspace.backup import FORM, MANIFEST
from clearband.workspace.database import open_database, sqlite_url, writing
from clearband.workspace.errors import StateError
from clearband.workspace.ledger import Ledger
from clearband.workspace.people import OPERATOR
from clearband.workspace.place import DATABASE_FILE, open_workspace
from clearband.workspace.rows import TABLES, insert_rows, tables_there
from clearband.workspace.verify import Verified, verify

_NAME: Final = re.compile(
    r"database/[a-z_]{1,40}\.jsonl"
    r"|files/([0-9a-f]{2})/\1[0-9a-f]{62}"
    r"|(?:runs|identities|views)(?:/(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f]{1,200}){1,8}"
)
"""Names that a member may have: never a path that leads out of the folder."""
_ROWS: Final = "database"
_AT_ONCE: Final = 1024 * 1024
_MANIFEST_BYTES: Final = 256 * 1024 * 1024
_OTHER: Final = "take another backup"
# An earlier workspace is never replaced.
_EMPTY: Final = FolderKind("workspace", (), lambda _: False)


def restore(
    file: Path,
    folder: Path,
    database: str | None = None,
    *,
    expect: str | None = None,
    keep_tokens: bool = False,
) -> Verified:
    """Make the workspace of a backup, whole or not at all, and verify it.

    What was revoked after the backup is not revoked in it. So tokens are revoked before anybody can come in
    by one, each with its entry in the trail.

    Args:
        file: The backup.
        folder: Where there is nothing yet, or an empty folder.
        database: URL of a PostgreSQL database without tables; None is a SQLite file in the folder. It may be
            another than that of which the backup is.
        expect: See `clearband.workspace.verify.verify`.
        keep_tokens: Leave tokens as they are in the backup.

    Returns:
        What `verify` says of it. A backup of a workspace that was damaged is restored as it was.

    Raises:
        InputError: The file is no backup, or one that was changed.
        StateError: The database has tables.
        OutputError: The folder is not empty, or cannot be written.
    """
    try:
        with ExitStack() as stack:
            # The rows of PostgreSQL come last: they are there when the folder is.
            connection = stack.enter_context(_elsewhere(database)) if database else None
            staged = stack.enter_context(whole_folder(folder, _EMPTY, [file]))
            staged.chmod(0o700)
            tables = _extract(file, staged)
            if connection is not None:
                _load(connection, staged / _ROWS, tables, keep_tokens=keep_tokens)
            else:
                with _elsewhere(sqlite_url(staged / DATABASE_FILE)) as own:
                    _load(own, staged / _ROWS, tables, keep_tokens=keep_tokens)
            shutil.rmtree(staged / _ROWS)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise InputError(f"its rows cannot be restored ({reason})", where=str(file), remedy=_OTHER) from None
    workspace = open_workspace(folder, database)
    try:
        return verify(workspace, expect=expect)
    finally:
        workspace.engine.dispose()


def _extract(file: Path, staged: Path) -> str:
    """Unpack all members, and check them against the manifest; the version of the tables."""
    found: dict[str, dict[str, Any]] = {}
    manifest: Any = None
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                if manifest is not None or member.name in found:
                    raise _unfit(file, f"a member that should not be there: {member.name[:100]!r}")
                # A link leads elsewhere, and a file with holes is larger than the backup that holds it.
                if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
                    raise _unfit(file, f"a member that is no plain file: {member.name[:100]!r}")
                source = tar.extractfile(member)
                assert source is not None
                if member.name == MANIFEST:
                    manifest = _manifest(file, source.read(_MANIFEST_BYTES))
                elif _NAME.fullmatch(member.name):
                    found[member.name] = _copy(source, staged / member.name)
                else:
                    raise _unfit(file, f"a member of a name that no backup has: {member.name[:100]!r}")
    except (tarfile.TarError, EOFError) as error:
        raise InputError(f"this is no backup, or a part of one ({error})", where=str(file)) from None
    if manifest is None:
        raise InputError("the backup was cut short", where=str(file), remedy=_OTHER)
    wrong = [
        name for name in {*found, *manifest["members"]} if found.get(name) != manifest["members"].get(name)
    ]
    if wrong:
        raise _unfit(file, f"a member that is not as the manifest says: {min(wrong)}")
    return str(manifest["tables"])


def _copy(source: IO[bytes], place: Path) -> dict[str, Any]:
    place.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with place.open("xb") as out:
        while data := source.read(_AT_ONCE):
            digest.update(data)
            size += out.write(data)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _manifest(file: Path, text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    told = found if isinstance(found, dict) else {}
    if not isinstance(told.get("members"), dict) or not isinstance(told.get("tables"), str):
        raise _unfit(file, "no manifest")
    if told.get("schema") != FORM:
        raise InputError(
            "this is no backup that this version reads", where=str(file), remedy="take a later one"
        )
    return told


@contextmanager
def _elsewhere(database: str) -> Iterator[Connection]:
    engine = open_database(database)
    try:
        with writing(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def _load(connection: Connection, rows: Path, tables: str, *, keep_tokens: bool) -> None:
    # Two that restore into one database at once: the second finds tables.
    trail.lock(connection)
    if sa.inspect(connection).get_table_names():
        raise StateError("the database has tables already", remedy="make an empty one for the workspace")
    schema.upgrade(connection, tables)
    there = tables_there(connection)
    for table in TABLES:
        # A table that is newer than the backup is empty; the migrations that follow know what to do.
        if table.name in there and (rows / f"{table.name}.jsonl").is_file():
            with (rows / f"{table.name}.jsonl").open("rb") as lines:
                insert_rows(connection, there[table.name], lines)
    schema.upgrade(connection, schema.newest())
    if not keep_tokens:
        tokens.revoke_all(Ledger(connection, OPERATOR))


def _unfit(file: Path, what: str) -> InputError:
    return InputError(f"the backup holds {what}", where=str(file), remedy=_OTHER)
