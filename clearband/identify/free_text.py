"""What running text says of the maker: descriptions, and what a device says of itself (sysDescr, banners)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from clearband.identify import weights
from clearband.identify.families import FamilyHit
from clearband.identify.long_texts import reads_head
from clearband.identify.model_text import family_evidence, most_for_names, names_several, note_spot
from clearband.identify.observation import Channel, Evidence, Notebook, Observation
from clearband.identify.spotting import spot_names
from clearband.model.organisation import Banner
from clearband.register import Register

_LONGEST = 4000
"""Characters of a text that are read; a command's output can be endless."""
_MODEL_LIKE = 60
"""A text of at most this many characters may be a bare model number."""
_REALM = re.compile(r'realm="([^"]*)"', re.IGNORECASE)
SYS_DESCR = "snmp-sysdescr"

_PROTOCOLS = {
    "snmp-sysdescr": (SYS_DESCR, "snmp"),
    "http": ("http",),
    "http-server": ("http-server",),
    "http-realm": ("http-www-authenticate", "http-isapi"),
    "http-body": ("http",),
    "http-path": ("http",),
    "tls-subject": ("x509",),
    "rtsp-realm": ("rtsp",),
    "rtsp-server": ("rtsp",),
    "telnet": ("telnet",),
    "firmware": ("firmware",),
}
"""Kinds of banner facts to the starts of protocol names in the equipment table. Serial numbers are left out:
their patterns (two letters) are too short without the label beside them."""


@dataclass(frozen=True, slots=True)
class BannerRule:
    """A banner fact, ready to match."""

    org_id: str
    banner: Banner
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def banner_rules(register: Register) -> tuple[BannerRule, ...]:
    """All banner facts of a register."""
    return tuple(
        BannerRule(organisation.id, banner, re.compile(banner.pattern))
        for organisation in register.organisations.values()
        for banner in organisation.banners
        if banner.kind in _PROTOCOLS
    )


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
    signal: str, protocol: str, text: str, hits: Iterable[FamilyHit], register: Register
) -> Observation:
    """What a device says of itself.

    Args:
        signal: ``sys_descr``, ``banners`` or ``firmware``.
        protocol: ``snmp-sysdescr``, or the banner's protocol.
        hits: Model schemes that the text meets, when it is short enough to be a model number.
    """
    text = text[:_LONGEST]
    shown = text if len(text) <= 200 else text[:197] + "…"
    notebook = Notebook(signal, shown)
    for rule in banner_rules(register):
        if protocol.startswith(_PROTOCOLS[rule.banner.kind]) and rule.pattern.search(text):
            notebook.evidence.append(_pattern_evidence(notebook, rule))
    if signal != "firmware":
        for spot in spot_names(text, register):
            note_spot(
                notebook, spot, weights.SELF_STARTS if spot.start == 0 else weights.SELF_INSIDE, Channel.AGENT
            )
        distinctive = [hit for hit in hits if hit.family.distinctive]
        notebook.evidence += family_evidence(signal, shown, distinctive, Channel.AGENT, weights.SELF_FAMILY)
    return notebook.observation()


def _pattern_evidence(notebook: Notebook, rule: BannerRule) -> Evidence:
    caution = rule.banner.caution or ""
    return Evidence(
        signal=notebook.signal,
        value=notebook.value,
        rule=f"banner pattern: {rule.banner.pattern}",
        maker=rule.org_id,
        weight=weights.BANNER_COMPONENT if caution else weights.BANNER_PATTERN,
        source=rule.banner.source or "unverified",
        note=caution,
        channel=Channel.AGENT,
    )
