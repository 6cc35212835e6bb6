"""What a stated manufacturer or brand says."""

from __future__ import annotations

from clearband.identify import weights
from clearband.identify.name_index import name_index
from clearband.identify.names import NameKind, NameMatch, resolve_name
from clearband.identify.observation import Channel, Evidence, Mention, Observation
from clearband.identify.spotting import spot_names
from clearband.identify.words import PRODUCT_KINDS
from clearband.register import Register

_NATS: dict[NameKind, float] = {
    "exact": weights.STATED_EXACT,
    "alias": weights.STATED_EXACT,
    "token": weights.STATED_TOKEN,
    "script": weights.STATED_SCRIPT,
    "fuzzy": weights.STATED_FUZZY,
    "inside": weights.STATED_INSIDE,
    "homophone": weights.STATED_HOMOPHONE,
    "lookalike": weights.STATED_UNKNOWN,
    "unknown": weights.STATED_UNKNOWN,
}
_RULES: dict[NameKind, str] = {
    "exact": "name of the register",
    "alias": "alias of the register",
    "token": "name with words of trade or place",
    "script": "name in another script",
    "fuzzy": "misspelt name",
    "inside": "name among other words",
    "homophone": "characters that sound like the name",
    "lookalike": "look-alike name of another organisation",
    "unknown": "name that the register does not know",
}


def observe_stated(signal: str, text: str, register: Register) -> Observation:
    """What the text of the manufacturer or brand column says.

    Args:
        signal: ``manufacturer`` or ``brand``.
    """
    match = resolve_name(text, register)
    if match is None:
        return Observation(silent="a placeholder names no maker")
    if not match.known:
        denied = tuple(
            Mention(signal, text, spot.name.entry.org_id, f"not evidence: {spot.trap}")
            for spot in spot_names(text, register)
            if spot.trap
        )
        return Observation((_evidence(signal, text, match, match.maker, nats_of(match)),), denied)
    return Observation(tuple(name_evidence(signal, text, match, nats_of(match), register)))


def nats_of(match: NameMatch) -> float:
    """Weight of a stated name."""
    if match.abbreviation:
        return weights.STATED_ABBREVIATION
    if match.ambiguous:
        return min(weights.STATED_AMBIGUOUS, _NATS[match.kind])
    return _NATS[match.kind]


def name_evidence(
    signal: str, text: str, match: NameMatch, nats: float, register: Register
) -> list[Evidence]:
    """Evidence for the organisation a name means, and for those it may be short for.

    The second kind counts only beside another signal: "Alcatel-Lucent" alone is Nokia's, with an OmniSwitch
    model it was short for Alcatel-Lucent Enterprise.
    """
    found = [_evidence(signal, text, match, match.maker, nats)]
    found += [_short_for(signal, text, match, other) for other in match.others]
    longer = name_index(register).starting_with(match.words)
    found += [
        _short_for(signal, text, match, other)
        for other in sorted(longer - {match.maker, *match.others})
        if register.organisations[other].group != "affiliate"
    ]
    return found


def _evidence(signal: str, text: str, match: NameMatch, maker: str, nats: float) -> Evidence:
    named = f"{_RULES[match.kind]}: {match.name}" if match.known else _RULES[match.kind]
    return Evidence(
        signal=signal,
        value=text,
        rule=named,
        maker=maker,
        weight=nats,
        source=match.source or ("register" if match.known else "stated"),
        note=match.note,
        channel=Channel.WORDS,
        known=match.known,
        name=match.name if match.known else text.strip(),
        brand=match.name if match.alias_kind in PRODUCT_KINDS or _is_brand(match) else None,
    )


def _is_brand(match: NameMatch) -> bool:
    return "brand" in match.alias_kind and match.maker.split("-")[0] not in match.name.casefold().replace(
        " ", ""
    )


def _short_for(signal: str, text: str, match: NameMatch, other: str) -> Evidence:
    return Evidence(
        signal=signal,
        value=text,
        rule=f"{match.name} may be short for another organisation",
        maker=other,
        weight=weights.SHORT_FOR,
        source=match.source or "register",
        note="counts only beside another signal",
        channel=Channel.WORDS,
        conditional=True,
    )
