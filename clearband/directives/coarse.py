"""The stand-in for a measure whose clauses are not in machine-read form yet: it can only raise a question.

Where actors, actions and classes of equipment match on a day on which the measure binds and is in force (and,
when it names makers, one of them or a relative), the answer is ``review``: a pending measure clears nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from clearband.directives.moments import timeline_of
from clearband.model.directive import Effect, End, Limb, MakerRule, Moment, NamedMaker

_OPENS: Final = frozenset({"effective"})
_CLOSES: Final = frozenset({"stayed", "vacated", "expired", "superseded"})
_OPENS_WITHOUT_EFFECTIVE: Final = frozenset({"signed", "published", "compliance-deadline"})
_ALL_RELATIVES: Final = frozenset({"subsidiaries", "affiliates", "parents"})
_EFFECTS: Final = {"binding": Effect.PROHIBITS, "enabling": Effect.ENABLES, "non-binding": Effect.ADVISES}
_CLASS_OF: Final = {"drones": "uas", "power-inverters": "power-inverter", "robots": "robot"}
"""Words of the facts' scope that differ from our class ids; the others are the class id in lower case."""


def coarse_limbs(directive: dict[str, Any]) -> Iterator[Limb]:
    """One limb for each stretch of time in which a pending measure is in force."""
    named = tuple(
        NamedMaker(org, _ALL_RELATIVES)
        for target in directive["targets"]
        for org in target.get("organisations", ())
    )
    classes = tuple(_CLASS_OF.get(word, word.lower()) for word in directive["scope"]["equipment"])
    for opens, closes in in_force(timeline_of(directive)):
        yield Limb(
            directive=directive["id"],
            clause="not-evaluated-yet",
            effect=_EFFECTS[directive["force"]],
            cite=directive["citation"],
            says=f"{directive['short_title']} may reach this",
            actors=frozenset(directive["actors"]),
            actions=frozenset(directive["actions"]),
            makers=(MakerRule(named=named),) if named else (),
            equipment=(classes,) if classes else (),
            purposes=(),
            made_in=(),
            home=directive["jurisdiction"],
            starts=((opens,),),
            ends=() if closes is None else (End((closes,), last_day_included=False),),
            asks=f"read {directive['short_title']}: its clauses are not evaluated yet",
            exemptions=(),
            duties=(),
            would_change=(),
            by_reference=False,
            pending=True,
            verified=directive["verified"],
        )


def in_force(timeline: tuple[Moment, ...]) -> Iterator[tuple[Moment, Moment | None]]:
    """The stretches in which a measure is in force, from its events alone."""
    names = {moment.event for moment in timeline}
    opening = _OPENS if names & _OPENS else _OPENS_WITHOUT_EFFECTIVE
    opened: Moment | None = None
    for moment in sorted(timeline, key=lambda moment: moment.earliest):
        if opened is None and moment.event in opening:
            opened = moment
        elif opened is not None and moment.event in _CLOSES:
            yield opened, moment
            opened = None
    if opened is not None:
        yield opened, None
