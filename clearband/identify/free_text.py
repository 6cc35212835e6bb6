"""What running text says of the maker: descriptions, and what a device says of itself (sysDescr, banners)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from clearband.identify import weights
from clearband.identify.families import FamilyHit
from clearband.identify.fingerprints import LONGEST, FingerprintHit
from clearband.identify.long_texts import reads_head
from clearband.identify.model_text import (
    UNVERIFIED,
    family_evidence,
    most_for_names,
    names_several,
    note_spot,
)
from clearband.identify.observation import Channel, Evidence, Notebook, Observation
from clearband.identify.spotting import Spot, spot_names
from clearband.register import Register

_MODEL_LIKE = 60
"""A text of at most this many characters may be a bare model number."""
_LISTED = frozenset({"covered", "affiliate", "listed"})
_STRONG = frozenset({"distinctive", "usual"})
_READ = " 0 "
"""Stands for what a rule has read; no name begins with it."""
_READ_OTHERWISE = "the name is inside words that a rule reads otherwise"
_REALM = re.compile(r'realm="([^"]*)"', re.IGNORECASE)


def model_like_part(text: str) -> str:
    """The part of a self-description that may be a model number: a login's realm, or a short first line."""
    realm = _REALM.search(text)
    first = realm.group(1) if realm else text.strip().partition("\n")[0].strip()
    return first if len(first) <= _MODEL_LIKE else ""


def observe_description(text: str, register: Register) -> Observation:
    """What a description says: weaker than a model, for it often speaks of other equipment."""
    return reads_head(lambda read: _description(read, register), text)


def _description(text: str, register: Register) -> Observation:
    notebook = Notebook("description", text)
    spots = spot_names(text, register)
    several = names_several(spots)
    most = most_for_names(text, spots, weights.DESCRIPTION_INSIDE) if spots else 0.0
    for spot in spots:
        nats = weights.DESCRIPTION_STARTS if spot.start == 0 else weights.DESCRIPTION_INSIDE
        note_spot(notebook, spot, min(nats, most), Channel.WORDS, alternative=several)
    return notebook.observation()


def observe_self_description(
    signal: str,
    text: str,
    prints: Sequence[FingerprintHit],
    hits: Iterable[FamilyHit],
    register: Register,
    *,
    names: bool = True,
) -> Observation:
    """What a device says of itself.

    Args:
        signal: ``sys_descr``, ``banners``, ``firmware`` or ``ent_physical_text``.
        prints: Rules that the text meets. The stretches that they read are not searched for names again: a
            rule knows what they mean ("Linux huawei-7 4.9" has a host's name in it).
        hits: Model schemes that the text meets, when it is short enough to be a model number.
        names: Whether names in the text are evidence.
    """
    text = text[:LONGEST]
    shown = text if len(text) <= 200 else text[:197] + "…"
    notebook = Notebook(signal, shown)
    spots = spot_names(text, register) if names else []
    told = _told(prints, spots, register)
    for hit in prints:
        if hit.rule.maker is not None:
            notebook.evidence.append(_of_rule(notebook, hit, sure=hit.rule.maker in told))
    software = [hit.rule.product or hit.rule.id for hit in prints if hit.rule.maker is None]
    if software:
        notebook.silent = f"{', '.join(software)}: software that says nothing of the box"
    if spots:
        _note_names(notebook, text, spots, prints, told, register)
    distinctive = [
        hit
        for hit in hits
        if hit.family.distinctive
        # A rule knows more than a scheme that other makers' numbers also meet; what a list names is kept.
        and (not told or hit.org_id in told or _is_listed(hit.org_id, register))
    ]
    notebook.evidence += family_evidence(signal, shown, distinctive, Channel.AGENT, weights.SELF_FAMILY)
    return notebook.observation()


def _told(prints: Sequence[FingerprintHit], spots: Sequence[Spot], register: Register) -> frozenset[str]:
    """The makers that rules tell: of several, those whose name is in the text, and those that a list names.

    The rules of the others met a number or a word that is also somebody else's: "ASUS DSL-N55U".
    """
    makers = {hit.rule.maker for hit in prints if hit.rule.maker and hit.rule.strength in _STRONG}
    named = makers & {spot.name.entry.org_id for spot in spots if not spot.trap}
    return frozenset(maker for maker in makers if not named or maker in named or _is_listed(maker, register))


def _note_names(
    notebook: Notebook,
    text: str,
    spots: Sequence[Spot],
    prints: Sequence[FingerprintHit],
    told: frozenset[str],
    register: Register,
) -> None:
    """Names outside what rules have read are evidence; those inside it are mentions.

    Beside a maker that a rule tells, another's name within the text is a part's or a friend's, unless a list
    names it: then it stays evidence, and contradicts.
    """
    left = text
    for words in sorted((hit.words for hit in prints if hit.rule.strength != "weak"), key=len, reverse=True):
        left = left.replace(words, _READ)
    free = spots if left == text else spot_names(left, register)
    noted = {spot.name.entry.org_id for spot in free} | {hit.rule.maker for hit in prints}
    read = [spot for spot in spots if spot.name.entry.org_id not in noted]
    for spot in [*free, *(replace(spot, trap=spot.trap or _READ_OTHERWISE) for spot in read)]:
        org_id, trap = spot.name.entry.org_id, spot.trap
        if trap in ("", _READ_OTHERWISE) and _sells_software(spot, register):
            trap = "its software and parts are in other makers' devices"
        elif told and org_id not in told and spot.start and not _is_listed(org_id, register):
            trap = trap or "a rule tells another maker of the text"
        nats = weights.SELF_STARTS if spot.start == 0 else weights.SELF_INSIDE
        note_spot(notebook, replace(spot, trap=trap), nats, Channel.AGENT)


def _is_listed(org_id: str, register: Register) -> bool:
    """Whether a list names the organisation, or it belongs to one of those."""
    return register.organisations[org_id].group in _LISTED


def _sells_software(spot: Spot, register: Register) -> bool:
    """Whether the maker's systems or chips are in anybody's devices (Microsoft-IIS, Intel)."""
    return "general-software" in register.organisations[spot.name.entry.org_id].makes


def _of_rule(notebook: Notebook, hit: FingerprintHit, *, sure: bool) -> Evidence:
    rule = hit.rule
    assert rule.maker is not None
    told = ", ".join(f"{what} {text}" for what, text in hit.parts)
    doubt = (
        "" if sure or rule.strength not in _STRONG else "the text names another maker, whose rules it meets"
    )
    return Evidence(
        signal=notebook.signal,
        value=notebook.value,
        rule=f"fingerprint {rule.id}{f': {rule.product}' if rule.product else ''}",
        maker=rule.maker,
        weight=weights.FINGERPRINT["weak" if doubt else rule.strength],
        source=rule.source or UNVERIFIED,
        note="; ".join(part for part in (told, rule.note, doubt) if part),
        channel=Channel.AGENT,
        brand=rule.brand,
        category=rule.category,
    )
