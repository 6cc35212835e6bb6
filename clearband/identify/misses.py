"""Where verdicts differ from labels, and which signals there were: what to teach next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.identify.gather import Gatherer
from clearband.identify.labels import Judge, Mistake
from clearband.identify.memory import Memory
from clearband.model.label import Label
from clearband.register import Register

SIGNALS: Final = (
    "manufacturer", "brand", "model", "part_number", "description", "macs", "sys_object_id", "sys_descr",
    "ent_physical", "banners", "firmware", "fcc_id", "cpe",
)  # fmt: skip
"""Columns of the equipment table that may be evidence."""


@dataclass(frozen=True, slots=True)
class SignalSeen:
    """One signal of a record, or a cell that could not be read, under the name of its column.

    Attributes:
        pieces: Evidence that it gave, as in the verdict.
        silent: Why it gave none, where that is known.
        right: Whether a piece speaks for the labelled maker; ``wrong`` whether one speaks for another.
    """

    name: str
    value: str
    pieces: tuple[Mapping[str, Any], ...]
    silent: str | None
    right: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """One record whose verdict differs from its label."""

    mistake: Mistake
    label: Label
    verdict: Mapping[str, Any]
    signals: tuple[SignalSeen, ...]


@dataclass(frozen=True, slots=True)
class Misses:
    """All mistakes of an inventory.

    Attributes:
        judged: Records that have a label.
        without_record: Labels whose record is not in the inventory.
    """

    judged: int
    found: tuple[Miss, ...]
    without_record: tuple[str, ...]


def find_misses(
    equipment: pl.DataFrame, verdicts: pl.DataFrame, labels: Sequence[Label], register: Register, on: date
) -> Misses:
    """Compare verdicts with labels.

    Args:
        equipment: The equipment table.
        verdicts: `clearband.identify.identify` of it, in the same order.
        labels: Their ids are record ids, or what stands behind the ``!`` of a record id.
        on: Day on which ownership is looked at.

    Raises:
        InputError: No label belongs to a record.
    """
    rows = rows_by_label(equipment["record_id"].to_list())
    judge = Judge(register, on, labels)
    matched = [(label, rows[label.record_id]) for label in labels if label.record_id in rows]
    if not matched:
        raise InputError(
            f'no record has an id of the labels, such as "{labels[0].record_id}"',
            where="--explain-misses",
            remedy="use the ids that identify writes as record_id",
        )
    makers = verdicts["maker"]
    wrong = [
        (mistake, label, row)
        for label, row in matched
        if (mistake := judge.mistake(makers[row], label)) is not None
    ]
    numbers = [row for _, _, row in wrong]
    silent = _silences(equipment[numbers], register)
    seen = zip(equipment[numbers].iter_rows(named=True), verdicts[numbers].iter_rows(named=True), strict=True)
    misses = tuple(
        Miss(mistake, label, verdict, _signals(record, verdict, silent[at], label, judge))
        for at, ((mistake, label, _), (record, verdict)) in enumerate(zip(wrong, seen, strict=True))
    )
    lost = tuple(label.record_id for label in labels if label.record_id not in rows)
    return Misses(len(matched), misses, lost)


def rows_by_label(record_ids: Sequence[str]) -> dict[str, int]:
    """Row of every record by its id, and by the ends of the id that a label may give."""
    rows: dict[str, int] = {}
    for row, record_id in enumerate(record_ids):
        rest = record_id
        while "!" in rest:
            rest = rest.split("!", 1)[1]
            rows.setdefault(rest, row)
    return rows | {record_id: row for row, record_id in enumerate(record_ids)}


def _silences(equipment: pl.DataFrame, register: Register) -> list[dict[str, str]]:
    """For each record, signal to why it says nothing."""
    out: list[dict[str, str]] = [{} for _ in range(len(equipment))]
    for signal in Gatherer(register, Memory()).signals(equipment):
        for row, number in enumerate(signal.ids):
            if why := signal.observations[number].silent:
                out[row].setdefault(signal.name, why)
    return out


def _signals(
    record: Mapping[str, Any],
    verdict: Mapping[str, Any],
    silent: Mapping[str, str],
    label: Label,
    judge: Judge,
) -> tuple[SignalSeen, ...]:
    seen = [
        SignalSeen(cell["column"], cell["value"] or "", (), cell["problem"], right=False, wrong=False)
        for cell in record["invalid"] or ()
    ]
    for name in SIGNALS:
        value = _text(record[name])
        if not value:
            continue
        pieces = tuple(piece for piece in verdict["evidence"] or () if piece["signal"] == name)
        agree = [
            label.maker is not None and judge.same(piece["maker"], label.maker)
            for piece in pieces
            if piece["weight"] > 0
        ]
        why = None if pieces else silent.get(name)
        seen.append(SignalSeen(name, value, pieces, why, any(agree), not all(agree)))
    return tuple(seen)


def _text(value: Any) -> str:
    """A cell as text: the values of a list joined, those of a struct too."""
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value if one is not None)
    if isinstance(value, dict):
        return " ".join(str(one) for one in value.values() if one is not None)
    return "" if value is None else str(value)
