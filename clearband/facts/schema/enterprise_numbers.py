"""``enterprise_numbers.yaml``: SNMP enterprise numbers of makers that have no file of their own."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import FactDate, Slug, Sourced, Text

EnterpriseNumber = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,9}$")]
"""A private enterprise number: the digits behind 1.3.6.1.4.1."""


class EnterpriseNumbersFile(Sourced):
    """Numbers with their registrants as IANA writes them, as of a day.

    ``organisations`` says whose a number is where the registered name does not tell.
    """

    as_of: FactDate
    numbers: dict[EnterpriseNumber, Text]
    organisations: dict[EnterpriseNumber, Slug] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _organisations_have_numbers(self) -> Self:
        strange = sorted(self.organisations.keys() - self.numbers.keys())
        if strange:
            raise ValueError(f"organisations: {strange[0]} is not among the numbers")
        return self
