"""From what the signals say to a verdict: independent evidence adds up, dependent evidence counts once.

For each house (an organisation with those it controls) the support is the sum, over the channels, of the
strongest claim in the channel. With the prior it becomes log-odds; the confidence is its share among all
houses and "somebody else":

    P(h) = exp(PRIOR + support(h)) / (1 + sum over houses k of exp(PRIOR + support(k)))

which is the logistic function when only one house has support. A strong signal for another house therefore
always lowers the confidence; two equally strong ones leave both below the threshold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clearband.identify import weights
from clearband.identify.categories import agrees
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel, Claim, Evidence
from clearband.identify.sales_companies import as_hardware_makers
from clearband.identify.words import WORTH_TELLING
from clearband.model.evidence import MakerStatus
from clearband.register import Register

_STATED = ("manufacturer", "brand")
_WRITTEN = (*_STATED, "model", "part_number")


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one set of claims.

    Attributes:
        maker: Register id or slug; None when unidentified.
        confidence: Of the verdict; of the most likely maker when unidentified.
        runner_up: Next likely maker; the most likely one when unidentified.
        category_sure: Whether the category follows from a scheme that one maker alone has.
        extra: Evidence that arises only from the combination (white-label brands, the stated kind).
    """

    maker: str | None
    maker_name: str | None
    status: MakerStatus
    brand: str | None
    category: str | None
    confidence: float
    runner_up: str | None
    runner_up_confidence: float | None
    contradiction: bool
    category_sure: bool = False
    rivals: tuple[str, ...] = ()
    white_label_of: tuple[str, ...] = ()
    extra: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _House:
    """Claims for one organisation and those of its house."""

    head: str
    claims: list[Claim] = field(default_factory=list)
    hints: float = 0.0

    def support(self, without: Channel | None = None) -> float:
        strongest: dict[Channel, float] = {}
        for claim in self.claims:
            if claim.channel is not without:
                strongest[claim.channel] = max(strongest.get(claim.channel, 0.0), claim.weight)
        return math.fsum(strongest.values())

    def log_odds(self) -> float:
        return min(weights.CEILING, weights.PRIOR + self.support() + self.hints)


def combine(
    claims: Iterable[Claim], kinship: Kinship, register: Register, *, kind: str | None = None
) -> Decision:
    """Weigh all claims about one record.

    Args:
        claims: Of all its signals; the order does not matter.
        kind: Category that the inventory states.
    """
    made = as_hardware_makers(claims, register)
    houses = _houses(_as_contract_makers(_as_brands(_as_one_house(made, kinship))), kinship)
    extra, white_label_of, label = _white_labels(houses, kinship)
    extra += _agreeing_kinds(houses, kind)
    if not houses:
        return Decision(
            None, None, MakerStatus.UNIDENTIFIED, None, None, 0.0, None, None, contradiction=False
        )
    shares = _shares(houses)
    ranked = sorted(
        houses, key=lambda head: (-shares[head], not _is_restricted(houses[head], register), head)
    )
    best = houses[ranked[0]]
    maker = _member(best, kinship)
    known = maker in register.organisations
    written = None if known else _restricted_in_words(houses, ranked, register)
    likely = written or best
    rivals = tuple(
        _member(houses[head], kinship)
        for head in ranked
        if head != likely.head
        and not _sells_for(houses[head], likely, kinship)
        and (_is_rival(houses[head], likely, register) or (written and head == best.head))
    )
    least = weights.THRESHOLD if known or rivals else weights.THRESHOLD_NAMED
    confidence = round(shares[likely.head], 4)
    if confidence < least or written or _is_open(best, houses, register):
        runner_up = _member(likely, kinship)
        return Decision(
            None,
            None,
            MakerStatus.UNIDENTIFIED,
            None,
            _category(likely),
            confidence,
            runner_up,
            confidence,
            contradiction=bool(rivals),
            rivals=(runner_up, *rivals),
            white_label_of=white_label_of,
            extra=extra,
        )
    second = ranked[1] if len(ranked) > 1 else None
    return Decision(
        maker,
        register.organisations[maker].name if known else _stated_name(best, maker),
        MakerStatus.IDENTIFIED if known else MakerStatus.NAMED,
        label or _brand(best, maker, houses),
        _category(best),
        confidence,
        _member(houses[second], kinship) if second else None,
        round(shares[second], 4) if second else None,
        contradiction=bool(rivals),
        category_sure=not rivals and _is_category_sure(best),
        rivals=rivals,
        white_label_of=white_label_of,
        extra=extra,
    )


def _as_brands(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """An unknown stated name is a label when the model text begins with a known maker's name.

    "T-Mobile | Huawei B618s-22d": carriers and resellers stand in the maker's column.
    """
    if not any(
        claim.known and claim.signal == "model" and claim.weight == weights.MODEL_STARTS for claim in claims
    ):
        return claims
    return tuple(
        replace(claim, weight=weights.UNKNOWN_AS_BRAND)
        if claim.signal in _STATED and not claim.known and not claim.conditional
        else claim
        for claim in claims
    )


def _as_one_house(claims: tuple[Claim, ...], kinship: Kinship) -> tuple[Claim, ...]:
    """Several makers that one text names are one answer when they are of one house: "Aruba (HPE)"."""
    named: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.alternative:
            named.setdefault(claim.signal, []).append(claim)
    for several in named.values():
        if all(kinship.are_akin(several[0].maker, claim.maker) for claim in several):
            one = {
                claim: replace(claim, weight=_weight_of_one(claim), alternative=False) for claim in several
            }
            claims = tuple(one.get(claim, claim) for claim in claims)
    return claims


def _weight_of_one(claim: Claim) -> float:
    return weights.STATED_TOKEN if claim.weight == weights.STATED_SEVERAL else claim.weight


def _as_contract_makers(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """An unknown registrant is a contract maker rather than a rival when a maker's name is written."""
    if not any(claim.channel is Channel.WORDS and claim.weight >= weights.WRITTEN for claim in claims):
        return claims
    return tuple(
        replace(claim, weight=min(claim.weight, weights.UNKNOWN_REGISTRANT_BESIDE))
        if claim.channel is Channel.ADDRESS and not claim.known
        else claim
        for claim in claims
    )


def _houses(claims: tuple[Claim, ...], kinship: Kinship) -> dict[str, _House]:
    """The claims by house: makers that are of one group on the day are one, whichever of them is named."""
    plain = [claim for claim in claims if claim.known and not claim.conditional]
    heads = _heads(sorted({claim.maker for claim in plain}), kinship)
    houses: dict[str, _House] = {}
    for claim in plain:
        head = heads[claim.maker]
        houses.setdefault(head, _House(head)).claims.append(claim)
    for claim in sorted((c for c in claims if not c.known), key=lambda c: (len(c.maker), c.maker)):
        head = _house_of_unknown(claim.maker, houses)
        houses.setdefault(head, _House(head)).claims.append(claim)
    for claim in claims:
        if claim.conditional:
            house = _house_of(claim.maker, houses, kinship)
            if house is not None:
                house.claims.append(claim)
    return houses


def _heads(makers: list[str], kinship: Kinship) -> dict[str, str]:
    """For each maker the first one of its house, among those spoken for.

    Args:
        makers: Register ids, sorted.
    """
    heads: dict[str, str] = {}
    for maker in makers:
        akin = {heads[other] for other in heads if kinship.are_akin(maker, other)}
        head = min(akin, default=maker)
        heads[maker] = head
        heads.update({other: head for other, held in heads.items() if held in akin})
    return heads


def _house_of(maker: str, houses: dict[str, _House], kinship: Kinship) -> _House | None:
    """The house that a maker of the register belongs to, if any of it is spoken for."""
    akin = (
        house
        for _, house in sorted(houses.items())
        if any(claim.known and kinship.are_akin(maker, claim.maker) for claim in house.claims)
    )
    return next(akin, None)


def _house_of_unknown(maker: str, houses: dict[str, _House]) -> str:
    """The house whose name starts with the same words (``hanwha`` and ``hanwha-vision``), else its own."""
    akin = [
        (house.support(), head)
        for head, house in houses.items()
        if any(_same_start(maker, claim.maker) for claim in house.claims)
    ]
    return max(akin)[1] if akin else maker


def _same_start(one: str, other: str) -> bool:
    return one == other or other.startswith(f"{one}-") or one.startswith(f"{other}-")


def _white_labels(
    houses: dict[str, _House], kinship: Kinship
) -> tuple[tuple[Evidence, ...], tuple[str, ...], str | None]:
    """Raise those who make a brand's hardware; once it is proved, the brand is no maker."""
    extra: list[Evidence] = []
    makers: list[str] = []
    label = None
    for house in list(houses.values()):
        stated = next((claim for claim in house.claims if claim.signal in _STATED), None)
        if stated is None:
            continue
        for hardware in kinship.hardware_makers(stated.maker):
            other = _house_of(hardware.maker, houses, kinship) or _House(hardware.maker)
            if other is house or kinship.are_akin(hardware.maker, stated.maker):
                continue
            makers.append(hardware.maker)
            if other.support(without=Channel.WORDS) >= weights.WHITE_LABEL_PROOF:
                label = stated.name
                house.claims = [claim for claim in house.claims if claim.channel is not Channel.WORDS]
            nats = weights.WHITE_LABEL if hardware.sure else weights.WHITE_LABEL_RUMOUR
            other.hints = max(other.hints, nats)
            if not other.claims:
                other.claims.append(_hint_claim(hardware.maker))
            houses[other.head] = other
            extra.append(_hint_evidence(stated, hardware.maker, nats, hardware.relation, hardware.source))
    for head in [head for head, house in houses.items() if not house.claims]:
        del houses[head]
    return tuple(extra), tuple(dict.fromkeys(makers)), label


def _hint_claim(maker: str) -> Claim:
    return Claim(
        maker,
        Channel.WORDS,
        0.0,
        known=True,
        name=None,
        brand=None,
        category=None,
        conditional=False,
        signal="brand",
    )


def _hint_evidence(stated: Claim, maker: str, nats: float, relation: str, source: str) -> Evidence:
    return Evidence(
        signal=stated.signal,
        value=stated.name or stated.maker,
        rule="brand that sells other makers' hardware",
        maker=maker,
        weight=nats,
        source=source,
        note=relation,
        channel=Channel.WORDS,
    )


def _agreeing_kinds(houses: dict[str, _House], kind: str | None) -> tuple[Evidence, ...]:
    """The stated kind of equipment speaks a little for a maker whose weak scheme is of that kind."""
    if kind is None:
        return ()
    extra = []
    for house in houses.values():
        weak = [
            claim
            for claim in house.claims
            if claim.channel is Channel.NUMBER
            and claim.weight <= weights.FAMILY_WEAK
            and claim.category
            and agrees(kind, claim.category)
        ]
        if weak:
            house.hints += weights.CATEGORY_AGREES
            extra.append(_kind_evidence(kind, weak[0]))
    return tuple(extra)


def _kind_evidence(kind: str, claim: Claim) -> Evidence:
    return Evidence(
        signal="category",
        value=kind,
        rule="the stated kind is that of the model scheme",
        maker=claim.maker,
        weight=weights.CATEGORY_AGREES,
        source="stated",
        note="",
        channel=Channel.NUMBER,
    )


def _shares(houses: dict[str, _House]) -> dict[str, float]:
    odds = {head: math.exp(house.log_odds()) for head, house in houses.items()}
    total = 1.0 + math.fsum(odds.values())
    return {head: value / total for head, value in odds.items()}


def _member(house: _House, kinship: Kinship) -> str:
    """The member of the house that is the maker.

    A maker that somebody stated goes before what addresses and numbers say of its group, and a part before
    the company over it (EZVIZ before Hikvision); among the rest, the one for whom most speaks. One that the
    register knows goes before a mere name.
    """
    sums: dict[str, dict[Channel, float]] = {}
    known = {claim.maker for claim in house.claims if claim.known}
    words = {claim.maker for claim in house.claims if claim.channel is Channel.WORDS}
    for claim in house.claims:
        own = sums.setdefault(claim.maker, {})
        own[claim.channel] = max(own.get(claim.channel, 0.0), claim.weight)
    stated = {
        claim.maker
        for claim in house.claims
        if claim.known
        and not claim.conditional
        and claim.signal in _STATED
        and claim.weight >= weights.WRITTEN
    }
    wholes = {one for one in stated for other in stated if one != other and kinship.controls(one, other)}
    return min(
        sums,
        key=lambda maker: (
            maker not in stated - wholes,
            maker not in known,
            -math.fsum(sums[maker].values()),
            maker not in words,
            maker,
        ),
    )


def _is_rival(house: _House, best: _House, register: Register) -> bool:
    """Whether a house's support contradicts a verdict: not when it is only a name that nobody knows.

    One of several makers that a text names does so however weak; in running text, which speaks of much, only
    when one of the two is a maker that a reader must not miss.
    """
    if house.support() >= weights.CONTRADICTION:
        return any(claim.known and claim.weight > 0 for claim in house.claims)
    restricted = _is_restricted(house, register) or _is_restricted(best, register)
    return any(claim.alternative and (restricted or claim.signal in _STATED) for claim in house.claims)


def _sells_for(house: _House, maker: _House, kinship: Kinship) -> bool:
    """Whether a brand and the maker of its hardware are named together: "Amcrest (Dahua OEM)"."""
    makers = {claim.maker for claim in maker.claims}
    return all(claim.alternative or not claim.weight for claim in house.claims) and any(
        hardware.maker in makers
        for claim in house.claims
        for hardware in kinship.hardware_makers(claim.maker)
    )


def _is_open(best: _House, houses: dict[str, _House], register: Register) -> bool:
    """Whether one text names this house and one that a list may forbid, and nothing but that text decides.

    "Huawei/Ericsson" is not Ericsson's because one address says so; two strong signals that nobody typed
    settle it.
    """
    if best.support(without=Channel.WORDS) >= weights.SETTLES_ALTERNATIVES or _is_restricted(best, register):
        return False
    return any(
        claim.alternative and claim.signal in _WRITTEN and _is_restricted(house, register)
        for house in houses.values()
        if house is not best
        for claim in house.claims
    )


def _restricted_in_words(houses: dict[str, _House], ranked: list[str], register: Register) -> _House | None:
    """The first house that a list may forbid and that somebody wrote down.

    A name that the register does not know is never the verdict beside it, whatever their weights.
    """
    return next(
        (
            houses[head]
            for head in ranked
            if _is_restricted(houses[head], register)
            and any(
                claim.channel is Channel.WORDS and claim.weight > 0 and not claim.conditional
                for claim in houses[head].claims
            )
        ),
        None,
    )


def _is_restricted(house: _House, register: Register) -> bool:
    return any(
        claim.known and register.organisations[claim.maker].group in WORTH_TELLING for claim in house.claims
    )


def _stated_name(house: _House, maker: str) -> str:
    named = [claim for claim in house.claims if claim.maker == maker and claim.name]
    return max(named, key=lambda claim: (claim.weight, claim.name or "")).name or maker


def _brand(best: _House, maker: str, houses: dict[str, _House]) -> str | None:
    """The name on the box where it is not the maker's: a brand of the house, or another stated name."""
    own = [claim for claim in best.claims if claim.brand and claim.channel is Channel.WORDS]
    if own:
        return max(own, key=lambda claim: (claim.weight, claim.brand or "")).brand
    stated = [
        claim
        for house in houses.values()
        if house is not best
        for claim in house.claims
        if claim.signal in _STATED and claim.name and not claim.conditional
    ]
    if stated:
        return max(stated, key=lambda claim: (claim.weight, claim.name or "")).name
    return None


def _is_category_sure(house: _House) -> bool:
    category = _category(house)
    return any(claim.category == category and claim.weight >= weights.SELF_FAMILY for claim in house.claims)


def _category(house: _House) -> str | None:
    implied = [claim for claim in house.claims if claim.category]
    if not implied:
        return None
    return max(implied, key=lambda claim: (claim.weight, claim.category or "")).category
