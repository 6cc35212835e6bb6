"""From what the signals say to a verdict: independent evidence adds up, dependent evidence counts once.

For each house (an organisation with those it controls) the support is the sum, over the channels, of the
strongest claim in the channel. With the prior it becomes log-odds; the confidence is its share among all
houses and "somebody else":

    P(h) = exp(PRIOR + support(h)) / (1 + sum over houses k of exp(PRIOR + support(k)))

which is the logistic function when only one house has support. A strong signal for another house therefore
always lowers the confidence; two equally strong ones leave both below the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clearband.identify import weights
from clearband.identify.agreeing_kinds import agreeing_kinds, without_other_kinds
from clearband.identify.carriers import without_carriers
from clearband.identify.decision import Decision
from clearband.identify.houses import House, houses_of, shares_of
from clearband.identify.kinship import Kinship
from clearband.identify.members import (
    brand_of,
    category_of,
    is_category_sure,
    member_of,
    stated_name,
    stated_names,
)
from clearband.identify.observation import Claim
from clearband.identify.rivals import (
    is_open,
    is_restricted,
    is_rival,
    is_stated,
    restricted_in_words,
    sells_for,
    stands_alone,
)
from clearband.identify.sales_companies import as_hardware_makers
from clearband.identify.side_by_side import as_brands, as_contract_makers, as_one_house
from clearband.identify.white_labels import white_labels
from clearband.model.evidence import MakerStatus
from clearband.register import Register


def combine(
    claims: Iterable[Claim], kinship: Kinship, register: Register, *, kind: str | None = None
) -> Decision:
    """Weigh all claims about one record.

    Args:
        claims: Of all its signals; the order does not matter.
        kind: Category that the inventory states.
    """
    made, carrier = without_carriers(as_hardware_makers(claims, register), register)
    made = without_other_kinds(made, kind, kinship, register)
    houses = houses_of(as_contract_makers(as_brands(as_one_house(made, kinship))), kinship)
    extra, white_label_of, label = white_labels(houses, kinship, kind)
    extra += agreeing_kinds(houses, kind)
    if not houses:
        return replace(_unidentified(), brand=carrier, carrier=carrier)
    shares = shares_of(houses)
    ranked = sorted(houses, key=lambda head: (-shares[head], not is_restricted(houses[head], register), head))
    best = houses[ranked[0]]
    maker = member_of(best, kinship)
    known = maker in register.organisations
    written = None if known else restricted_in_words(houses, ranked, register)
    likely = written or best
    contrary = [
        head
        for head in ranked
        if head != likely.head
        and not _same_name(houses[head], likely, kinship, register)
        and not sells_for(houses[head], likely, kinship)
        and (is_rival(houses[head], likely, register) or (written and head == best.head))
    ]
    rivals = tuple(member_of(houses[head], kinship) for head in contrary)
    least = weights.THRESHOLD if known or rivals else weights.THRESHOLD_NAMED
    confidence = round(shares[likely.head], 4)
    alone = stands_alone(best, [houses[head] for head in contrary])
    if confidence < least or written or alone or is_open(best, houses, register):
        most_likely = member_of(likely, kinship)
        against = [head for head in ranked if head != likely.head and is_stated(houses[head])]
        rivals = rivals or tuple(member_of(houses[head], kinship) for head in against)
        found = _unidentified(most_likely, confidence, category_of(likely), rivals)
        names = stated_names(houses.values(), register)
        return replace(
            found, brand=carrier, carrier=carrier, white_label_of=white_label_of, names=names, extra=extra
        )
    second = ranked[1] if len(ranked) > 1 else None
    return Decision(
        maker,
        register.organisations[maker].name if known else stated_name(best, maker),
        MakerStatus.IDENTIFIED if known else MakerStatus.NAMED,
        label or brand_of(best, maker, houses) or carrier,
        category_of(best),
        confidence,
        member_of(houses[second], kinship) if second else None,
        round(shares[second], 4) if second else None,
        contradiction=bool(rivals),
        category_sure=not rivals and is_category_sure(best),
        rivals=rivals,
        white_label_of=white_label_of,
        names=stated_names(houses.values(), register),
        extra=extra,
    )


def _same_name(one: House, other: House, kinship: Kinship, register: Register) -> bool:
    """Whether two houses are two readings of one maker, for a reader who sees names."""
    makers = (member_of(one, kinship), member_of(other, kinship))
    names = [register.organisations[maker].name for maker in makers if maker in register.organisations]
    return len(names) == len(makers) and names[0] == names[1]


def _unidentified(
    most_likely: str | None = None,
    confidence: float = 0.0,
    category: str | None = None,
    rivals: tuple[str, ...] = (),
) -> Decision:
    """No maker is settled: the most likely one is the runner-up."""
    return Decision(
        None,
        None,
        MakerStatus.UNIDENTIFIED,
        None,
        category,
        confidence,
        most_likely,
        confidence if most_likely else None,
        contradiction=bool(rivals),
        rivals=(most_likely, *rivals) if most_likely else (),
    )
