"""Which devices are asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Filters:
    """Slugs, as NetBox's own filters take them: any of one kind, and all kinds that are given.

    Args:
        site, region, role, tenant, manufacturer: Slugs; empty is any.
        tag: Slugs of tags that a device must all have.
        status: Values such as ``active``; empty is any.
    """

    site: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    tenant: tuple[str, ...] = ()
    manufacturer: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @property
    def query(self) -> list[tuple[str, str]]:
        """For the list of devices."""
        return [(one.name, value) for one in fields(self) for value in getattr(self, one.name)]

    def as_json(self) -> dict[str, Any]:
        """Those that are given."""
        return {one.name: list(given) for one in fields(self) if (given := getattr(self, one.name))}
