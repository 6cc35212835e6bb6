"""What changed in the law between two days or two versions: answers, reasons, and what was edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from clearband.directives.diff_answers import Differing, Said, compare
from clearband.directives.diff_fold import boxes
from clearband.directives.diff_reasons import Between, Happening
from clearband.directives.diff_sides import STAND_INS, UNRELATED, Side, Values, values_of
from clearband.directives.diff_standing import Standing
from clearband.directives.diff_versions import Edit, edits
from clearband.model.directive import Exemption
from clearband.model.finding import PRECEDENCE, Answer

SCHEMA: Final = "https://clearband.dev/schema/directives-diff-1.json"


@dataclass(frozen=True)
class ChangedAnswers:
    """Situations whose answer changed in one way, for one reason: every combination of the sets.

    Attributes:
        entries: Measure and full name of the deciding clauses, where a clause covers entries.
        because: What happened between two days.
        edited: Which edits of the facts bear on it, where versions are compared.
    """

    before: Said
    after: Said
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    makers: tuple[str, ...]
    equipment: tuple[str | None, ...]
    purposes: tuple[str | None, ...]
    made_in: tuple[str | None, ...]
    entries: tuple[tuple[str, str], ...]
    because: tuple[Happening, ...]
    edited: tuple[Edit, ...]

    @property
    def situations(self) -> int:
        """How many combinations of representative values these are."""
        sets = (self.actors, self.actions, self.makers, self.equipment, self.purposes, self.made_in)
        found = 1
        for values in sets:
            found *= len(values)
        return found

    @property
    def decides(self) -> Said:
        """The side whose clause the change is told by: the stricter answer's, which began or ended."""
        after_first = PRECEDENCE[Answer(self.after.answer)] <= PRECEDENCE[Answer(self.before.answer)]
        return self.after if after_first else self.before


@dataclass(frozen=True)
class LawDiff:
    """The whole comparison.

    Attributes:
        changes: By deciding measure; within one, what concerns most situations first.
        edits: Between versions: what was added, removed or edited, whether or not an answer changes.
        values: What the situations were made of.
    """

    a: Side
    b: Side
    changes: tuple[ChangedAnswers, ...]
    edits: tuple[Edit, ...]
    values: Values

    def as_json(self) -> dict[str, Any]:
        """The published form, ``facts/schemas/directives-diff.schema.json``."""
        return {
            "schema": SCHEMA,
            "a": _side_json(self.a),
            "b": _side_json(self.b),
            "compared": {
                "actors": list(self.values.actors),
                "actions": list(self.values.actions),
                "makers": list(self.values.makers),
                "equipment": list(self.values.equipment),
                "purposes": list(self.values.purposes),
                "made_in": list(self.values.made_in),
            },
            "situations_changed": sum(change.situations for change in self.changes),
            "changes": [_change_json(change) for change in self.changes],
            "edits": [_edit_json(edit) for edit in self.edits],
        }


def diff(
    a: Side,
    b: Side,
    *,
    makers: Iterable[str] = (),
    actors: Iterable[str] = (),
    actions: Iterable[str] = (),
) -> LawDiff:
    """Compare the answers of two sides in every representative situation.

    Args:
        a: The side that comes first.
        b: The side that comes after.
        makers: Ask about these only: ids of organisations, and `STAND_INS`.
        actors: Ask these only.
        actions: Ask about these only.
    """
    values = values_of(a, b, makers=makers, actors=actors, actions=actions)
    first, second = Standing(a, values), Standing(b, values)
    if not tuple(makers):
        values = _without_unrelated(values, first, second)
    edited = edits(a, b)
    changes = _folded(compare(first, second, values), values, first, second, edited)
    weight: dict[str, int] = defaultdict(int)
    for change in changes:
        weight[change.decides.directive] += change.situations
    changes.sort(
        key=lambda one: (
            -weight[one.decides.directive],
            one.decides.directive,
            -one.situations,
            one.before,
            one.after,
            one.actors,
            one.actions,
        )
    )
    return LawDiff(a, b, tuple(changes), edited, values)


def _without_unrelated(values: Values, *sides: Standing) -> Values:
    """The values without organisations to which every clause is as to the one that stands for them."""
    place = values.makers.index(UNRELATED)
    kept = []
    for number, name in enumerate(values.makers):
        same = all((one.makers.rows[number] == one.makers.rows[place]).all() for one in sides)
        if not same or name in STAND_INS:
            kept.append(number)
    fewer = replace(values, makers=tuple(values.makers[number] for number in kept))
    for one in sides:
        one.keep_makers(fewer, kept)
    return fewer


def _folded(
    found: Iterable[Differing], values: Values, a: Standing, b: Standing, edited: tuple[Edit, ...]
) -> list[ChangedAnswers]:
    """Boxes of every way in which answers changed; alike ones of several actors and actions are one."""
    acts: dict[tuple[Any, ...], set[tuple[str, str]]] = defaultdict(set)
    entries: dict[tuple[Any, ...], set[tuple[str, str]]] = defaultdict(set)
    moved: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for one in found:
        for box in boxes(map(tuple, one.rows.tolist())):
            sets = tuple(
                tuple(sorted(member for number in numbers for member in kind[number]))
                for numbers, kind in zip(box, one.classes, strict=True)
            )
            key = (one.before, one.after, sets)
            acts[key].update(one.acts)
            entries[key].update(one.entries)
            moved[key].update(one.moved)
    between = Between((a.side.on, b.side.on), (a.side.known_on, b.side.known_on))
    changes = []
    for key, pairs in acts.items():
        before, after, (makers, equipment, purposes, made_in) = key
        numbered = [(values.actors.index(actor), values.actions.index(action)) for actor, action in pairs]
        names = tuple(values.makers[number] for number in makers)
        moving = [values.makers[number] for number in makers if number in moved[key]]
        because = _because(between, (a, b), (before, after), moving)
        for who, does in boxes(sorted(numbered)):
            changes.append(
                ChangedAnswers(
                    before,
                    after,
                    tuple(values.actors[number] for number in sorted(who)),
                    tuple(values.actions[number] for number in sorted(does)),
                    names,
                    tuple(values.equipment[number] for number in equipment),
                    tuple(values.purposes[number] for number in purposes),
                    tuple(values.made_in[number] for number in made_in),
                    tuple(sorted(entries[key])),
                    because,
                    _bearing(edited, {before.directive, after.directive}, moving),
                )
            )
    return changes


def _because(
    between: Between, sides: tuple[Standing, Standing], said: tuple[Said, Said], moving: list[str]
) -> tuple[Happening, ...]:
    decisive = {(one.directive, one.clause) for one in said if one.directive}
    limbs = {
        at.limb.clause: at.limb
        for side in sides
        for at in side.ats
        if (at.limb.directive, at.limb.clause.partition("/")[0]) in decisive
    }
    wanted = {directive for directive, _ in decisive}
    held = [one for side in sides for name, one in side.side.law.measures.items() if name in wanted]
    answers = {one.answer for one in said}

    def rests(rule: Exemption) -> bool:
        return Answer.EXEMPT in answers or (rule.review_if_unknown and Answer.REVIEW in answers)

    every = (at.limb for side in sides for at in side.ats)
    found = between.of_law(held, every, tuple(limbs.values()), rests)
    lists = {rule.list_id for limb in limbs.values() for rule in limb.makers if rule.list_id}
    found |= between.of_makers(
        [side.side for side in sides], [one for one in moving if one not in STAND_INS], lists
    )
    return tuple(sorted(found))


def _bearing(edited: tuple[Edit, ...], measures: set[str], moving: list[str]) -> tuple[Edit, ...]:
    """Edits of the deciding measures; else of the makers that stand otherwise; else of the words."""
    found = [edit for edit in edited if edit.kind == "measure" and edit.id in measures]
    found += [edit for edit in edited if edit.kind == "organisation" and edit.id in moving]
    return tuple(found or [edit for edit in edited if edit.kind == "facts"] or edited)


def _side_json(side: Side) -> dict[str, Any]:
    found: dict[str, Any] = {"facts": side.label, "facts_sha256": side.version, "on": side.on.isoformat()}
    return (
        found
        | ({"known_on": side.known_on.isoformat()} if side.known_on else {})
        | ({"own_facts": list(side.own)} if side.own else {})
        | ({"drafts_not_counted": list(side.drafts)} if side.drafts else {})
        | ({"drafts_as_adopted": list(side.adopted)} if side.adopted else {})
    )


def _said_json(said: Said) -> dict[str, str]:
    found = {"answer": said.answer, "directive": said.directive, "clause": said.clause}
    found |= {"event": said.event, "date": said.date}
    return {name: value for name, value in found.items() if value}


def _edit_json(edit: Edit) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": edit.kind, "id": edit.id, "change": edit.change}
    parts = [{"part": one.part, "name": one.name, "change": one.change} for one in edit.parts]
    return found | ({"parts": parts} if parts else {})


def _change_json(change: ChangedAnswers) -> dict[str, Any]:
    return {
        "before": _said_json(change.before),
        "after": _said_json(change.after),
        "actors": list(change.actors),
        "actions": list(change.actions),
        "makers": list(change.makers),
        "equipment": list(change.equipment),
        "purposes": list(change.purposes),
        "made_in": list(change.made_in),
        "situations": change.situations,
        "clauses": [f"{directive} {clause}" for directive, clause in change.entries],
        "because": [
            {"date": one.date, "kind": one.kind, "subject": one.subject, "what": one.what}
            for one in change.because
        ],
        "edited": [_edit_json(edit) for edit in change.edited],
    }
