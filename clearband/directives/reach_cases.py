"""Examples that no clause's reach to relatives rests on, so that taking it away would go unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from clearband.directives.cases import CaseResult
from clearband.directives.maker_match import Register
from clearband.model.directive import Effect


def reach_without_case(
    raw: Mapping[str, Any], asked: Iterable[CaseResult], register: Register
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Clauses that prohibit and reach relatives of makers they name, where no case is about a relative.

    Args:
        raw: The measure, as compiled.
        asked: Its cases.
        register: Of makers without a relative in it nothing can be asked.

    Yields:
        The clause's id, and the words of its reach.
    """
    # What decides of a relative tells the path to the named one; of the named one it tells that it is named.
    by_a_path = {
        reason.clause.partition("/")[0]
        for result in asked
        if result.said is not None
        for reason in result.said.because
        if reason.control is not None and not reason.control.endswith(" is named")
    }
    for clause in raw.get("clauses", ()):
        words = {
            word
            for named in clause.get("makers", {}).get("named", ())
            if any(path.relation != "self" for path in register.relations(named["org"], date.max))
            for word in named.get("reach", ())
        }
        if words and clause["effect"] == Effect.PROHIBITS and clause["id"] not in by_a_path:
            yield clause["id"], tuple(sorted(words))
