"""What a step may not do that rests on no fresh decision: approve more than was approved before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clearband.listing.refused import StepRefusedError
from clearband.listing.table import Step, Table
from clearband.model.listing import ListEvent, State

if TYPE_CHECKING:
    from clearband.listing.standing import Standing

_UNCHANGED = ("dismissed", "appeal-withdrawn")


def require_no_more(new: Standing, old: Standing, step: Step, table: Table) -> None:
    """Refuse a longer listing, or a milder state than was suspended, without a decision on an assessment.

    Raises:
        StepRefusedError: It is one.
    """
    if new.state not in table.in_force:
        return
    if old.until is not None and new.until is not None and new.until > old.until:
        raise StepRefusedError(
            f"{step.id} cannot make the listing longer than {old.until}",
            "propose and decide on a new assessment",
        )
    if step.standing_from != frozenset((State.SUSPENDED,)):
        return
    before, done = old.approved, {one for one, _ in old.met}
    if before is None:
        raise StepRefusedError("nothing was approved before", "propose and decide on an assessment")
    all_met = before is State.CONDITIONAL and all(one.id in done for one in old.conditions)
    if table.severity[new.state] < table.severity[before] and not all_met:
        raise StepRefusedError(
            f"{step.id} cannot lead to {new.state}: it was {before} before, whose conditions are not all met"
            if before is State.CONDITIONAL
            else f"{step.id} cannot lead to {new.state}: it was {before} before",
            f"bring back {before}, or decide on a new assessment",
        )


def require_as_appealed(
    event: ListEvent, moves: Sequence[ListEvent], appeal: ListEvent, standing: Standing, table: Table
) -> None:
    """Refuse what the decision of an appeal cannot lead to.

    An appeal never makes things worse than the decision appealed or what came since; one that is dismissed or
    taken back leaves the decision as it was; one of a decision that another has followed changes nothing.

    Args:
        event: The decision of the appeal.
        moves: What was decided of the entry before, in the order of effect.
        appeal: The appeal.
        standing: What holds before.

    Raises:
        StepRefusedError: It is such a thing.
    """
    state = event.state
    if state is None:
        return
    decided = [one for one in moves if table.steps[one.kind].to]
    named = next((one for one in decided if str(one.number) == appeal.refers), None)
    if named is None:
        return
    appealed = named.state or table.steps[named.kind].to[0]
    last = next(one for one in reversed(decided) if one.kind != "stay")
    wanted = appealed if "stayed" in standing.flags else standing.state
    if last.number != named.number and state != standing.state:
        raise StepRefusedError(
            f"event {last.number} ({last.kind}) came after the decision appealed and stays {standing.state}",
            f"decide for {standing.state}, or take a step against that event",
        )
    if last.number == named.number and event.cause in _UNCHANGED and state != wanted:
        raise StepRefusedError(
            f"an appeal that is {event.cause} leaves the decision as it was, {wanted}", f"give {wanted}"
        )
    if table.severity[state] > max(table.severity[appealed], table.severity[standing.state]):
        raise StepRefusedError(
            f"an appeal cannot make it worse: {state} is more severe than {appealed}, which was appealed",
            "propose it, so that the maker can reply",
        )
