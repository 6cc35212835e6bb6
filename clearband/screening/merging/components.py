"""Which things hang together: the connected components of a graph, by whole columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


def components(size: int, one: Places, other: Places) -> Places:
    """The component of each of ``size`` things, shape (size,): the smallest number in it.

    Every root that has a smaller neighbour hooks onto it, then all point to their roots: a chain of a million
    takes some twenty rounds.

    Args:
        one, other: The ends of each edge, shape (m,).
    """
    root = np.arange(size, dtype=np.int64)
    while len(one):
        left, right = root[one], root[other]
        apart = left != right
        if not apart.any():
            break
        one, other, left, right = one[apart], other[apart], left[apart], right[apart]
        least = np.minimum(left, right)
        np.minimum.at(root, np.maximum(left, right), least)
        while True:
            up = root[root]
            if np.array_equal(up, root):
                break
            root = up
    return root
