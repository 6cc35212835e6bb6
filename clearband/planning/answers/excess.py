"""What limits are exceeded by, and the work that does so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearband.planning.problem import Floats, Ints


@dataclass(frozen=True, slots=True)
class Excess:
    """What limits are exceeded by, in units of the problem, and the work that does so.

    Attributes:
        value: What it costs by the weights that were asked with; no excess costs less than ``bound``.
        proven: Whether the excess is the smallest there is, but for a small share that the solver leaves.
        option, quarter, amount: Work: units of a class (parts of them, where columns are not whole).
        caps: Units more of one maker, by cap.
        makers: Units by which the least share of a role is lowered, by ``Problem.floors``.
        fewer: Makers fewer that have it, likewise.
        service: Added to the share of sites that may be worked on.
    """

    value: float
    bound: float
    proven: bool
    money: Floats
    crews: Floats
    supply: Floats
    service: float
    caps: Floats
    makers: Floats
    fewer: Floats
    option: Ints
    quarter: Ints
    amount: Floats

    def of(self, kind: str) -> Floats:
        """What limits of a kind are exceeded by, in the order of ``answers/layout.py``."""
        return np.ravel(getattr(self, kind))
