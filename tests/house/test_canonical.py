"""One sequence of bytes for one content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.model.canonical import canonical, number_text, plain
from clearband.model.criterion import Effect, Trigger


def test_keys_are_sorted_and_nothing_is_added() -> None:
    assert canonical({"b": [1, True, None], "a": "é\n"}) == '{"a":"é\\n","b":[1,true,null]}'.encode()


def test_nouns_are_objects_without_what_is_none() -> None:
    assert canonical(Trigger(at_least=Decimal("0.10"))) == b'{"at_least":"0.1"}'
    assert plain(Effect.REFUSE) == "refuse"


def test_days_and_moments_are_texts() -> None:
    assert plain(date(2026, 11, 26)) == "2026-11-26"
    assert plain(datetime(2026, 11, 26, 8, 30, tzinfo=UTC)) == "2026-11-26T08:30:00Z"


@pytest.mark.parametrize("value", [0.1, {1: "a"}, {"é": 1}, object()])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, datetime(2026, 1, 1), "\ud800", Decimal("NaN")])  # noqa: DTZ001
def test_what_readers_would_not_agree_on_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each with a message of its own
        canonical(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_is_the_same_text_however_it_was_written(number: Decimal) -> None:
    assert number_text(number) == number_text(number.normalize(Context(prec=100)))
    assert Decimal(number_text(number)) == number
