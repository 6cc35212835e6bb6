"""Files attached to records, decisions, answers and comments as evidence.

First the bytes are stored, which takes as long as they need to come, then their row is written. A file whose
row never comes lies in the store and is named by nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clearband.workspace import clock, texts, trail
from clearband.workspace.errors import InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.file_names import clean
from clearband.workspace.ledger import Actor, Ledger, Row, row_of
from clearband.workspace.media_types import media_type
from clearband.workspace.people import person_of
from clearband.workspace.place import Workspace
from clearband.workspace.roles import ANALYST, require
from clearband.workspace.spoken_of import spoken_of
from clearband.workspace.subject import Subject
from clearband.workspace.tables import METADATA, attachment
from clearband.workspace.tables.decisions import ATTACHED_TO

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of a file."""
_FIRST: Final = 64


@dataclass(frozen=True)
class Evidence:
    """A file that lies in the store.

    Attributes:
        sha256: Of its bytes.
        bytes: How many they are.
        media_type: By its first bytes.
        path: Where it lies.
    """

    sha256: str
    bytes: int
    media_type: str
    path: Path


def receive(workspace: Workspace, actor: Actor, chunks: Iterable[bytes]) -> Evidence:
    """Store the bytes, outside of any transaction.

    Raises:
        RefusedError: The actor is no analyst.
        InvalidError: There are none, or more than `LARGEST`.
        OutputError: The disk is full or refuses.
    """
    require(actor, ANALYST)
    stored = workspace.store.put(chunks, at_most=LARGEST)
    if not stored.bytes:
        raise InvalidError("the file is empty", remedy="choose another")
    path = workspace.store.path(stored.sha256)
    with path.open("rb") as file:
        return Evidence(stored.sha256, stored.bytes, media_type(file.read(_FIRST)), path)


def attach(
    ledger: Ledger,
    subject: Subject,
    evidence: Evidence,
    file_name: str,
    *,
    attached_to: str = "record",
    target_id: str | None = None,
) -> Row:
    """Attach a stored file.

    Args:
        evidence: Of `receive`.
        file_name: As it came; only its last part is kept, cleaned.
        attached_to: One of `ATTACHED_TO`.
        target_id: The decision, answer or comment, of the same record; None for the record itself.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: The record has no such decision, answer or comment, or the file is gone.
        WorkspaceError: The record cannot be spoken of; see `clearband.workspace.spoken_of`.
    """
    require(ledger.actor, ANALYST)
    texts.one_of(attached_to, "what a file is attached to", ATTACHED_TO)
    trail.lock(ledger.connection)
    if not evidence.path.is_file():
        # Swept away meanwhile, as the remains of an earlier upload of the same bytes.
        raise NotFoundError("the file is gone", where=evidence.sha256, remedy="attach it again")
    subject = spoken_of(ledger, subject)
    if (attached_to == "record") != (target_id is None):
        raise InvalidError("say which decision, answer or comment, and for a record none")
    if target_id is not None:
        target = row_of(ledger.connection, METADATA.tables[attached_to], target_id)
        if (target["inventory_id"], target["identity"]) != (subject.inventory_id, subject.identity):
            raise NotFoundError(f"the record has no such {attached_to}", where=target_id)
    values: Row = {
        "attached_to": attached_to,
        "target_id": target_id,
        "file_name": clean(file_name),
        "media_type": evidence.media_type,
        "sha256": evidence.sha256,
        "bytes": evidence.bytes,
        "created_by": person_of(ledger),
        "created_at": clock.now(),
    }
    return ledger.insert(attachment, values | subject.of_record(), action="attach")


def remove(ledger: Ledger, attachment_id: str, *, version: int | None = None) -> Row:
    """Take a file that one attached from view. Its bytes stay: the trail speaks of them.

    Raises:
        RefusedError: Somebody else attached it, or the actor is no analyst.
        NotFoundError: There is no such attachment.
        StateError: It was removed already.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, attachment, attachment_id)
    if row["created_by"] != person_of(ledger):
        raise RefusedError("somebody else attached it", remedy="ask them")
    if row["removed_at"] is not None:
        raise StateError("the file was removed", where=attachment_id)
    return ledger.update(
        attachment, attachment_id, {"removed_at": clock.now()}, action="remove", version=version
    )
