"""The nouns of a network that has to change: roles, groups of roles, quarters."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What an item does at its site."""

    RADIO = "radio"
    BASEBAND = "baseband"
    CORE = "core"
    TRANSPORT = "transport"
    ACCESS = "access"
    CPE = "cpe"


class Group(StrEnum):
    """Roles whose items in a cluster are replaced together."""

    RAN = "ran"
    CORE = "core"
    TRANSPORT = "transport"
    ACCESS = "access"
    CPE = "cpe"


GROUP_OF: Final[dict[Role, Group]] = {
    Role.RADIO: Group.RAN,
    Role.BASEBAND: Group.RAN,
    Role.CORE: Group.CORE,
    Role.TRANSPORT: Group.TRANSPORT,
    Role.ACCESS: Group.ACCESS,
    Role.CPE: Group.CPE,
}


class MustGo(StrEnum):
    """Whether an item must go."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Approval(StrEnum):
    """Whether a product may be bought."""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"
    UNKNOWN = "unknown"


PRICE_LEVELS: Final = ("low", "average", "high")
GENERATIONS: Final = ("2G", "3G", "4G", "5G")

_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])")
QUARTER_PATTERN: Final = r"^(19|20|21)\d{2}-Q[1-4]$"


def quarter_number(text: str) -> int:
    """``2027-Q1`` as quarters since the year 0.

    Raises:
        ValueError: It is no quarter.
    """
    found = _QUARTER.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is no quarter; write it like 2027-Q1')
    return int(found[1]) * 4 + int(found[2]) - 1


def quarter_name(number: int) -> str:
    """Quarters since the year 0 as ``2027-Q1``."""
    return f"{number // 4:04}-Q{number % 4 + 1}"


def last_day(number: int) -> date:
    """The last day of a quarter."""
    year, quarter = divmod(number + 1, 4)
    return date(year, quarter * 3 + 1, 1) - timedelta(days=1)
