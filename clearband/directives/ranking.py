"""Which clause decides when several speak, and which one came nearest when none does."""

from __future__ import annotations

from typing import Final

from clearband.directives.limb_day import LimbAt, Situation
from clearband.directives.outcome import Outcome
from clearband.directives.truth import FALSE, TRUE
from clearband.model.directive import Effect
from clearband.model.finding import PRECEDENCE, Answer

_KINDS: Final = (
    "statute",
    "executive-order",
    "ministerial-direction",
    "designation",
    "agency-rule",
    "guidance",
    "finding",
    "policy",
)
"""Law goes before a policy of one's own where nothing else decides which clause is named first."""

SortKey = tuple[int, int, int, str, int, int, int, int, int, int, int, str, str]


def strictest_first(outcome: Outcome) -> SortKey:
    """Sort key of outcomes: the first is the one that decides.

    A duty comes after all that prohibits: it never decides where something is, was or will be prohibited. Nor
    does an exception or a later start in a directive of one's own decide over what a law leaves open.
    After the answer itself: for ``not-yet``, a measure that exists before one that is still to come, and the
    earlier date; then a clause that says whom it means before one with only a test that a person must judge;
    an exception to a clause that certainly means this before one to a clause that may; the clause that names
    its target itself before one that refers to another measure; one that says what equipment it means, and
    means this; fewer open questions; statute before rule; the earlier date; and ids, so that the order is
    always the same.
    """
    at = outcome.at
    not_yet = outcome.answer is Answer.NOT_YET
    return (
        _voice(outcome),
        PRECEDENCE[outcome.decides],
        int(not at.exists) if not_yet else int(at.limb.pending),
        outcome.event_date if not_yet else "",
        int(_only_a_test(at)),
        int(outcome.answer is Answer.EXEMPT and outcome.unknowns > 0),
        int(at.limb.by_reference),
        int(not at.limb.equipment),
        int(not outcome.equipment_known),
        outcome.unknowns,
        _KINDS.index(at.measure.kind),
        outcome.event_date,
        f"{outcome.directive}/{outcome.clause}",
    )


def _voice(outcome: Outcome) -> int:
    """Who is heard first: what prohibits; then what a law's duty leaves open; then what else is required."""
    decides = outcome.decides
    if outcome.at.limb.effect is Effect.REQUIRES:
        return 1 if decides in (Answer.REVIEW, Answer.UNIDENTIFIED) else 2
    return int(outcome.at.measure.own and decides in (Answer.EXEMPT, Answer.NOT_YET))


def _only_a_test(at: LimbAt) -> bool:
    rules = at.limb.makers
    return bool(rules) and not any(rule.named or rule.list_id for rule in rules)


_COUNTED: Final = 9
MISSES: Final = ("actor", "action", "maker", "equipment", "purpose", "made_in", "over", "not_begun")
"""Why a limb does not reach a situation."""


def misses(at: LimbAt, case: Situation, *, actor: bool, action: bool) -> frozenset[str]:
    """What of a limb is not met. ``actor`` and ``action`` say whether those asked are among the limb's."""
    found = set()
    for name, met in (
        ("actor", actor),
        ("action", action),
        ("maker", case.maker.truth != FALSE),
        ("equipment", case.equipment != FALSE),
        ("purpose", case.purpose != FALSE),
        ("made_in", case.made_in != FALSE),
        ("over", at.life is None or at.life.over != TRUE),
        ("not_begun", at.life is None or at.life.started != FALSE),
    ):
        if not met:
            found.add(name)
    return frozenset(found)


def nearness(at: LimbAt, case: Situation, missed: frozenset[str], actors: int = 1) -> int | None:
    """How near a limb came to reaching a situation: the lowest is the nearest; None is no candidate.

    Nearest is a clause in force that names this maker, binds this actor and is about another act (an end
    user may go on using what may not be sold); then one that reached all of it until it ended; then a
    measure whose every condition is met but that only gives a power (or, after that, only advises), first
    one that binds more of the actors asked; then a clause that names this maker, or would have when the
    item was made, and is about this actor or act; then the one with the fewest conditions not met. There
    another actor or act weighs more, and so does a clause that does not say what equipment it means or means
    nothing of this kind, or of which nobody had heard; on equal terms, one that
    binds others comes after, and one for other makers last.
    """
    if at.life is None or at.limb.effect is Effect.REQUIRES:
        return None
    day = at.life.start.latest.toordinal()
    full = not missed and case.equipment == TRUE
    dealings = any(rule.dealings for rule in at.limb.makers)
    by_name = bool(at.limb.makers) and case.maker.truth == TRUE
    says_all = by_name and bool(at.limb.equipment) and case.equipment == TRUE and not at.limb.by_reference
    if missed == {"action"} and says_all and not dealings and at.limb.effect is Effect.PROHIBITS:
        return 5_000_000 - day
    if missed == {"over"} and case.equipment == TRUE and at.limb.effect is Effect.PROHIBITS:
        return 6_000_000 - day
    if full and at.limb.effect is Effect.ENABLES:
        return 10_000_000 - day - min(actors, _COUNTED) * 1_000_000
    if full and at.limb.effect is Effect.ADVISES and case.maker.truth == TRUE:
        return 20_000_000 - day
    once_named = missed == {"maker"} and case.maker.would_change is not None
    names_it = by_name or (bool(at.limb.makers) and once_named)
    # What may not be dealt with, as by export, is far from what may not be bought or used.
    far = "action" in missed and ("actor" in missed or dealings or at.limb.effect is Effect.ADVISES)
    weight = len(missed) + (at.limb.effect is not Effect.PROHIBITS) + at.limb.pending
    weight = 2 * (weight + len(missed & {"actor", "action"})) + (not at.limb.equipment)
    weight += "equipment" in missed and not case.akin
    weight += not at.announced
    return (
        (100 if names_it and not far and at.announced else 200) * 1_000_000_000
        + weight * 1_000_000_000
        + int("actor" in missed) * 500_000_000
        + int(at.limb.by_reference) * 100_000_000
        + _KINDS.index(at.measure.kind) * 10_000_000
        + ("maker" in missed) * 1_000_000
        + day
    )


_WHY: Final = {
    "actor": "it binds other actors",
    "action": "it is about other acts",
    "maker": "it means other makers",
    "equipment": "it means other equipment",
    "purpose": "it means other purposes",
    "made_in": "it means other countries of production",
    "over": "it is no longer in force",
    "not_begun": "it had not begun",
}


def miss_words(at: LimbAt, missed: frozenset[str], later: str | None = None) -> str:
    """Why the nearest measure does not reach the situation.

    Args:
        at: The measure's limb.
        missed: What of it is not met.
        later: What would make the maker one that it means after all.
    """
    assert at.life is not None
    head = f"nearest is {at.measure.short_title} ({at.limb.cite}, {at.life.start.event} {at.life.start.text})"
    if missed == {"maker"} and later:
        why = f"it means other makers, and this one only {later}"
    elif missed:
        why = ", ".join(_WHY[name] for name in MISSES if name in missed)
    elif at.limb.effect is Effect.ENABLES:
        why = "it gives a power to prohibit and prohibits nothing by itself"
    elif at.limb.effect is Effect.ADVISES:
        why = "it is advice, not law"
    else:
        why = "it does not decide this"
    return f"{head}: {why} ({at.limb.says})"
