"""What every known sysObjectID prefix says: registered numbers, curated prefixes, traps."""

from __future__ import annotations

from typing import Any

from clearband.register.identifiers import EnterpriseMatch, IdentifierTrap


def enterprise_prefixes(
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
