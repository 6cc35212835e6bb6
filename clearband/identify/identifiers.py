"""What registered numbers say: SNMP enterprise number, FCC grantee code, CPE vendor."""

from __future__ import annotations

import re

from clearband.identify import weights
from clearband.identify.folding import fold_words, slug
from clearband.identify.name_forms import without_legal_form
from clearband.identify.names import resolve_name
from clearband.identify.observation import NOTHING, Channel, Evidence, Observation
from clearband.register import Register

_SECOND_CUE = re.compile(
    r"\b(never|need|needs|second cue|only together|accept|not proof|look at|also claimed|nothing|when )",
    re.IGNORECASE,
)
"""Cautions of the facts that ask for another signal; the rest explain."""


def observe_enterprise(oid: str, register: Register) -> Observation:
    """What a sysObjectID says, with the traps of the facts."""
    match = register.enterprise(oid)
    if match is None:
        return Observation(silent="the register does not know this enterprise number")
    caution = match.caution or ""
    if match.org_id is not None:
        nats = weights.ENTERPRISE_CAUTION if _SECOND_CUE.search(caution) else weights.ENTERPRISE
        return _one(
            "sys_object_id", oid, f"{match.prefix}: {match.means}", match.org_id, nats, match.source, caution
        )
    if match.registered_name and not caution:
        return _unknown_registrant(oid, match.prefix, match.registered_name, match.source)
    return Observation(silent=f"{match.prefix} says nothing of the maker: {caution or match.means}")


def _unknown_registrant(oid: str, prefix: str, name: str, source: str) -> Observation:
    return Observation(
        (
            Evidence(
                signal="sys_object_id",
                value=oid,
                rule=f"{prefix}: enterprise number registered to {name}",
                maker=slug(without_legal_form(fold_words(name))),
                weight=weights.ENTERPRISE_UNKNOWN,
                source=source,
                note="",
                channel=Channel.AGENT,
                known=False,
                name=name,
            ),
        )
    )


def observe_fcc_id(fcc_id: str, register: Register) -> Observation:
    """What the grantee code of an FCC ID says (47 CFR 2.926)."""
    match = register.fcc_grantee(fcc_id)
    if match is None:
        return Observation(silent="the register does not know this grantee code")
    return _one(
        "fcc_id",
        fcc_id,
        f"grantee code {match.code}: {match.registrant}",
        match.org_id,
        weights.GRANTEE,
        match.source,
        "",
        Channel.GRANT,
    )


def observe_cpe(cpe: str, register: Register) -> Observation:
    """What the vendor of a CPE 2.3 or 2.2 name says; names of applications are no evidence for hardware."""
    parts = cpe.removeprefix("cpe:2.3:").removeprefix("cpe:/").split(":")
    if len(parts) < 2 or parts[0] not in ("h", "o"):
        return NOTHING
    match = resolve_name(parts[1].replace("\\", "").replace("_", " "), register)
    if match is None or not match.known or match.abbreviation:
        return NOTHING
    return _one(
        "cpe",
        cpe,
        f"CPE vendor: {parts[1]}",
        match.maker,
        weights.CPE_VENDOR,
        match.source or "register",
        match.note,
        Channel.CATALOGUE,
    )


def observe_chassis(mfg: str, register: Register) -> Observation:
    """What ``entPhysicalMfgName`` of the chassis row says (RFC 6933)."""
    match = resolve_name(mfg, register)
    if match is None or match.abbreviation:
        return NOTHING
    if not match.known:
        return NOTHING
    nats = weights.ENTITY_MFG if match.kind in ("exact", "alias", "token") else weights.SELF_INSIDE
    return _one(
        "ent_physical",
        mfg,
        f"maker of the chassis: {match.name}",
        match.maker,
        nats,
        match.source or "register",
        match.note,
    )


def _one(
    signal: str,
    value: str,
    rule: str,
    maker: str,
    nats: float,
    source: str,
    note: str,
    channel: Channel = Channel.AGENT,
) -> Observation:
    return Observation(
        (
            Evidence(
                signal=signal,
                value=value,
                rule=rule,
                maker=maker,
                weight=nats,
                source=source or "register",
                note=note,
                channel=channel,
            ),
        )
    )
