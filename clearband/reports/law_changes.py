"""What changed in the law, in lines: by the measure that decides, sets as short as is exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from clearband.directives.diff import ChangedAnswers, LawDiff
from clearband.directives.diff_answers import Said
from clearband.directives.diff_reasons import Happening
from clearband.directives.diff_sides import ELSEWHERE, STAND_INS, Side
from clearband.directives.diff_versions import Edit, PartEdit
from clearband.reports.plain_text import count, visible

_FEW = 3
_MANY_REASONS = 4


def change_lines(found: LawDiff, *, limit: int | None = None) -> Iterator[str]:
    """The whole comparison as text.

    Args:
        found: The comparison.
        limit: The most changes to show; None for all. What is left out is counted.
    """
    named = found.a.label != found.b.label
    yield visible(f"From {_side(found.a, named)} to {_side(found.b, named)}: {_size(found)}.")
    yield from map(visible, _drafts(found))
    shown = found.changes[:limit]
    for _, group in groupby(shown, key=lambda change: change.decides.directive):
        changes = list(group)
        yield from _of_measure(changes, found)
    left = len(found.changes) - len(shown)
    if left:
        yield f"and {count(left, 'more change')} (--limit 0 or --json shows all)"
    if found.edits:
        yield "What differs between the versions:"
        for edit in found.edits:
            yield from _edit(edit)


def _side(side: Side, named: bool) -> str:
    known = f" with the knowledge of {side.known_on}" if side.known_on else ""
    return f"{side.label + ' on ' if named else ''}{side.on}{known}"


def _drafts(found: LawDiff) -> Iterator[str]:
    left_out = sorted({*found.a.drafts, *found.b.drafts})
    if left_out:
        verb, they = ("is", "it") if len(left_out) == 1 else ("are", "they")
        yield (
            f"{count(len(left_out), 'draft')} {verb} not counted, being no law: {', '.join(left_out)}. "
            f"--adopted shows what {they} would change."
        )
    adopted = sorted({*found.a.adopted, *found.b.adopted})
    if adopted:
        verb = "is" if len(adopted) == 1 else "are"
        yield f"{count(len(adopted), 'draft')} {verb} judged as if adopted: {', '.join(adopted)}."


def _size(found: LawDiff) -> str:
    if not found.changes:
        return "no answer changes"
    situations = sum(change.situations for change in found.changes)
    measures = len({change.decides.directive for change in found.changes})
    verb = "is" if situations == 1 else "are"
    return f"{count(situations, 'situation')} {verb} answered otherwise, by {count(measures, 'measure')}"


def _of_measure(changes: Sequence[ChangedAnswers], found: LawDiff) -> Iterator[str]:
    measure = changes[0].decides.directive
    law = found.b.law if measure in found.b.law.measures else found.a.law
    title = law.measures[measure].short_title if measure in law.measures else ""
    yield visible(f"{measure}  {title}" if measure else "no clause decides")
    reasons: dict[Happening, None] = {}
    edits: dict[Edit, None] = {}
    for change in changes:
        reasons.update(dict.fromkeys(change.because))
        edits.update(dict.fromkeys(change.edited))
    told = sorted(reasons, key=lambda one: (one.subject != measure, one))
    for one in told[:_MANY_REASONS]:
        subject = "" if one.subject == measure else f"{one.subject} "
        yield f"  because {visible(f'{one.date} {subject}{one.what}')}"
    if len(told) > _MANY_REASONS:
        yield f"          and {count(len(told) - _MANY_REASONS, 'more event')} (--json shows all)"
    for edit in list(edits)[:_MANY_REASONS]:
        yield f"  because {visible(f'{edit.kind} {edit.id} was {edit.change}')}"
    if len(edits) > _MANY_REASONS:
        yield f"          and {count(len(edits) - _MANY_REASONS, 'more edit')} (below)"
    for change in changes:
        yield f"  {visible(f'{_sets(change, found)}: {_answers(change)}')}"


def _answers(change: ChangedAnswers) -> str:
    before, after = change.before, change.after
    alike = (before.directive, before.clause) == (after.directive, after.clause)
    told = change.decides
    other = before if told is after else after
    text = f"{before.answer} → {after.answer}  ({_clause(told)}"
    if other.directive and not alike:
        text += f"; {'was' if other is before else 'now'} {_clause(other, named=True)}"
    return f"{text})"


def _clause(said: Said, *, named: bool = False) -> str:
    when = f", {said.event} {said.date}".replace("  ", " ") if said.date else ""
    return f"{said.directive + ' ' if named else ''}{said.clause}{when}"


def _sets(change: ChangedAnswers, found: LawDiff) -> str:
    values = found.values
    parts = [", ".join(change.actors), ", ".join(change.actions), _makers(change.makers, found)]
    parts.append(_equipment(change.equipment, values.equipment))
    if len(change.purposes) < len(values.purposes):
        parts.append(_others("purpose", change.purposes, values.purposes))
    if len(change.made_in) < len(values.made_in):
        parts.append(_others("made in", change.made_in, values.made_in))
    return " · ".join(parts)


def _makers(makers: Sequence[str], found: LawDiff) -> str:
    if len(makers) == len(found.values.makers) and set(STAND_INS) <= set(makers):
        return "any maker"
    named = found.b.law.named_makers | found.a.law.named_makers
    ordered = sorted(makers, key=lambda one: (one not in STAND_INS, one not in named))
    ordered = [one.replace("-", " ") if one in STAND_INS else one for one in ordered]
    return _listed(ordered)


def _listed(names: Sequence[str], more: str = "more") -> str:
    if len(names) <= _FEW:
        return _joined(names)
    return f"{', '.join(names[: _FEW - 1])} and {len(names) - _FEW + 1} {more}"


def _joined(names: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _equipment(some: Sequence[str | None], every: Sequence[str | None]) -> str:
    stated = [one for one in some if one is not None]
    missing = [one for one in every if one is not None and one not in stated]
    if not missing:
        text = "any equipment"
        return text if None in some else f"{text} of a stated kind"
    if not stated:
        return "equipment of no stated kind"
    if len(stated) <= _FEW:
        text = _joined(stated)
    elif len(missing) <= _FEW:
        text = f"any equipment but {_joined(missing)}"
    else:
        text = f"{len(stated)} kinds of equipment"
    return f"{text}, or no stated kind" if None in some else text


def _others(what: str, some: Sequence[str | None], every: Sequence[str | None]) -> str:
    stated = [_country(one) for one in some if one is not None]
    missing = [_country(one) for one in every if one is not None and one not in some]
    if not stated:
        return f"{what}: not stated"
    text = f"any but {_joined(missing)}" if len(missing) <= _FEW < len(stated) else _listed(stated)
    if not missing:
        text = "any that is stated"
    return f"{what}: {text}{', or not stated' if None in some else ''}"


def _country(code: str) -> str:
    return "elsewhere" if code == ELSEWHERE else code


def _edit(edit: Edit) -> Iterator[str]:
    yield f"  {visible(f'{edit.kind} {edit.id}: {edit.change}')}"
    for part in edit.parts:
        yield f"    {visible(_part(part))}"


def _part(part: PartEdit) -> str:
    return f"{part.part} {part.name + ' ' if part.name else ''}{part.change}"
