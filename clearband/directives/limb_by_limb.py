"""What each limb of the law says of the combinations, before anything is put in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.directives.deadlines import owed
from clearband.directives.judge import judge
from clearband.directives.law import Law
from clearband.directives.limb_day import LimbAt
from clearband.directives.maker_match import Register
from clearband.directives.nearest import NearestRows
from clearband.directives.patterns import Combinations, Flags, Pattern
from clearband.directives.question import Questions
from clearband.directives.ranking import strictest_first
from clearband.directives.reached import TEXTS, Reached
from clearband.directives.standings import Standings
from clearband.directives.truth import FALSE, TRUE
from clearband.model.directive import Effect
from clearband.model.finding import Answer

DUTIES: Final[dict[str, Any]] = {
    "combo": pl.Int64,
    "directive": pl.String,
    "clause": pl.String,
    "actors": TEXTS,
    "duties": TEXTS,
    "event_date": pl.String,
    "cite": pl.String,
}


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A measure that was left out because its actor was not named, and why that is so.

    Attributes:
        actors: Those that would have been asked; with ``--as`` they are.
    """

    directive: str
    title: str
    actors: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Judged:
    """What each limb says of the combinations.

    Attributes:
        reached: Strictest first.
        binding: Actors whom something that prohibits binds.
        left_out: Measures that were not asked, by id.
    """

    table: Combinations
    reached: list[Reached]
    duties: list[pl.DataFrame]
    nearest: NearestRows
    binding: set[str]
    left_out: dict[str, NotAsked]


def judge_limbs(
    inputs: pl.DataFrame, questions: Questions, law: Law, register: Register, standings: Standings | None
) -> Judged:
    """Judge all combinations by all limbs.

    Args:
        inputs, questions, law, register, standings: See `clearband.directives.evaluate.evaluate`.

    Raises:
        UsageError: An actor or action is not known.
    """
    law.vocabulary.check(questions.actors, questions.actions)
    table = Combinations(inputs, questions, law, register, standings)
    reached: list[Reached] = []
    duties: list[pl.DataFrame] = []
    nearest = NearestRows(table.height)
    left_out: dict[str, NotAsked] = {}
    binding: set[str] = set()
    for limb in law.limbs:
        at = table.standings.limb_at(limb)
        if at.life is None:
            continue
        actors = tuple(a for a in questions.actors if law.vocabulary.as_also(a) & limb.actors)
        actions = tuple(a for a in questions.actions if a in limb.actions)
        if limb.ask_only_when_named and not questions.actors_named:
            if actors and actions and at.life.over != TRUE:
                _leave_out(at, actors, left_out)
            continue
        if limb.effect is Effect.REQUIRES and not (actors and actions):
            continue  # nobody asked owes it, and what is owed never came nearest to prohibiting
        pattern = table.pattern(at, new=bool(actions) and limb.new_for.issuperset(actions))
        if actors and actions and limb.effect is Effect.REQUIRES:
            duties += _duties(at, pattern, actors, table)
        if actors and actions:
            binding.update(actors if limb.effect is Effect.PROHIBITS else ())
            reached += _judged_by_age(at, table, pattern, actors, actions)
        nearest.offer(at, pattern, actors=len(actors), action=bool(actions))
    reached.sort(key=lambda item: strictest_first(item.outcome))
    return Judged(table, reached, duties, nearest, binding, left_out)


def _leave_out(at: LimbAt, actors: tuple[str, ...], left_out: dict[str, NotAsked]) -> None:
    before = left_out.get(at.limb.directive)
    everyone = dict.fromkeys([*(before.actors if before else ()), *actors])
    reason = before.reason if before else at.limb.ask_only_when_named or ""
    left_out[at.limb.directive] = NotAsked(at.limb.directive, at.measure.short_title, tuple(everyone), reason)


def _judged_by_age(
    at: LimbAt, table: Combinations, pattern: Pattern, actors: tuple[str, ...], actions: tuple[str, ...]
) -> list[Reached]:
    """Outcomes of all rows; apart for new equipment and for equipment of any age where that differs.

    Args:
        pattern: Of new equipment where all actions are about that alone, else of equipment of any age.
    """
    new = tuple(action for action in actions if action in at.limb.new_for)
    held = tuple(action for action in actions if action not in at.limb.new_for)
    differing = table.differs(at) if new and held else None
    if differing is None:
        return _judged(at, pattern, actors, actions)
    found = _judged(at, pattern, actors, actions, ~differing)
    found += _judged(at, pattern, actors, held, differing)
    return found + _judged(at, table.pattern(at, new=True), actors, new, differing)


def _judged(
    at: LimbAt,
    pattern: Pattern,
    actors: tuple[str, ...],
    actions: tuple[str, ...],
    among: Flags | None = None,
) -> list[Reached]:
    found = []
    for index, situation in enumerate(pattern.situations):
        outcome = judge(at, situation)
        if outcome is not None:
            here = pattern.codes == index
            rows = np.flatnonzero(here if among is None else here & among)
            found.append(Reached(outcome, actors, actions, rows))
    return found


def _duties(at: LimbAt, pattern: Pattern, actors: tuple[str, ...], table: Combinations) -> list[pl.DataFrame]:
    if at.life is None or at.life.started == FALSE or at.life.over == TRUE:
        return []
    wanted = [index for index, situation in enumerate(pattern.situations) if situation.value() == TRUE]
    rows = np.flatnonzero(np.isin(pattern.codes, wanted))
    duty = {
        "directive": at.limb.directive,
        "clause": at.limb.clause,
        "actors": list(actors),
        "duties": list(
            owed(at.limb, Answer.NOT_COVERED, at.life.start.earliest, at.found_on, at.on, at.known_on).texts
        ),
        "event_date": at.life.start.text,
        "cite": at.limb.cite,
    }
    schema = {name: dtype for name, dtype in DUTIES.items() if name != "combo"}
    frame = pl.DataFrame([duty], schema=schema)
    return [table.combos.gather(rows).to_frame().join(frame, how="cross")] if rows.size else []
