"""What a stated manufacturer or brand says."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from clearband.identify import weights
from clearband.identify.carriers import carriers_as_labels
from clearband.identify.long_texts import CUT_PARTS, reads_head, with_note
from clearband.identify.name_index import name_index
from clearband.identify.names import NameKind, NameMatch, resolve_name
from clearband.identify.observation import Channel, Evidence, Mention, Observation
from clearband.identify.stated_names import NamedMaker, StatedNames, hidden_names_in, is_doubtful, names_in
from clearband.identify.words import PRODUCT_KINDS, WORTH_TELLING
from clearband.register import Register

_NATS: dict[NameKind, float] = {
    "exact": weights.STATED_EXACT,
    "alias": weights.STATED_EXACT,
    "token": weights.STATED_TOKEN,
    "script": weights.STATED_SCRIPT,
    "fuzzy": weights.STATED_FUZZY,
    "inside": weights.STATED_INSIDE,
    "several": weights.STATED_SEVERAL,
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
    "several": "one of several makers named",
    "homophone": "characters that sound like the name",
    "lookalike": "look-alike name of another organisation",
    "unknown": "name that the register does not know",
}


def observe_stated(signal: str, text: str, register: Register) -> Observation:
    """What the text of the manufacturer or brand column says.

    A text that names makers of the register among words that are not understood, or denies one, never becomes
    the name of an unknown company.

    Args:
        signal: ``manufacturer`` or ``brand``.
    """
    observation = reads_head(partial(_read, signal, register), text)
    return carriers_as_labels(observation, register)


def _read(signal: str, register: Register, text: str) -> Observation:
    match = resolve_name(text, register)
    if match is None:
        return Observation(silent="a placeholder names no maker")
    if match.kind in ("exact", "alias", "lookalike"):
        return Observation(tuple(_stated(signal, text, match, register)))
    named = names_in(text, register)
    observation = _read_further(signal, text, match, named, register)
    return with_note(observation, CUT_PARTS) if named.cut else observation


def _read_further(
    signal: str, text: str, match: NameMatch, named: StatedNames, register: Register
) -> Observation:
    """What a text says that is not plainly one name."""
    denied = _denied(signal, text, named)
    if match.kind == "several":
        return Observation(_alternatives(signal, text, named), denied)
    if match.known:
        evidence = _stated(signal, text, match, register)
        if match.kind == "inside" and named.rest and named.alternatives:
            evidence = [_doubted(piece, f"beside {named.rest}") for piece in evidence]
        elif match.kind == "inside" and named.understood and not denied and not is_doubtful(text):
            evidence = name_evidence(signal, text, match, weights.STATED_TOKEN, register)
        return Observation(tuple(evidence), denied)
    if named.named:
        return _among_words(signal, text, named, denied, register)
    if named.denied:
        return _beside_denied(signal, text, named, denied, register)
    return Observation(tuple(_stated(signal, text, match, register)), _hidden(signal, text, register))


def _stated(signal: str, text: str, match: NameMatch, register: Register) -> list[Evidence]:
    """Evidence of a text that is read as one name."""
    nats = nats_of(match)
    if match.known:
        evidence = name_evidence(signal, text, match, nats, register)
    else:
        evidence = [_evidence(signal, text, match, match.maker, nats)]
    return (
        [_doubted(piece, "whoever wrote it was not sure") for piece in evidence]
        if is_doubtful(text)
        else evidence
    )


def _doubted(piece: Evidence, why: str) -> Evidence:
    note = f"{piece.note}; {why}" if piece.note else why
    return replace(piece, weight=min(piece.weight, weights.STATED_DOUBTFUL), note=note)


def _alternatives(signal: str, text: str, named: StatedNames) -> tuple[Evidence, ...]:
    """Evidence for each of several makers; whichever wins, those of other houses contradict it."""
    nats = weights.STATED_DOUBTFUL if is_doubtful(text) and not named.alternatives else weights.STATED_SEVERAL
    return tuple(
        Evidence(
            signal=signal,
            value=text,
            rule=f"one of several makers named: {one.name}",
            maker=one.maker,
            weight=weights.STATED_ABBREVIATION if one.weak else nats,
            source=one.source,
            note="the text names several makers",
            channel=Channel.WORDS,
            name=one.name,
            alternative=True,
        )
        for one in named.named
    )


def _among_words(
    signal: str, text: str, named: StatedNames, denied: tuple[Mention, ...], register: Register
) -> Observation:
    """One maker of the register behind or among words that are not understood: "Acme Huawei"."""
    one = named.named[0]
    rule, nats, note = _among(one, named, doubtful=is_doubtful(text))
    evidence = Evidence(
        signal=signal,
        value=text,
        rule=f"{rule}: {one.name}",
        maker=one.maker,
        weight=nats,
        source=one.source,
        note=note,
        channel=Channel.WORDS,
        name=one.name,
        brand=named.rest,
    )
    if named.understood:
        return Observation((evidence,), denied)
    return Observation((evidence,), (Mention(signal, text, one.maker, f"only a {rule}"), *denied))


def _among(one: NamedMaker, named: StatedNames, *, doubtful: bool) -> tuple[str, float, str]:
    """Rule, weight and note of a single name with other words before it."""
    if one.weak:
        return "short or misspelt name among other words", weights.STATED_ABBREVIATION, ""
    if not named.understood:
        why = "the words around it may make it another company"
        return "name among words that are not understood", weights.STATED_AMONG, why
    if doubtful:
        return "name with words of doubt", weights.STATED_DOUBTFUL, "whoever wrote it was not sure"
    return "name beside words that only comment on it", weights.STATED_INSIDE, ""


def _beside_denied(
    signal: str, text: str, named: StatedNames, denied: tuple[Mention, ...], register: Register
) -> Observation:
    """What is left of a text when the names that it denies are taken away: "Panduit (Cisco compatible)"."""
    match = resolve_name(named.rest, register) if named.rest else None
    if match is None:
        return Observation((), denied, silent="the text only says who did not make it")
    return Observation((_evidence(signal, text, match, match.maker, nats_of(match)),), denied)


def _denied(signal: str, text: str, named: StatedNames) -> tuple[Mention, ...]:
    return tuple(Mention(signal, text, maker, f"not evidence: {why}") for maker, why in named.denied)


def _hidden(signal: str, text: str, register: Register) -> tuple[Mention, ...]:
    why = "the text may mean it: an ordinary word, an abbreviation or the start of a word; confirm it"
    return tuple(
        Mention(signal, text, maker, why)
        for maker in hidden_names_in(text, register)
        if register.organisations[maker].group in WORTH_TELLING
    )


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
        name=text.strip() if match.kind == "lookalike" else match.name,
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
