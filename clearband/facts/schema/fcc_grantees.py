"""``fcc_grantees.yaml``: FCC grantee codes of makers beside those in their own files."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from clearband.facts.schema.base import Fact, Slug
from clearband.facts.schema.organisations import GranteeCodeFact

Code = Annotated[str, StringConstraints(pattern=r"^([A-Z][A-Z0-9]{2}|[2-9][A-Z0-9]{4})$")]


class GranteeFact(GranteeCodeFact):
    """A grantee code; ``organisation`` says whose it is where the registrant's name does not tell."""

    code: Code
    organisation: Slug | None = None


class GranteesFile(Fact):
    """All codes."""

    fcc_grantees: tuple[GranteeFact, ...]
