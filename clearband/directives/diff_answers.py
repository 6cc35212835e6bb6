"""Which answers differ between two sides: situations that no clause tells apart are asked once.

For each actor and action only the limbs that speak to them matter. Values that stand alike to all of these
are one; what no limb means that stands otherwise on the two sides cannot have changed, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.directives.diff_sides import Values
from clearband.directives.diff_standing import Acts, Standing, Table
from clearband.directives.evaluate import evaluate
from clearband.directives.question import Questions
from clearband.model.finding import Answer

Codes = NDArray[np.int64]
_Columns = NDArray[Any]


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """An answer and the clause that decides it, without the entry it covers; for ``not-covered`` none."""

    answer: str
    directive: str = ""
    clause: str = ""
    event: str = ""
    date: str = ""


@dataclass(frozen=True)
class Differing:
    """The situations of some actors and actions whose answer went from one to another for one reason.

    Attributes:
        rows: ``[situation, dimension]``: numbers of classes, in the order of ``classes``.
        classes: For makers, equipment, purposes and countries: the values of each class, by number.
        entries: Full names of the deciding clauses, with their entries.
        moved: Makers that stand otherwise to some limb on the two sides.
    """

    acts: tuple[tuple[str, str], ...]
    before: Said
    after: Said
    rows: Codes
    classes: tuple[tuple[tuple[int, ...], ...], ...]
    entries: frozenset[tuple[str, str]]
    moved: frozenset[int]


def compare(a: Standing, b: Standing, values: Values) -> Iterator[Differing]:
    """Compare every situation; the answers of both sides are made by `evaluate`."""
    groups: dict[tuple[Acts, Acts], list[tuple[str, str]]] = {}
    for actor in values.actors:
        for action in values.actions:
            spoken = a.acts(actor, action), b.acts(actor, action)
            if any(spoken):
                groups.setdefault(spoken, []).append((actor, action))
    for (acts_a, acts_b), pairs in groups.items():
        classes = _classes(((a, acts_a), (b, acts_b)), values)
        yield from _differing(a, acts_a, b, acts_b, tuple(pairs), classes, values)


@dataclass(frozen=True)
class _Classes:
    """Values that stand alike: ``members[class]``, and a representative of each."""

    members: tuple[tuple[int, ...], ...]

    @property
    def first(self) -> list[int]:
        return [several[0] for several in self.members]


def _classes(sides: Sequence[tuple[Standing, Acts]], values: Values) -> tuple[_Classes, ...]:
    """Classes of makers, equipment, purposes and countries."""
    makers: list[_Columns] = [_one_class(values.makers)]
    equipment: list[_Columns] = [_one_class(values.equipment)]
    purposes: list[_Columns] = [_one_class(values.purposes)]
    made_in: list[_Columns] = [_one_class(values.made_in)]
    for standing, acts in sides:
        numbers, varying = _rows_of(standing, acts)
        makers.append(numbers)
        # A brand whose match depends on the kind of item tells kinds apart, and is like no other maker.
        makers += [(np.arange(len(values.makers)) == number)[:, None] for number in varying]
        equipment += [standing.makers.rows[number][:, None] for number in varying]
        for limb, _ in acts:
            equipment.append(standing.equipment[limb])
            purposes.append(standing.purposes[limb])
            made_in.append(standing.made_in[limb])
    return tuple(_alike(np.hstack(columns)) for columns in (makers, equipment, purposes, made_in))


def _one_class(values: Sequence[Any]) -> _Columns:
    """Where no limb asks, all values are alike."""
    return np.zeros((len(values), 1), dtype=np.int64)


def _rows_of(standing: Standing, acts: Acts) -> tuple[Codes, list[int]]:
    """``[maker, 1]``: number of the way it stands to some limbs; and the makers for which that varies."""
    codes = _codes(standing, acts)
    _, numbers = np.unique(codes, axis=0, return_inverse=True)
    by_category = numbers.reshape(-1)[standing.makers.rows]
    varying = np.flatnonzero((by_category != by_category[:, :1]).any(axis=1)).tolist()
    return by_category[:, :1].astype(np.int64), varying


def _codes(standing: Standing, acts: Acts) -> Table:
    limbs = [limb for limb, _ in acts]
    new = [int(flag) for _, flag in acts]
    return standing.makers.codes[:, limbs, new]


def _alike(table: NDArray[Any]) -> _Classes:
    """Rows that are equal, by the first of each."""
    _, first, inverse = np.unique(table, axis=0, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    order = np.argsort(first)
    return _Classes(tuple(tuple(np.flatnonzero(inverse == number).tolist()) for number in order.tolist()))


def _differing(
    a: Standing,
    acts_a: Acts,
    b: Standing,
    acts_b: Acts,
    pairs: tuple[tuple[str, str], ...],
    classes: tuple[_Classes, ...],
    values: Values,
) -> Iterator[Differing]:
    changed = _changed(a, acts_a, b, acts_b)
    meant = np.zeros([len(kind.members) for kind in classes], dtype=np.bool_)
    for standing, acts in ((a, changed[0]), (b, changed[1])):
        for act in acts:
            meant |= _meant(standing, act, classes)
    rows = np.argwhere(meant)
    if not rows.size:
        return
    picked = [np.array(kind.first)[rows[:, place]] for place, kind in enumerate(classes)]
    said = pl.concat(
        [
            _said(standing, acts, pairs[0], picked, values).select(pl.all().name.suffix(f"_{end}"))
            for standing, acts, end in ((a, acts_a, "a"), (b, acts_b, "b"))
        ],
        how="horizontal",
    ).with_row_index("row")
    keys = [f"{name}_{end}" for end in "ab" for name in ("answer", "directive", "stem", "event", "date")]
    moved = _moved(a, acts_a, b, acts_b)
    members = tuple(kind.members for kind in classes)
    differing = said.filter(pl.col("answer_a") != pl.col("answer_b"))
    grouped = differing.group_by(keys, maintain_order=True).agg("row", "entry_a", "entry_b")
    for entry in grouped.iter_rows(named=True):
        before, after = (
            Said(*(entry[f"{name}_{end}"] for name in ("answer", "directive", "stem", "event", "date")))
            for end in "ab"
        )
        entries = {(before.directive, one) for one in entry["entry_a"]}
        entries |= {(after.directive, one) for one in entry["entry_b"]}
        yield Differing(
            pairs, before, after, rows[entry["row"]], members,
            frozenset(one for one in entries if one[1]), moved,
        )  # fmt: skip


def _changed(a: Standing, acts_a: Acts, b: Standing, acts_b: Acts) -> tuple[Acts, Acts]:
    """The limbs of both sides that have no equal on the other, in all that answers depend on."""
    at_a = {_name(a, act): act for act in acts_a}
    at_b = {_name(b, act): act for act in acts_b}
    same = {name for name in at_a.keys() & at_b.keys() if _equal(a, at_a[name], b, at_b[name])}
    return (
        tuple(act for name, act in at_a.items() if name not in same),
        tuple(act for name, act in at_b.items() if name not in same),
    )


def _name(standing: Standing, act: tuple[int, bool]) -> tuple[Any, ...]:
    return *standing.names[act[0]], act[1]


def _equal(a: Standing, act_a: tuple[int, bool], b: Standing, act_b: tuple[int, bool]) -> bool:
    first, second = act_a[0], act_b[0]
    return (
        a.ats[first] == b.ats[second]
        and np.array_equal(_by_category(a, act_a), _by_category(b, act_b))
        and np.array_equal(a.equipment[first], b.equipment[second])
        and np.array_equal(a.purposes[first], b.purposes[second])
        and np.array_equal(a.made_in[first], b.made_in[second])
    )


def _by_category(standing: Standing, act: tuple[int, bool]) -> Table:
    """``[maker, category]``: how makers stand to one limb."""
    limb, new = act
    found: Table = standing.makers.codes[:, limb, int(new)][standing.makers.rows]
    return found


_MET: Final = 4


def _meant(standing: Standing, act: tuple[int, bool], classes: tuple[_Classes, ...]) -> NDArray[np.bool_]:
    """Where a limb may reach: nothing that it asks is known not to be met."""
    makers, equipment, purposes, made_in = (kind.first for kind in classes)
    who = _by_category(standing, act)[np.ix_(makers, equipment)] >= _MET
    what = standing.equipment[act[0]][equipment, 0] > 0
    why = standing.purposes[act[0]][purposes, 0] > 0
    where = standing.made_in[act[0]][made_in, 0] > 0
    return (who & what[None, :])[:, :, None, None] & why[None, None, :, None] & where[None, None, None, :]


def _moved(a: Standing, acts_a: Acts, b: Standing, acts_b: Acts) -> frozenset[int]:
    at_a = {_name(a, act): act for act in acts_a}
    found: set[int] = set()
    for act in acts_b:
        held = at_a.get(_name(b, act))
        if held is not None:
            differ = _by_category(a, held) != _by_category(b, act)
            found.update(np.flatnonzero(differ.any(axis=1)).tolist())
    return frozenset(found)


def _said(
    standing: Standing, acts: Acts, pair: tuple[str, str], picked: list[Codes], values: Values
) -> pl.DataFrame:
    """answer, directive, stem (clause without its entry), entry, event and date of every situation."""
    side = standing.side
    makers = [side.status_of(values.makers[number]) for number in picked[0].tolist()]
    text = pl.String
    inputs = pl.DataFrame(
        {
            "combo": np.arange(len(makers)),
            "maker": pl.Series([org for org, _ in makers], dtype=text),
            "maker_status": pl.Series([status for _, status in makers], dtype=text),
            "category": _texts(values.equipment, picked[1]),
            "purpose": _texts(values.purposes, picked[2]),
            "made_in": _texts(values.made_in, picked[3]),
        }
    )
    speaking = replace(side.law, limbs=tuple(side.law.limbs[limb] for limb, _ in acts))
    questions = Questions((pair[0],), (pair[1],), side.on, side.known_on)
    found = evaluate(inputs, questions, speaking, side.register)
    events = found.findings.select("combo", "directive", "clause", "event", "event_date").unique(
        ["combo", "directive", "clause"], keep="first"
    )
    decided = pl.col("answer") != Answer.NOT_COVERED
    return found.answers.join(
        events, on=["combo", "directive", "clause", "event_date"], how="left", maintain_order="left"
    ).select(
        "answer",
        *(
            pl.when(decided).then(expression).fill_null("").alias(name)
            for name, expression in (
                ("directive", pl.col("directive")),
                ("stem", pl.col("clause").str.split("/").list.first()),
                ("entry", pl.col("clause")),
                ("event", pl.col("event")),
                ("date", pl.col("event_date")),
            )
        ),
    )


def _texts(values: Sequence[str | None], numbers: Codes) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(numbers)
