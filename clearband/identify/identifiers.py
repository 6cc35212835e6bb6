"""What registered numbers say: SNMP enterprise number, FCC grantee code, CPE vendor."""

from __future__ import annotations

from dataclasses import replace

from clearband.identify import weights
from clearband.identify.component_makers import component_trade
from clearband.identify.folding import fold_words
from clearband.identify.names import resolve_name
from clearband.identify.observation import NOTHING, Channel, Evidence, Mention, Observation
from clearband.identify.registrants import organisation_called
from clearband.identify.strangers import stranger_id
from clearband.register import Register
from clearband.register.fcc_ids import GranteeMatch, read_fcc_ids
from clearband.register.identifiers import EnterpriseMatch


def observe_enterprise(oid: str, register: Register) -> Observation:
    """What a sysObjectID says, with the traps of the facts."""
    match = register.enterprise(oid)
    if match is None:
        return Observation(silent="the register does not know this enterprise number")
    if match.makers:
        nats = weights.ENTERPRISE_CAUTION if match.second_cue else weights.ENTERPRISE
        if match.seldom:
            below = oid.strip(" .").removeprefix(match.prefix).strip(".")
            product = "." in below  # a product's number; the bare arc is the registrant's only
            nats = weights.ENTERPRISE_MOSTLY if product else weights.ENTERPRISE_CAUTION
        told = [_by_number(oid, match, maker, nats) for maker in match.makers]
        told += [_by_number(oid, match, maker, weights.ENTERPRISE_CAUTION) for maker in match.seldom]
        return Observation(tuple(told))
    if match.registered_name is None or match.caution:
        return Observation(silent=f"{match.prefix} says nothing of the maker: {match.means}")
    maker = organisation_called(match.registered_name, register)
    if maker is not None:
        return Observation((_by_number(oid, match, maker, weights.ENTERPRISE),))
    stranger = stranger_id(fold_words(match.registered_name), register)
    piece = _by_number(oid, match, stranger, weights.ENTERPRISE_UNKNOWN)
    return Observation((replace(piece, known=False, name=match.registered_name),))


def _by_number(oid: str, match: EnterpriseMatch, maker: str, nats: float) -> Evidence:
    return Evidence(
        signal="sys_object_id",
        value=oid,
        rule=f"{match.prefix}: {match.means}",
        maker=maker,
        weight=nats,
        source=match.source or "register",
        note=match.caution or "",
        channel=Channel.AGENT,
        brand=match.brand,
    )


def observe_fcc_id(text: str, register: Register) -> Observation:
    """What the grantee codes of FCC IDs say (47 CFR 2.926); an ID that a device contains is its module's."""
    evidence, mentions = [], []
    for found in read_fcc_ids(text):
        match = register.grantee(found.code)
        if match is None:
            continue
        maker = match.org_id or organisation_called(match.registrant, register)
        piece = _by_grantee(text, match, maker, register)
        if found.inside:
            mentions.append(Mention("fcc_id", text, piece.maker, "a module inside the device"))
        else:
            evidence.append(piece)
    if evidence or mentions:
        return Observation(tuple(evidence), tuple(mentions))
    return Observation(silent="the register does not know this grantee code")


def _by_grantee(text: str, match: GranteeMatch, maker: str | None, register: Register) -> Evidence:
    trade = component_trade(maker, match.registrant)
    if trade:
        nats, note = weights.GRANTEE_COMPONENT, f"{trade}: often inside another maker's device"
    elif match.verified:
        nats, note = weights.GRANTEE, ""
    else:
        nats, note = weights.GRANTEE_UNCONFIRMED, "not confirmed whose this code is"
    return Evidence(
        signal="fcc_id",
        value=text,
        rule=f"grantee code {match.code}: {match.registrant}",
        maker=maker or stranger_id(fold_words(match.registrant), register),
        weight=nats,
        source=match.source or "general knowledge",
        note=note,
        channel=Channel.GRANT,
        known=maker is not None,
        name=None if maker else match.registrant,
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
