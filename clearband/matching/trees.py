"""The trained model: a sum of small decision trees over the features of a pair of names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.candidates import FEATURES
from clearband.matching.jit import compiled
from clearband.matching.tables import Ints

Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
MODEL: Final = "model.npz"


class Model(NamedTuple):
    """Trees as arrays over all nodes; a leaf has feature -1.

    ``roots`` are the trees' first nodes, ``slope`` and ``shift`` make a probability of the sum.
    """

    roots: Ints
    features: Ints
    limits: Floats
    left: Ints
    right: Ints
    values: Floats
    slope: float
    shift: float
    threshold: float


@cache
def model() -> Model:
    """The packaged model."""
    with files("clearband.matching").joinpath(MODEL).open("rb") as file:
        data = np.load(file, allow_pickle=False)
        names = data["names"].tolist()
        if names != list(FEATURES):
            raise RuntimeError("the model was learned with other features; run scripts/learn_matcher.py")
        return Model(
            data["roots"],
            data["features"],
            data["limits"],
            data["left"],
            data["right"],
            data["values"],
            float(data["slope"]),
            float(data["shift"]),
            float(data["threshold"]),
        )


@compiled
def sums(
    rows: Floats, roots: Ints, features: Ints, limits: Floats, left: Ints, right: Ints, values: Floats
) -> Scores:
    """The sum of the trees for each row of features, shape (pairs,)."""
    out = np.zeros(len(rows), dtype=np.float64)
    for row in range(len(rows)):
        total = 0.0
        for node in roots:
            while features[node] >= 0:
                node = left[node] if rows[row, features[node]] <= limits[node] else right[node]
            total += values[node]
        out[row] = total
    return out


def contributions(row: Floats, trees: Model) -> dict[str, float]:
    """How much each feature moved the sum for one pair, in log-odds, by the steps of its paths.

    The steps add up to the sum less the trees' mean values (A. Saabas' decomposition of tree paths).
    """
    out = dict.fromkeys(FEATURES, 0.0)
    for root in trees.roots.tolist():
        node = root
        while (feature := int(trees.features[node])) >= 0:
            below = trees.left[node] if row[feature] <= trees.limits[node] else trees.right[node]
            out[FEATURES[feature]] += float(trees.values[below] - trees.values[node])
            node = int(below)
    return out
