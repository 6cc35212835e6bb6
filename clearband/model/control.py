"""What the law calls a subsidiary or an affiliate: each definition as a few tests that a machine can make."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Side = Literal["owner", "owned", "common"]
"""How the one that the law names stands to the maker: above it, below it, or beside it under a third."""

Indirect = Literal["none", "multiplied", "cascade"]
"""How a share through others counts: not at all; the product of the shares along the way; or, of one that
meets the threshold itself, as if the one above it held the share."""


@dataclass(frozen=True, slots=True)
class ControlTest:
    """Does the one control the other, or has the power to, or does a third control both?

    Attributes:
        sides: On which sides of the maker the controlling one may stand; any suffices.
    """

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class ShareTest:
    """Does the one hold enough of the other?

    Attributes:
        pct: The threshold, in per cent.
        inclusive: Whether the threshold itself is enough (``at least``), or only more than it.
        of: ``equity``, ``votes`` or ``equity or votes``, as the law says.
        aggregate: Whether the shares of several named or listed owners add up.
    """

    sides: tuple[Side, ...]
    pct: Fraction
    inclusive: bool
    of: str
    indirect: Indirect
    aggregate: bool = False


Test = ControlTest | ShareTest


@dataclass(frozen=True, slots=True)
class ControlDefinition:
    """One definition of the law.

    Attributes:
        cite: Where the law says it.
        verified: Whether its words were read in a named source.
        tests: By what it defines (``subsidiaries``, ``affiliates``, ``parents``): the tests, any of which
            suffices. What it does not define it does not reach; none at all: only who is named itself.
        foreign_to: ISO code of a country whose own entities the tests do not reach; None: none is left out.
    """

    id: str
    cite: str
    says: str
    verified: bool
    tests: tuple[tuple[str, tuple[Test, ...]], ...]
    foreign_to: str | None = None
