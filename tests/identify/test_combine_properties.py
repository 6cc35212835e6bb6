"""What must hold of the weighing of claims, whatever they are and in whatever order they come."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from clearband.identify.combine import combine
from clearband.identify.decision import Decision
from clearband.identify.kinship import kinship
from clearband.identify.observation import Channel, Claim
from clearband.register import load_register
from tests.identify.conftest import ON

SIGNALS = {
    "manufacturer": Channel.WORDS,
    "description": Channel.WORDS,
    "model": Channel.NUMBER,
    "macs": Channel.ADDRESS,
    "sys_object_id": Channel.AGENT,
    "sys_descr": Channel.AGENT,
    "fcc_id": Channel.GRANT,
    "cpe": Channel.CATALOGUE,
}
REGISTER = load_register()
HOUSES = kinship(REGISTER, ON)
MAKERS = ("cisco", "hikvision", "huawei", "nokia")


def claim(maker: str, signal: str, weight: float, kind: str | None = None) -> Claim:
    return Claim(
        maker=maker,
        channel=SIGNALS[signal],
        weight=weight,
        known=True,
        name=None,
        brand=None,
        category=kind,
        conditional=False,
        signal=signal,
    )


CLAIMS = st.builds(
    claim,
    st.sampled_from(MAKERS),
    st.sampled_from(sorted(SIGNALS)),
    st.sampled_from([1.5, 2.5, 4.2, 6.0]),
    st.sampled_from([None, "camera", "router"]),
)
many = settings(max_examples=300, deadline=None)


def weighed(claims: list[Claim]) -> Decision:
    return combine(claims, HOUSES, REGISTER)


@many
@given(st.lists(CLAIMS, max_size=6), CLAIMS)
@example([claim("huawei", "manufacturer", 2.5), claim("huawei", "model", 2.5)], claim("huawei", "macs", 2.5))
@example([claim("huawei", "sys_object_id", 6.0)], claim("huawei", "sys_descr", 6.0))
@example([claim("cisco", "model", 6.0), claim("huawei", "macs", 6.0)], claim("huawei", "manufacturer", 6.0))
def test_one_more_claim_for_a_maker_never_lowers_it_against_all_others(
    claims: list[Claim], one: Claim
) -> None:
    before, after = weighed(claims), weighed([*claims, one])
    held, now = before.maker or before.runner_up, after.maker or after.runner_up
    if held == one.maker:
        assert now == one.maker
        assert after.confidence >= before.confidence
        assert after.maker == one.maker or before.maker is None
    elif now == held:
        assert after.confidence <= before.confidence
    else:
        assert now == one.maker  # no third one gains by it


@many
@given(st.lists(CLAIMS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_nothing(claims: list[Claim], random: Any) -> None:
    shuffled = random.sample(claims, len(claims))
    assert weighed(shuffled) == weighed(claims)


def test_of_two_claims_of_one_channel_the_stronger_counts_whichever_comes_first() -> None:
    several = [
        claim("huawei", "manufacturer", 6.0),
        claim("huawei", "description", 1.5),
        claim("cisco", "macs", 4.2),
    ]
    confidences = {weighed(list(order)).confidence for order in permutations(several)}
    assert confidences == {weighed([several[0], several[2]]).confidence}
