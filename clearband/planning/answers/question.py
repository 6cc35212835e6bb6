"""A question about limits that may be exceeded, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.problem import Floats, Ints

HELD: Final = np.inf


@dataclass(frozen=True, slots=True)
class Question:
    """Which limits may be exceeded.

    Attributes:
        factors: By kind, a number or one for each limit: 0 where it is free, 1 where what it is exceeded by
            counts, infinite where it holds. Kinds that are left out hold.
        later: [K] quarters that each date may be later.
        lateness: Whether work that is late counts: a quarter once, two quarters four times.
        ordered: Whether the order of work holds.
    """

    factors: Mapping[str, Floats | float] = field(default_factory=dict)
    later: Ints | None = None
    lateness: bool = False
    ordered: bool = True

    def factor(self, kind: str, count: int) -> Floats:
        """[count] of a kind."""
        return np.broadcast_to(np.asarray(self.factors.get(kind, HELD), dtype=np.float64), (count,))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Attributes:
        excess: The smallest; None where none was found that keeps what holds.
        bound: What is proved to be exceeded at the least, as a share of all there is.
        impossible: Whether it is proved that there is none.
    """

    excess: Excess | None
    bound: float
    impossible: bool
