"""The names under which an organisation can be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clearband.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name under which an organisation can be met.

    Attributes:
        kind: ``name``, ``legal``, ``registrant`` (IEEE), ``listed`` (as a list writes it) or an alias kind.
        until: Last date on which the name was this organisation's, as exact as known.
    """

    text: str
    org_id: str
    kind: str
    ambiguous: bool
    verified: bool
    source: str | None
    until: str | None = None


def names_of(organisation: Organisation) -> Iterator[NameEntry]:
    """Every name of one organisation."""
    yield NameEntry(organisation.name, organisation.id, "name", ambiguous=False, verified=True, source=None)
    for text in organisation.legal_names:
        yield NameEntry(text, organisation.id, "legal", ambiguous=False, verified=True, source=None)
    for alias in organisation.aliases:
        yield NameEntry(
            alias.text,
            organisation.id,
            alias.kind,
            alias.ambiguous,
            alias.verified,
            alias.source,
            alias.until,
        )
    for text in organisation.oui_names:
        yield NameEntry(text, organisation.id, "registrant", ambiguous=False, verified=True, source="ieee")
    for designation in organisation.designations:
        yield NameEntry(
            designation.name_on_list,
            organisation.id,
            "listed",
            ambiguous=False,
            verified=designation.verified,
            source=designation.source,
        )
