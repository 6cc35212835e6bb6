"""Listed names of which the query has all that tells, and nothing else that does: the bare brand.

"ZTE USA Inc" may well be another company than ZTE Corporation; most such pairs are, so the model
scores them low. A person who screens must see them all the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.features import AT
from clearband.matching.index import Floats

RARE: Final = 8.0
"""Information of a brand, nats: some twenty companies at large, or fewer, have a word that tells so much."""
_RARE_SWAPPED: Final = 6.0
"""The same, of a word with letters swapped, which tells less by its likeness."""
_LEAST_LETTERS: Final = 3
_LEAST_LETTERS_SWAPPED: Final = 5


def bare_brands(rows: Floats) -> npt.NDArray[np.bool_]:
    """Which pairs have a rare brand in common, and beside it only places, trades, equipment and legal forms.

    The brand is spelt alike, or its letters are swapped ("Huawie").

    Args:
        rows: Features, shape (pairs, features).

    Returns:
        Shape (pairs,).
    """
    nothing_else = (rows[:, AT.query_left] == 0) & (rows[:, AT.name_left] == 0)
    alike = (rows[:, AT.exact_telling] >= RARE) & (rows[:, AT.longest_told] >= _LEAST_LETTERS)
    swapped = (
        (rows[:, AT.swapped] > 0)
        & (rows[:, AT.told_telling] >= _RARE_SWAPPED)
        & (rows[:, AT.longest_told] >= _LEAST_LETTERS_SWAPPED)
    )
    found: npt.NDArray[np.bool_] = nothing_else & (alike | swapped)
    return found
