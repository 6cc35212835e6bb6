"""A file that comes each month is read like the one before it, until somebody says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from clearband.workspace.ledger import Row
from clearband.workspace.preview import Preview
from clearband.workspace.readings import Reading


def read_like(seen: Preview, taken: Sequence[Row]) -> tuple[Row, Reading] | None:
    """How an upload is read that nobody said anything of: as the newest file of its inventory is that has
    columns of the same names whose meaning a person gave.

    Args:
        seen: What the upload looks like by itself.
        taken: Files of the inventory.

    Returns:
        The file that it is read like, and the reading; None where there is no such file.
    """
    names = {column.name for table in seen.tables for column in table.columns}
    for row in sorted(taken, key=lambda one: (one["taken_at"], one["id"]), reverse=True):
        before = Reading.of(row["reading"])
        columns = {name: meant for name, meant in before.columns.items() if name in names}
        if columns:
            return row, Reading(columns, date_order=before.date_order)
    return None
