"""Read labels from a file: a table with ``row_id``, ``maker``, ``covered``, or JSON Lines with ``truth``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clearband.errors import InputError
from clearband.model.label import Label

_COVERED = {"yes": True, "true": True, "no": False, "false": False}
_NOBODY = frozenset({"", "unknown", "null", "none"})


def read_labels(path: Path) -> list[Label]:
    """The labels of a file.

    Args:
        path: ``.csv`` with the columns ``row_id``, ``maker`` (empty or ``unknown`` where nothing tells it)
            and ``covered`` (yes, no, unknown); or JSON Lines, an object a line with ``id`` and
            ``truth: {manufacturer, covered, family}``.

    Raises:
        InputError: It cannot be read or has another form; names file, line and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "it cannot be read"
        raise InputError(what, where=str(path), remedy="name a file of labels") from None
    read = _from_json_lines if text.lstrip().startswith("{") else _from_table
    labels = list(read(text, path))
    if not labels:
        raise InputError("it holds no labels", where=str(path), remedy="name a file of labels")
    return labels


def _from_table(text: str, path: Path) -> Iterator[Label]:
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in ("row_id", "maker") if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            f"the labels have no column {' and no column '.join(missing)}",
            where=f"{path} line 1",
            remedy="give the columns row_id, maker and covered",
        )
    for row in rows:
        covered = (row.get("covered") or "").strip().lower()
        maker = (row["maker"] or "").strip()
        yield Label(row["row_id"], None if maker.lower() in _NOBODY else maker, _COVERED.get(covered))


def _from_json_lines(text: str, path: Path) -> Iterator[Label]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield _label(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError):
                raise InputError(
                    "this is no labelled record",
                    where=f"{path} line {number}",
                    remedy='write {"id": …, "truth": {"manufacturer": …, "covered": …}} on one line',
                ) from None


def _label(record: dict[str, Any]) -> Label:
    truth = record["truth"]
    covered = truth.get("covered")
    return Label(
        str(record["id"]),
        truth["manufacturer"],
        covered if isinstance(covered, bool) else None,
        truth.get("family"),
    )
