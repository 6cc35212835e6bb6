"""The weights as learned, and the laws that hold whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.facts.store import compiled
from clearband.identify import weights
from clearband.identify.combine import combine
from clearband.identify.houses import houses_of, shares_of
from clearband.identify.kinship import kinship
from clearband.identify.observation import Channel, Claim
from clearband.register import Register, load_register
from tests.house.test_static import load
from tests.identify.conftest import ON

Verdict = Callable[..., dict[str, Any]]
LEARN = load("scripts/learn_weights.py")
MAKERS = ("huawei", "zte", "cisco", "nokia", "hikvision", "dahua")
FILE = compiled().read("evidence_weights")


def claim(maker: str, channel: Channel, weight: float) -> Claim:
    plain = {"name": None, "brand": None, "category": None, "conditional": False}
    return Claim(maker, channel, weight, known=True, signal="x", **plain)


CLAIMS = st.lists(
    st.builds(claim, st.sampled_from(MAKERS), st.sampled_from(list(Channel)), st.floats(0, 7.4)), max_size=6
)
some = settings(deadline=None)


def share(claims: tuple[Claim, ...], maker: str) -> float:
    return shares_of(houses_of(claims, kinship(load_register(), ON))).get(maker, 0.0)


@some
@given(CLAIMS, st.sampled_from(MAKERS), st.sampled_from(list(Channel)), st.floats(0, 7.4))
def test_a_signal_for_a_maker_never_lowers_it(
    claims: list[Claim], maker: str, channel: Channel, weight: float
) -> None:
    more = (*claims, claim(maker, channel, weight))
    assert share(more, maker) >= share(tuple(claims), maker) - 1e-12


@some
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_no_verdict(claims: list[Claim], random: Any) -> None:
    other = list(claims)
    random.shuffle(other)
    register = load_register()
    houses = kinship(register, ON)
    assert combine(claims, houses, register) == combine(other, houses, register)


@some
@given(
    st.floats(weights.CONTRADICTION, LEARN.MOST_STRONG),
    st.sampled_from(list(Channel)),
    st.sampled_from(list(Channel)),
    st.floats(weights.CONTRADICTION, LEARN.MOST_STRONG),
)
def test_no_rule_decides_alone_against_a_strong_one(
    weight: float, channel: Channel, other: Channel, against: float
) -> None:
    register = load_register()
    claims = [claim("nokia", channel, weight), claim("zte", other, against)]
    decision = combine(claims, kinship(register, ON), register)
    assert decision.maker is None
    assert decision.contradiction


def test_every_rule_has_a_weight_in_the_file_within_its_bounds() -> None:
    for name, rule in FILE["rules"].items():
        assert 0 <= rule["nats"] <= rule["most"] <= LEARN.MOST_STRONG, name
        assert name in weights.RULES, f"{name} is no rule any more; run make weights"


def test_the_weights_were_learned_from_the_judgements_of_today() -> None:
    judged = {name: rule["judged"] for name, rule in FILE["rules"].items()}
    assert {name: weights.RULES[name] for name in judged} == judged, "run make weights"


def test_a_rule_that_is_a_hint_is_never_enough_alone() -> None:
    for name, judged in weights.RULES.items():
        if judged < LEARN.STRONG:
            assert FILE["rules"].get(name, {"nats": judged})["nats"] < weights.STRONG, name


def test_evidence_says_which_rule_gave_its_weight(verdict: Verdict) -> None:
    pieces = verdict(manufacturer="Huawei", macs=["48:cd:d3:00:00:01"])["evidence"]
    rules = {(piece["signal"], piece["rule_id"]) for piece in pieces if piece["maker"] == "huawei"}
    assert rules == {("manufacturer", "stated-exact"), ("macs", "mac")}


def records(rule: str, right: int, wrong: int) -> list[dict[str, Any]]:
    return [{"pieces": [(rule, "zte", at < right)]} for at in range(right + wrong)]


@pytest.mark.parametrize(
    ("judged", "right", "wrong", "least", "most"),
    [
        (6.0, 0, 0, 6.0, 6.0),  # nothing was seen: the judgement
        (6.0, 3, 0, 6.0, 6.3),  # little was seen
        (6.0, 5000, 0, 7.4, 7.4),  # never above the most of a rule
        (6.0, 40, 60, 3.0, 4.5),  # often wrong: no longer enough alone
        (2.5, 5000, 0, 3.5, 3.5),  # a hint stays a hint
        (6.0, 0, 5000, 0.0, 0.0),
    ],
)
def test_a_weight_is_the_judgement_moved_by_what_was_seen(
    judged: float, right: int, wrong: int, least: float, most: float
) -> None:
    learned = LEARN.learn(records("mac", right, wrong), {"mac": judged}, weights.PRIOR)["mac"]
    assert least <= learned["nats"] <= most
    assert (learned["right"], learned["wrong"]) == (right, wrong)


def test_the_register_knows_the_makers_of_these_examples(register: Register) -> None:
    assert set(MAKERS) <= set(register.organisations)
