"""Whether a record may be spoken of: what is checked before anything is said of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from clearband.model.finding import Answer
from clearband.workspace import texts
from clearband.workspace.errors import InvalidError, NotFoundError
from clearband.workspace.inventories import in_use
from clearband.workspace.ledger import Ledger
from clearband.workspace.subject import Subject
from clearband.workspace.tables import run

_IDENTITY_LENGTH: Final = 80
_NAME_LENGTH: Final = 1000
_PRINT_DIGITS: Final = 64
_HEX: Final = frozenset("0123456789abcdef")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")


def spoken_of(ledger: Ledger, subject: Subject) -> Subject:
    """The record as it is stored beside what is said of it.

    Raises:
        NotFoundError: There is no such inventory, or the run is not of it.
        StateError: The inventory is archived.
        InvalidError: The identity, fingerprint or answer are none.
    """
    in_use(ledger.connection, subject.inventory_id)
    of = (run.c.id == subject.run_id) & (run.c.inventory_id == subject.inventory_id)
    if ledger.connection.scalar(sa.select(run.c.id).where(of)) is None:
        raise NotFoundError("the inventory has no such run", where=subject.run_id[:40])
    texts.one_of(subject.answer, "an answer", tuple(Answer))
    if len(subject.fingerprint) != _PRINT_DIGITS or not set(subject.fingerprint) <= _HEX:
        raise InvalidError("this is no fingerprint of a record", where=subject.fingerprint[:80])
    # Of whatever letters an inventory has: it is no text of a person's.
    if not 0 < len(subject.identity) <= _IDENTITY_LENGTH or _CONTROL.search(subject.identity):
        raise InvalidError("this is no identity of a record", where=subject.identity[:_IDENTITY_LENGTH])
    # How it is called is as a file had it, with whatever stood there.
    return replace(subject, record_id=texts.shown(subject.record_id, at_most=_NAME_LENGTH))
