"""The settings of a network that the rules ask for, ``network.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clearband.errors import InputError
from clearband.facts.yaml_text import parse
from clearband.planning.checking.calendar import QUARTER, Calendar

FILE: Final = "network.yaml"
SCHEMA: Final = "clearband/network/1"

Role = Literal["radio", "baseband", "core", "transport", "access", "cpe"]
Group = Literal["ran", "core", "transport", "access", "cpe"]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Quarter = Annotated[str, Field(pattern=QUARTER)]

WEIGHTS: Final[dict[str, float]] = {"core": 10.0, "baseband": 2.0}
"""Points of a role that ``weights`` does not name; of every other role 1."""
_MOST_BYTES: Final = 1_000_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cap(_Part):
    """Most share of a role's units that one maker, or each, may have at the end."""

    role: Role
    share: Share
    maker: str | None = None


class LeastMakers(_Part):
    """So many makers have at least that share of a role's units each at the end."""

    role: Role
    makers: Annotated[int, Field(ge=1)]
    share: Share


class Refund(_Part):
    """A share of spending that comes back later."""

    owner: str | None = None
    share: Share
    lag: Annotated[int, Field(ge=0)] = 0
    not_before: Quarter | None = None
    groups: tuple[Group, ...] | None = None


class Settings(_Part):
    """All keys of ``network.yaml``, with the defaults of the contract."""

    schema_: Literal["clearband/network/1"] = Field(alias="schema")
    title: str = ""
    currency: str = ""
    first_quarter: Quarter
    quarters: Annotated[int, Field(ge=1, le=60)]
    discount_rate: Annotated[float, Field(gt=-1, allow_inf_nan=False)] = 0.07
    exposure_price: Amount = 0.0
    weights: dict[Role, Amount] = {}
    labour_rate: Amount = 0.0
    visit_cost: Amount = 0.0
    overlap_quarters: Annotated[int, Field(ge=0, le=1)] = 1
    removal_share: Amount = 0.3
    down_share: Share = 0.1
    core_first: bool = True
    unknown: Literal["replace", "keep"] = "replace"
    conditional: bool = True
    price: Literal["low", "average", "high"] = "average"
    caps: tuple[Cap, ...] = ()
    least_makers: tuple[LeastMakers, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The quarters of the horizon."""
        return Calendar.beginning(self.first_quarter, self.quarters)

    def weight(self, role: str) -> float:
        """Points of a role."""
        own: dict[str, float] = WEIGHTS | {str(name): points for name, points in self.weights.items()}
        return own.get(role, 1.0)

    def discount(self, quarter: int) -> float:
        """What money of a quarter is worth in the first: ``(1 + rate) ** (-quarter / 4)``."""
        return float((1.0 + self.discount_rate) ** (-quarter / 4))


def read_settings(folder: Path) -> Settings:
    """The settings of a network folder.

    Raises:
        InputError: The file is missing, too large or no such settings; the first problem is told.
        FactsError: It is not YAML.
    """
    path = folder / FILE
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        remedy = "name the folder of a network"
        raise InputError(error.strerror or "cannot be read", where=str(path), remedy=remedy) from None
    if len(data) > _MOST_BYTES:
        raise InputError("larger than 1 MB", where=str(path), remedy="settings are short")
    try:
        raw = parse(data.decode("utf-8-sig"), where=str(path))
        return Settings.model_validate(raw)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{place or 'the whole'}: {first['msg']}", where=str(path), remedy="correct it"
        ) from None
