"""One thing that a check found, and how lists of names are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FEW = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a check found.

    Attributes:
        severity: With an ``error`` the network cannot be planned; a ``warning`` is to be looked at.
        check: Its name, for programs.
        count: Rows or names that it is about.
    """

    severity: Literal["error", "warning"]
    check: str
    what: str
    remedy: str
    count: int = 1

    def one_line(self) -> str:
        """What, and what to do."""
        return f"{self.what}; {self.remedy}" if self.remedy else self.what


def listed(names: Sequence[object], few: int = FEW) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(str(name) for name in names[:few])
    return shown if len(names) <= few else f"{shown} and {len(names) - few:,} more"


def counted(count: int, noun: str) -> str:
    """``1 site``, ``2 sites``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
