"""The register: every organisation known, with its names, identifiers, ownership and designations."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from clearband.facts.store import CompiledFacts, compiled
from clearband.model.fingerprint import Fingerprint
from clearband.model.organisation import ControlLink, ControlPath, Designation, Organisation
from clearband.register.control import ControlGraph
from clearband.register.enterprise_file import EnterpriseList
from clearband.register.enterprise_prefixes import enterprise_prefixes
from clearband.register.fcc_ids import GranteeCodes, GranteeMatch
from clearband.register.from_facts import read_fingerprint, read_link, read_organisation
from clearband.register.holdings import Holdings
from clearband.register.identifiers import (
    EnterpriseMatch,
    EnterpriseNumbers,
    IdentifierTrap,
)
from clearband.register.mac_blocks import MacBlocks, Registrant
from clearband.register.names import NameEntry, names_of
from clearband.register.ownership import OwnershipGraph

_UNVERIFIED: Final = "unverified"
"""Source of facts that are general knowledge."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A name that resembles an organisation of the register and is somebody else's."""

    name: str
    resembles: tuple[str, ...]
    why_different: str
    source: str


@dataclass(frozen=True, slots=True)
class TextTrap:
    """A phrase in which a maker's name is no evidence."""

    phrase: str
    resembles: tuple[str, ...]
    why_different: str
    example: str


class Register:
    """The organisations and all look-ups over them, built from the compiled facts.

    Args:
        facts: The compiled facts.
    """

    def __init__(self, facts: CompiledFacts) -> None:
        self._facts = facts

    @cached_property
    def _raw(self) -> list[dict[str, Any]]:
        return [entry for file in self._facts.read("organisations") for entry in file["organisations"]]

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Every organisation by id, sorted by id."""
        return {
            raw["id"]: read_organisation(raw) for raw in sorted(self._raw, key=lambda raw: str(raw["id"]))
        }

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """What each source id stands for."""
        sources: dict[str, dict[str, str]] = self._facts.read("sources")["sources"]
        return sources

    @cached_property
    def as_of(self) -> str:
        """The day as of which the register speaks."""
        return str(self._facts.read("sources")["as_of"])

    @cached_property
    def _country_sources(self) -> dict[str, str]:
        return {raw["id"]: raw["country_source"] for raw in self._raw if "country_source" in raw}

    def country_source(self, org_id: str) -> str | None:
        """Where the country of an organisation was read; None where that is not told."""
        return self._country_sources.get(org_id)

    @cached_property
    def names(self) -> tuple[NameEntry, ...]:
        """Every name of every organisation, each pair of text and organisation once."""
        seen: set[tuple[str, str]] = set()
        entries = []
        for organisation in self.organisations.values():
            for entry in names_of(organisation):
                if (entry.text, entry.org_id) not in seen:
                    seen.add((entry.text, entry.org_id))
                    entries.append(entry)
        return tuple(entries)

    @cached_property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """The rules for what devices say of themselves."""
        files = self._facts.read("fingerprints")
        return tuple(read_fingerprint(raw) for file in files for raw in file["fingerprints"])

    @cached_property
    def lookalikes(self) -> tuple[Lookalike, ...]:
        """Names that resemble one of ours."""
        return tuple(
            Lookalike(
                raw["name"], tuple(raw["resembles"]), raw["why_different"], raw.get("source", _UNVERIFIED)
            )
            for raw in self._facts.read("lookalikes")["lookalikes"]
        )

    @cached_property
    def text_traps(self) -> tuple[TextTrap, ...]:
        """Phrases in which a name is no evidence."""
        return tuple(
            TextTrap(raw["phrase"], tuple(raw["resembles"]), raw["why_different"], raw["example"])
            for raw in self._facts.read("text_traps")["text_traps"]
        )

    @cached_property
    def identifier_traps(self) -> tuple[IdentifierTrap, ...]:
        """Identifiers that point to the wrong maker."""
        return tuple(
            IdentifierTrap(
                raw["identifier"],
                raw.get("looks_like"),
                raw["really"],
                raw["rule"],
                raw.get("source", _UNVERIFIED),
                tuple(raw["speaks_for"]),
                raw.get("brand"),
                raw["second_cue"],
                tuple(raw["seldom"]),
            )
            for raw in self._facts.read("identifier_traps")["identifier_traps"]
        )

    @cached_property
    def mac_blocks(self) -> MacBlocks:
        """IEEE address blocks; registrants resolved to organisations once, by their registered names."""
        owner = {
            _plain(name): organisation.id
            for organisation in self.organisations.values()
            for name in organisation.oui_names
        }
        names = self._facts.read("mac_blocks")["registrants"]
        registrants = tuple(Registrant(name, owner.get(_plain(name))) for name in names)
        return MacBlocks(self._facts.read_bytes("mac_blocks.bin"), registrants)

    @cached_property
    def _enterprise_numbers(self) -> EnterpriseNumbers:
        numbers = self._facts.read("enterprise_numbers")
        return EnterpriseNumbers(enterprise_prefixes(self._raw, self.identifier_traps, numbers))

    @cached_property
    def _grantee_codes(self) -> GranteeCodes:
        others = self._facts.read("fcc_grantees")["fcc_grantees"]
        held = [(code.get("organisation"), code) for code in others]
        held += [(raw["id"], code) for raw in self._raw for code in raw.get("fcc_grantee_codes", ())]
        return GranteeCodes(
            GranteeMatch(
                code["code"], org_id, code["registrant"], code.get("source", ""), verified=code["verified"]
            )
            for org_id, code in held
        )

    @cached_property
    def links(self) -> tuple[ControlLink, ...]:
        """All links of ownership and control, whenever they hold."""
        return tuple(read_link(raw["id"], entry) for raw in self._raw for entry in raw.get("ownership", ()))

    @cached_property
    def _ownership(self) -> OwnershipGraph:
        return OwnershipGraph(self.links)

    @cached_property
    def control(self) -> ControlGraph:
        """Who can control whom, on a date."""
        return ControlGraph(self.links)

    @cached_property
    def holdings(self) -> Holdings:
        """Who holds what share of whom, on a date."""
        return Holdings(self.links)

    def enterprise(self, oid: str) -> EnterpriseMatch | None:
        """What a sysObjectID says of the maker, by its longest known prefix."""
        return self._enterprise_numbers.lookup(oid)

    def enterprise_called(self, registrant: str) -> str | None:
        """The identifier (``1.3.6.1.4.1.9``) of the enterprise number registered under a name."""
        return self._enterprise_numbers.called(registrant)

    def with_enterprise_list(self, listed: EnterpriseList) -> Register:
        """The same register, with a user's copy of IANA's list for numbers that the facts do not have."""
        other = copy(self)
        other.__dict__["_enterprise_numbers"] = self._enterprise_numbers.with_list(listed)
        return other

    def fcc_grantee(self, fcc_id: str) -> GranteeMatch | None:
        """The holder of the grantee code of the first FCC ID in a text."""
        return self._grantee_codes.lookup(fcc_id)

    def grantee(self, code: str) -> GranteeMatch | None:
        """The holder of a grantee code."""
        return self._grantee_codes.of(code)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        """How the maker stands to every organisation it is connected to on a date; see `OwnershipGraph`."""
        return self._ownership.relations(maker, on, known_on)

    def owners_of(self, org_id: str) -> tuple[ControlLink, ...]:
        """The links to those who own or owned an organisation, whenever they hold."""
        return tuple(link for link in self.links if link.owned == org_id)

    def designations(self, org_id: str) -> tuple[Designation, ...]:
        """The lists on which an organisation stands by its own name; empty for an unknown id."""
        organisation = self.organisations.get(org_id)
        return organisation.designations if organisation else ()

    def events(self, org_id: str) -> tuple[dict[str, Any], ...]:
        """Public events about an organisation, oldest first; allegations are marked so by ``status``."""
        events = [event for event in self._facts.read("events")["events"] if org_id in event["organisations"]]
        return tuple(sorted(events, key=lambda event: str(event["date"])))


@lru_cache(maxsize=1)
def load_register() -> Register:
    """The register of this process."""
    return Register(compiled())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
