"""The register: every organisation known, with its names, identifiers, ownership and designations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from clearband.facts.store import CompiledFacts, compiled
from clearband.model.organisation import (
    Alias,
    Banner,
    ControlLink,
    ControlPath,
    Designation,
    ModelFamily,
    Organisation,
    WhiteLabel,
)
from clearband.register.identifiers import (
    EnterpriseMatch,
    EnterpriseNumbers,
    GranteeCodes,
    GranteeMatch,
    IdentifierTrap,
)
from clearband.register.mac_blocks import MacBlocks, Registrant
from clearband.register.ownership import OwnershipGraph


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
        return [
            organisation
            for file in self._facts.read("organisations")
            for organisation in file["organisations"]
        ]

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Every organisation by id, sorted by id."""
        return {raw["id"]: _organisation(raw) for raw in sorted(self._raw, key=lambda raw: str(raw["id"]))}

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """What each source id stands for."""
        sources: dict[str, dict[str, str]] = self._facts.read("sources")["sources"]
        return sources

    @cached_property
    def names(self) -> tuple[NameEntry, ...]:
        """Every name of every organisation, each pair of text and organisation once."""
        seen: set[tuple[str, str]] = set()
        entries = []
        for organisation in self.organisations.values():
            for entry in _names(organisation):
                if (entry.text, entry.org_id) not in seen:
                    seen.add((entry.text, entry.org_id))
                    entries.append(entry)
        return tuple(entries)

    @cached_property
    def lookalikes(self) -> tuple[Lookalike, ...]:
        """Names that resemble one of ours."""
        return tuple(
            Lookalike(raw["name"], tuple(raw["resembles"]), raw["why_different"], raw["source"])
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
                raw["identifier"], raw.get("looks_like"), raw["really"], raw["rule"], raw["source"]
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
        return EnterpriseNumbers(_enterprise_prefixes(self._raw, self.identifier_traps))

    @cached_property
    def _grantee_codes(self) -> GranteeCodes:
        return GranteeCodes(
            GranteeMatch(code["code"], raw["id"], code["registrant"], code["source"])
            for raw in self._raw
            for code in raw.get("fcc_grantee_codes", ())
            if code["verified"]
        )

    @cached_property
    def _ownership(self) -> OwnershipGraph:
        return OwnershipGraph(
            _link(raw["id"], link) for raw in self._raw for link in raw.get("ownership", ())
        )

    def enterprise(self, oid: str) -> EnterpriseMatch | None:
        """What a sysObjectID says of the maker, by its longest known prefix."""
        return self._enterprise_numbers.lookup(oid)

    def fcc_grantee(self, fcc_id: str) -> GranteeMatch | None:
        """The holder of an FCC ID's grantee code."""
        return self._grantee_codes.lookup(fcc_id)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        """How the maker stands to every organisation it is connected to on a date; see `OwnershipGraph`."""
        return self._ownership.relations(maker, on, known_on)

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


def _organisation(raw: dict[str, Any]) -> Organisation:
    return Organisation(
        id=raw["id"],
        name=raw["name"],
        group=raw["group"],
        country=raw.get("country"),
        country_verified=raw.get("country_verified", False),
        makes=tuple(raw.get("makes", ())),
        legal_names=tuple(raw["legal_names"]),
        aliases=tuple(
            Alias(
                alias["text"],
                alias["kind"],
                alias["verified"],
                alias.get("source"),
                alias.get("lang"),
                alias.get("ambiguous", False),
                alias.get("to"),
                alias.get("note"),
            )
            for alias in raw.get("aliases", ())
        ),
        oui_names=tuple(name["name"] for name in raw.get("oui_org_names", ())),
        designations=tuple(_designation(designation) for designation in raw.get("designations", ())),
        model_families=tuple(
            ModelFamily(
                family["pattern"],
                family["kind"],
                family["family"],
                family["distinctive"],
                family["verified"],
                family.get("source"),
                family.get("category"),
                family.get("example"),
                family.get("note"),
            )
            for family in raw.get("model_families", ())
        ),
        white_label=tuple(
            WhiteLabel(
                label["brand"],
                label["relation"],
                label["verified"],
                label.get("source", ""),
                label.get("brand_id"),
                label.get("as_of"),
                label.get("note"),
                label.get("confidence"),
            )
            for label in raw.get("white_label", ())
        ),
        banners=tuple(
            Banner(
                banner["kind"],
                banner["pattern"],
                banner["verified"],
                banner.get("source", ""),
                banner.get("caution"),
            )
            for banner in raw.get("banners", ())
        ),
        notes=tuple(raw.get("notes", ())),
    )


def _designation(raw: dict[str, Any]) -> Designation:
    return Designation(
        list_id=raw["list"],
        name_on_list=raw["name_on_list"],
        verified=raw["verified"],
        source=raw.get("source", ""),
        begins=raw.get("from"),
        ends=raw.get("to"),
        editions=tuple(raw.get("editions", ())),
        scope=raw.get("scope"),
        listed_under=raw.get("listed_under"),
    )


def _names(organisation: Organisation) -> Iterator[NameEntry]:
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


def _link(owned: str, raw: dict[str, Any]) -> ControlLink:
    return ControlLink(
        owner=raw["owner"],
        owned=owned,
        kind=raw["kind"],
        relation=raw["relation"],
        verified=raw["verified"],
        source=raw.get("source"),
        share_pct=raw.get("share_pct"),
        begins=raw.get("from"),
        ends=raw.get("to"),
        known_from=raw.get("known_from"),
        note=raw.get("note"),
    )


def _enterprise_prefixes(
    organisations: list[dict[str, Any]], traps: tuple[IdentifierTrap, ...]
) -> dict[str, EnterpriseMatch]:
    """Prefix to match: registered numbers, then the curated prefixes, then the traps over both."""
    prefixes: dict[str, EnterpriseMatch] = {}
    for raw in organisations:
        for number, entry in raw.get("iana_pens", {}).items():
            prefix = f"1.3.6.1.4.1.{number}"
            prefixes[prefix] = EnterpriseMatch(
                raw["id"],
                prefix,
                f"enterprise number registered to {entry['registered_name']}",
                "iana",
                verified=True,
                registered_name=entry["registered_name"],
            )
    for raw in organisations:
        for entry in raw.get("sysobjectid_prefixes", ()):
            held = prefixes.get(entry["prefix"])
            caution = entry.get("caution")
            if held is not None and held.org_id != raw["id"] and held.source != "iana":
                # Two organisations claim one arc: it cannot decide between them.
                caution = caution or f"also claimed for {held.org_id}"
            prefixes[entry["prefix"]] = EnterpriseMatch(
                raw["id"],
                entry["prefix"],
                entry["means"],
                entry.get("source", ""),
                entry["verified"],
                caution,
                held.registered_name if held else None,
            )
    for trap in traps:
        for prefix in _trap_prefixes(trap.identifier):
            held = prefixes.get(prefix)
            says_nothing = trap.rule.startswith(("says nothing", "never alone"))
            prefixes[prefix] = EnterpriseMatch(
                None if says_nothing or held is None else held.org_id,
                prefix,
                trap.really,
                trap.source,
                verified=True,
                caution=trap.rule,
                registered_name=held.registered_name if held else None,
            )
    return prefixes


def _trap_prefixes(identifier: str) -> list[str]:
    """The OIDs an identifier trap speaks of: ``sysObjectID 1.3.6….445 (446, 458)`` names three."""
    if not identifier.startswith("sysObjectID "):
        return []
    head, _, others = identifier.removeprefix("sysObjectID ").partition(" (")
    stem = head.rpartition(".")[0]
    return [head, *(f"{stem}.{last.strip()}" for last in others.rstrip(")").split(",") if last.strip())]
