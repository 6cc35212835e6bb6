"""The score of the whole from the scores of its groups."""

from __future__ import annotations

from collections.abc import Mapping

from clearband.assess.scale import UNKNOWN, ZERO, Range
from clearband.model.criterion import Profile


def whole(groups: Mapping[str, Range], profile: Profile) -> Range:
    """The score of groups by their shares; anything where no group with a share is left."""
    shares = {group: profile.group_weights[group] for group in groups}
    total = sum(shares.values())
    if not total:
        return UNKNOWN
    low = sum((shares[group] * ends[0] for group, ends in groups.items()), ZERO) / total
    high = sum((shares[group] * ends[1] for group, ends in groups.items()), ZERO) / total
    return low, high
