"""Which choices of products are planned with, where there are many."""

from __future__ import annotations

from itertools import product

import numpy as np

from clearband.planning.units.choices import Offer
from clearband.planning.units.choosing import MOST_CHOICES, Choosing, Whole
from clearband.planning.units.patterns import Pattern, Side

NEEDS = [
    {"role": "radio", "bands": "B12", "generation": None},
    {"role": "radio", "bands": "B66", "generation": None},
    {"role": "baseband", "bands": None, "generation": None},
]
BOTH = Pattern((0, 1, 2), ((Side(0), Side(2)), (Side(1), Side(2))))


def offer(row: int, role: str, bands: str, maker: str = "A", lead: int = 0, **figures: float) -> Offer:
    told = {"price": 1.0, "hours": 1.0, "yearly": 1.0} | figures
    parts = frozenset(bands.split(";")) if bands else frozenset()
    return Offer(row, f"P{row}", maker, role, parts, frozenset(), lead=lead, **told)


def many(rng: np.random.Generator) -> list[Offer]:
    """Six products for each need, of which each is better than the others in something."""
    return [
        offer(
            6 * need + k, role, bands, lead=int(rng.integers(0, 3)),
            price=float(rng.uniform(1, 10)), hours=float(rng.uniform(1, 10)),
            yearly=float(rng.uniform(1, 10)),
        )
        for need, (role, bands) in enumerate([("radio", "B12"), ("radio", "B66"), ("baseband", "")])
        for k in range(6)
    ]  # fmt: skip


def test_of_many_choices_those_stay_that_some_prices_make_the_best() -> None:
    rng = np.random.default_rng(1)
    left_out = 0
    for _ in range(20):
        offers = many(rng)
        found, whole = Choosing(NEEDS, offers, set()).of(BOTH)
        left_out += whole is Whole.ANY_PRICES
        for lead in range(3):
            lists = [[o for o in offers[6 * n : 6 * n + 6] if o.lead <= lead] for n in range(3)]
            weights = rng.exponential(1, (20, 3)) ** 3
            for weight in weights:
                best = sum(min((weight @ figures(o) for o in some), default=np.inf) for some in lists)
                got = min(
                    (
                        sum(float(weight @ figures(o)) for o in one.offers)
                        for one in found
                        if max(o.lead for o in one.offers) <= lead
                    ),
                    default=np.inf,
                )
                assert got == best or np.isclose(got, best)
    assert left_out, "there were never more than are planned with as they are"


def figures(one: Offer) -> np.ndarray:
    return np.array([one.price, one.hours, one.yearly])


def test_few_choices_are_all_planned_with() -> None:
    offers = [offer(0, "radio", "B12;B66"), offer(1, "baseband", "", price=1.0, hours=2.0, yearly=0.5)]
    offers.append(offer(2, "baseband", "", price=2.0, hours=1.0))
    found, whole = Choosing(NEEDS, offers, set()).of(BOTH)
    assert whole is Whole.EVERY
    assert {tuple(o.product for o in one.offers) for one in found} == {("P0", "P0", "P1"), ("P0", "P0", "P2")}


def test_makers_go_together_only_where_their_products_are_certified() -> None:
    """However many products there are: it took for ever to try all of makers that never go together."""
    offers = [offer(k, "radio", "B12;B66", "A", price=1 + k, hours=40 - k) for k in range(20)]
    offers += [offer(50 + k, "baseband", "", "B", price=1 + k, hours=40 - k) for k in range(20)]
    pairs = {("P3", "P51"), ("P4", "P51"), ("P4", "P52")}
    assert len(list(product(range(20), repeat=3))) > MOST_CHOICES
    found, whole = Choosing(NEEDS, offers, pairs).of(BOTH)
    assert whole is Whole.EVERY
    chosen = {tuple(o.product for o in one.offers) for one in found}
    assert chosen == {
        (one, other, baseband)
        for one, other, baseband in product(("P3", "P4"), ("P3", "P4"), ("P51", "P52"))
        if {(one, baseband), (other, baseband)} <= pairs
    }
