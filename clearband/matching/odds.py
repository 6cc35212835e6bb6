"""What a word that is left over says: "Sales" beside a listed name speaks for it, "Bakery" against."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.jit import compiled
from clearband.matching.tables import Numbers, Table, row_of, table_of

Floats = npt.NDArray[np.float32]
FILE: Final = "odds.npz"


class Odds(NamedTuple):
    """Learned log-odds of folded words that are left over in a query, and in a listed name."""

    table: Table
    in_query: Floats
    in_name: Floats


@cache
def odds() -> Odds:
    """The packaged odds."""
    with files("clearband.matching").joinpath(FILE).open("rb") as file:
        data = np.load(file, allow_pickle=False)
        return Odds(table_of(data["numbers"]), data["in_query"], data["in_name"])


@compiled
def looked_up(numbers: Numbers, table: Table, values: Floats) -> Floats:
    """The value of each folded word, 0 for one that was not learned. Shape (w,)."""
    out = np.zeros(len(numbers), dtype=np.float32)
    for word in range(len(numbers)):
        row = row_of(table, numbers[word])
        if row >= 0:
            out[word] = values[row]
    return out
