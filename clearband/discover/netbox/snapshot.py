"""What was read of a NetBox, list by list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Objects = list[dict[str, Any]]


@dataclass
class Snapshot:
    """The objects of each list, in the order of their ids, as NetBox gives them.

    Args:
        url: Address of the NetBox, without a slash at the end.
        version: Its version.
        lists: Name of a list (see `clearband.discover.netbox.lists`) to its objects.
    """

    url: str
    version: tuple[int, int]
    lists: dict[str, Objects] = field(default_factory=dict)
