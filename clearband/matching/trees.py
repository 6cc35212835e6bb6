"""The trained model: a sum of small decision trees over the features of a pair of names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.features import FEATURES
from clearband.matching.jit import compiled
from clearband.matching.tables import Ints

Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
MODEL: Final = "model.npz"
DEPTH: Final = 5
INNER: Final = (1 << DEPTH) - 1


class Model(NamedTuple):
    """Complete trees of one depth: the nodes below node n are 2 n + 1 and 2 n + 2.

    Attributes:
        features: Feature that each inner node asks for, shape (trees, 31).
        limits: A value above it goes right, shape (trees, 31).
        means: Mean value of the training pairs at each inner node, log-odds, shape (trees, 31).
        leaves: Log-odds at each leaf, shape (trees, 32).
        probe: After so many trees a pair that has not reached `floor` is given up.
        slope, shift: Make a probability of the sum.
        threshold: Least score of a match.
    """

    features: Ints
    limits: Floats
    means: Floats
    leaves: Floats
    probe: int
    floor: float
    slope: float
    shift: float
    threshold: float


@cache
def model() -> Model:
    """The packaged model.

    Raises:
        RuntimeError: It was learned with other features.
    """
    with files("clearband.matching").joinpath(MODEL).open("rb") as file:
        data = np.load(file, allow_pickle=False)
        if data["names"].tolist() != list(FEATURES):
            raise RuntimeError("the model was learned with other features; run scripts/learn_matcher.py")
        return Model(
            data["features"],
            data["limits"],
            data["means"],
            data["leaves"],
            int(data["probe"]),
            float(data["floor"]),
            float(data["slope"]),
            float(data["shift"]),
            float(data["threshold"]),
        )


@compiled
def sums(rows: Floats, features: Ints, limits: Floats, leaves: Floats, probe: int, floor: float) -> Scores:
    """The sum of the trees for each row of features, in log-odds, shape (pairs,)."""
    out = np.zeros(len(rows), dtype=np.float64)
    for row in range(len(rows)):
        total = 0.0
        for tree in range(len(leaves)):
            if tree == probe and total < floor:
                break
            node = 0
            for _ in range(DEPTH):
                above = rows[row, features[tree, node]] > limits[tree, node]
                node = 2 * node + 1 + int(above)
            total += leaves[tree, node - INNER]
        out[row] = total
    return out


def contributions(row: Floats, trees: Model) -> dict[str, float]:
    """How much each feature moved the sum for one pair, in log-odds, by the steps of its paths.

    The steps add up to the sum less the trees' mean values (A. Saabas' decomposition of tree paths).
    """
    out = dict.fromkeys(FEATURES, 0.0)
    for tree in range(len(trees.leaves)):
        node, before = 0, float(trees.means[tree, 0])
        for _ in range(DEPTH):
            feature = int(trees.features[tree, node])
            node = 2 * node + 1 + int(row[feature] > trees.limits[tree, node])
            after = float(trees.means[tree, node] if node < INNER else trees.leaves[tree, node - INNER])
            out[FEATURES[feature]] += after - before
            before = after
    return out
