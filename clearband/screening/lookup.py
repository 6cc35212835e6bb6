"""Look one thing up: a name, a MAC address, an SNMP OID or an FCC ID.

Loads neither Polars nor NumPy: one look-up must answer at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from clearband.directives.law import Law
from clearband.directives.reaching import measures_reaching
from clearband.identify.mac_addresses import why_no_evidence
from clearband.identify.names import resolve_name
from clearband.identify.registrants import organisation_called
from clearband.model.organisation import ControlPath, Organisation
from clearband.register import Register
from clearband.register.fcc_ids import GranteeMatch
from clearband.register.holdings import Share, share_words
from clearband.register.identifiers import EnterpriseMatch

SCHEMA: Final = "https://clearband.dev/schema/who-1.json"

_MAC = re.compile(
    r"(0x)?[0-9a-f]{12}|[0-9a-f]{2}([:-][0-9a-f]{2}){5}|[0-9a-f]{4}(\.[0-9a-f]{4}){2}|[0-9a-f]{6}-[0-9a-f]{6}",
    re.IGNORECASE,
)
_OID = re.compile(r"\.?(iso|enterprises|SNMPv2-SMI::enterprises|\d+)(\.\d+){3,}")
_RELATION_LIMIT: Final = 40


def look_up(
    text: str, register: Register, law: Law, *, on: date, known_on: date | None = None
) -> dict[str, Any]:
    """Who is this, who controls it on a date, on which lists does it stand, which measures speak of it?

    Args:
        text: A name in any spelling, a MAC address, a sysObjectID or an FCC ID.
        on: The day the question is about.
        known_on: Use only what was known on this day.

    Returns:
        Plain JSON values: ``kind`` of the text, ``maker`` (None when not known), ``how`` it was found and
        with what caution, and ``organisation`` with names, control, lists, measures and events.
    """
    kind, org_id, how = _resolve(text.strip(), register)
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "query": text,
        "kind": kind,
        "on": on.isoformat(),
        "maker": org_id,
        "how": how,
    }
    if org_id is not None and org_id in register.organisations:
        answer["organisation"] = card(org_id, register, law, on=on, known_on=known_on)
    return answer


def card(
    org_id: str, register: Register, law: Law, *, on: date, known_on: date | None = None
) -> dict[str, Any]:
    """What is known of an organisation of the register on a day: the ``organisation`` of `look_up`."""
    measures = measures_reaching(org_id, register, law, on, known_on)
    return {
        **_card(register.organisations[org_id], register, on, known_on),
        "measures": [asdict(measure) for measure in measures],
    }


def _resolve(text: str, register: Register) -> tuple[str, str | None, dict[str, Any]]:
    if _MAC.fullmatch(text):
        return "mac", *_mac(text, register)
    if _OID.fullmatch(text):
        return "oid", *_oid(text, register)
    name = resolve_name(text, register)
    unknown = name is None or name.org_id is None
    if unknown and any(sign.isdigit() for sign in text):
        grantee = register.fcc_grantee(text)
        if grantee is not None:
            return "fcc-id", *_grantee(grantee, register)
    if name is None:
        return "name", None, {"rule": "name", "note": "a placeholder, not a name"}
    if name.org_id is None:
        return (
            "name",
            None,
            {
                "rule": f"name ({name.kind})",
                "note": name.note or "no organisation of the register is called so",
            },
        )
    how = {
        "rule": f"name ({name.kind})",
        "value": name.name,
        "score": round(name.score, 3),
        "note": name.note,
        "caution": "others are called so too" if name.ambiguous else None,
    }
    return "name", name.org_id, {key: value for key, value in how.items() if value is not None}


def _mac(text: str, register: Register) -> tuple[str | None, dict[str, Any]]:
    reason = why_no_evidence(text)
    if reason:
        return None, {"rule": "MAC address", "note": reason}
    block = register.mac_blocks.lookup(text)
    if block is None:
        return None, {"rule": "MAC address", "note": "no IEEE block holds it"}
    return block.org_id or organisation_called(block.registrant, register), {
        "rule": f"IEEE block of {block.bits} bits",
        "value": block.prefix[: block.bits // 4 * 3 // 2].rstrip(":"),
        "registrant": block.registrant,
        "source": "ieee",
    }


def _grantee(match: GranteeMatch, register: Register) -> tuple[str | None, dict[str, Any]]:
    how = {
        "rule": "FCC grantee code",
        "value": match.code,
        "registrant": match.registrant,
        "source": match.source or None,
        "caution": None if match.verified else "not confirmed whose this code is",
    }
    maker = match.org_id or organisation_called(match.registrant, register)
    return maker, {key: value for key, value in how.items() if value is not None}


def _oid(text: str, register: Register) -> tuple[str | None, dict[str, Any]]:
    match = register.enterprise(text)
    if match is None:
        return None, {"rule": "SNMP enterprise number", "note": "not in the register"}
    named = match.registered_name if not match.makers and not match.caution else None
    how = {
        "rule": "SNMP enterprise number",
        "value": match.prefix,
        "means": match.means,
        "source": match.source,
        "registrant": match.registered_name,
        "brand": match.brand,
        "caution": _caution(match),
    }
    maker = match.org_id or (organisation_called(named, register) if named else None)
    return maker, {key: value for key, value in how.items() if value is not None}


def _caution(match: EnterpriseMatch) -> str | None:
    others = " or ".join(match.makers[1:])
    parts = [match.caution, f"it may be {others} as well" if others else None]
    return "; ".join(part for part in parts if part) or None


def _card(organisation: Organisation, register: Register, on: date, known_on: date | None) -> dict[str, Any]:
    relations = [
        path for path in register.relations(organisation.id, on, known_on) if path.relation != "self"
    ]
    owners = [
        path
        for path in relations
        if path.links and path.links[0].owned == organisation.id and path.relation != "parent"
    ]
    owned = [path for path in relations if path.relation == "parent"]
    return {
        "id": organisation.id,
        "name": organisation.name,
        "group": organisation.group,
        "country": organisation.country,
        "country_verified": organisation.country_verified,
        "makes": list(organisation.makes),
        "names": [
            {"text": alias.text, "kind": alias.kind, "verified": alias.verified, "until": alias.until}
            for alias in organisation.aliases
        ],
        "control": [_path(path) for path in owners[:_RELATION_LIMIT]],
        "holds": [{"id": path.target, "verified": path.verified} for path in owned[:_RELATION_LIMIT]],
        "holds_total": len(owned),
        "held_by": _shares(register.holdings.direct(organisation.id, on, known_on)),
        "shares": _shares(register.holdings.held_by(organisation.id, on, known_on)),
        "lists": [
            {
                "list": entry.list_id,
                "as": entry.name_on_list,
                "from": entry.begins,
                "to": entry.ends,
                "editions": list(entry.editions),
                "verified": entry.verified,
                "source": entry.source,
            }
            for entry in organisation.designations
        ],
        "brands": [
            {
                "brand": label.brand,
                "relation": label.relation,
                "verified": label.verified,
                "source": label.source,
            }
            for label in organisation.white_label
        ],
        "events": [
            {
                key: event.get(key)
                for key in ("date", "kind", "status", "summary", "company_response", "source", "verified")
            }
            for event in register.events(organisation.id)
        ],
        "notes": list(organisation.notes),
    }


def _shares(shares: Mapping[str, Share]) -> list[dict[str, Any]]:
    """Direct holdings of which a share is stated, the largest first."""
    stated = {org: share for org, share in shares.items() if any(link.share_pct for link in share.links)}
    return [
        {
            "id": org,
            "share": share_words(share),
            "at_least_pct": float(share.low),
            "at_most_pct": float(share.high),
            "relation": share.links[-1].relation,
            "from": share.links[-1].begins,
            "sources": list(dict.fromkeys(link.source for link in share.links if link.source)),
        }
        for org, share in sorted(stated.items(), key=lambda item: (-item[1].high, item[0]))
    ]


def _path(path: ControlPath) -> dict[str, Any]:
    return {
        "to": path.target,
        "relation": path.relation,
        "verified": path.verified,
        "links": [
            {
                "owner": link.owner,
                "owned": link.owned,
                "relation": link.relation,
                "share_pct": link.share_pct,
                "from": link.begins,
                "to": link.ends,
                "verified": link.verified,
                "source": link.source,
            }
            for link in path.links
        ],
    }
