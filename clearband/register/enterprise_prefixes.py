"""What every known sysObjectID prefix says: traps, curated prefixes, registered numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clearband.register.identifiers import ENTERPRISES, EnterpriseMatch, IdentifierTrap


def enterprise_prefixes(
    organisations: list[dict[str, Any]], traps: Iterable[IdentifierTrap], numbers: Mapping[str, Any]
) -> dict[str, EnterpriseMatch]:
    """Prefix to match: registered numbers, the curated prefixes over them, the traps over both.

    Args:
        organisations: Their entries in the facts.
        traps: Identifiers that point to the wrong maker.
        numbers: The facts on enterprise numbers of other makers.
    """
    prefixes = _registered(organisations, numbers)
    for raw in organisations:
        for entry in raw.get("sysobjectid_prefixes", ()):
            prefixes[entry["prefix"]] = _curated(raw["id"], entry, prefixes.get(entry["prefix"]))
    for trap in traps:
        for prefix in trap_prefixes(trap.identifier):
            held = prefixes.get(prefix)
            prefixes[prefix] = EnterpriseMatch(
                trap.speaks_for,
                prefix,
                trap.really,
                trap.source,
                caution=trap.rule,
                second_cue=trap.second_cue,
                registered_name=held.registered_name if held else None,
                brand=trap.brand,
                seldom=trap.seldom,
            )
    return prefixes


def _registered(
    organisations: list[dict[str, Any]], numbers: Mapping[str, Any]
) -> dict[str, EnterpriseMatch]:
    own = numbers["organisations"]
    held = [(number, name, own.get(number), numbers["source"]) for number, name in numbers["numbers"].items()]
    held += [
        (number, entry["registered_name"], raw["id"], "iana")
        for raw in organisations
        for number, entry in raw.get("iana_pens", {}).items()
    ]
    return {
        ENTERPRISES + number: EnterpriseMatch(
            (org_id,) if org_id else (),
            ENTERPRISES + number,
            f"enterprise number registered to {name}",
            source,
            registered_name=name,
        )
        for number, name, org_id, source in held
    }


def _curated(org_id: str, entry: dict[str, Any], held: EnterpriseMatch | None) -> EnterpriseMatch:
    caution, second_cue = entry.get("caution"), entry["second_cue"]
    if held is not None and held.org_id not in (None, org_id) and held.source != "iana":
        # Two organisations claim one arc: it cannot decide between them.
        caution, second_cue = caution or f"also claimed for {held.org_id}", True
    return EnterpriseMatch(
        (org_id,),
        entry["prefix"],
        entry["means"],
        entry.get("source", ""),
        caution=caution,
        second_cue=second_cue,
        registered_name=held.registered_name if held else None,
    )


def trap_prefixes(identifier: str) -> list[str]:
    """The OIDs an identifier trap speaks of: ``sysObjectID 1.3.6….445 (446, 458)`` names three."""
    if not identifier.startswith("sysObjectID "):
        return []
    head, _, others = identifier.removeprefix("sysObjectID ").partition(" (")
    stem = head.rpartition(".")[0]
    return [head, *(f"{stem}.{last.strip()}" for last in others.rstrip(")").split(",") if last.strip())]
