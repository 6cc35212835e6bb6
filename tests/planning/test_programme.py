"""The US reimbursement programme, replayed from the facts: published totals, pro rata, top-up, shortfall."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clearband.errors import UsageError
from clearband.planning.programme import Told, us_reimbursement

BILLION = 10**9


@pytest.mark.parametrize(
    ("name", "published", "source"),
    [
        # FCC DA 22-131 of 2022-02-09: nearly 5.6 billion asked.
        ("requested", Decimal("5.6") * BILLION, "fcc-da-22-131"),
        # FCC news release of 2024-05-02: 4.98 billion reimbursable, 1.9 billion appropriated.
        ("approved", Decimal("4.98") * BILLION, "fcc-doc-402314"),
        # FCC fact sheet of 2021-06-22 and DA 21-947: 1.9 billion, of it 1.895 billion for reimbursement.
        ("appropriation", Decimal("1.9") * BILLION, "fcc-doc-373481"),
        ("for_reimbursement", Decimal("1.895") * BILLION, "fcc-da-21-947"),
        # Converge Digest, July 2022: 4,640,284,672 USD for the first priority.
        ("approved_first", Decimal(4_640_284_672), "converge-digest-2022"),
        # Inside Towers of 2022-10-13: a pro-rata factor of 39.5 percent.
        ("pro_rata", Decimal("0.395"), "inside-towers-2022-status"),
        # Broadband Breakfast of 2025-04-16: 3.08 billion borrowed and allocated.
        ("top_up", Decimal("3.08") * BILLION, "broadband-breakfast-2025"),
    ],
)
def test_the_replay_begins_with_the_published_figures(name: str, published: Decimal, source: str) -> None:
    figure: Told = getattr(us_reimbursement().replay(), name)
    assert figure.value == published
    assert source in figure.sources
    assert figure.verified
    assert figure.formula is None


def test_the_shortfall_computed_is_the_one_that_congress_was_told() -> None:
    """The FCC told Congress on 2022-07-15 that 3.08 billion were missing (Consumer Electronics Daily)."""
    programme = us_reimbursement()
    shortfall, told = programme.replay().shortfall, programme.figure("shortfall-told")
    assert shortfall.value == told.value == Decimal(3_080_000_000)
    assert shortfall.formula == "approved - appropriation"
    assert "consumer-electronics-daily-2022" in told.sources


def test_the_top_up_leaves_nothing_missing() -> None:
    """Borrowed under the defence act of December 2024 (Broadband Breakfast), allocated in April 2025."""
    replay = us_reimbursement().replay()
    assert replay.still_missing.value == 0
    assert {"broadband-breakfast-2025", "fcc-doc-402314"} <= set(replay.still_missing.sources)


def test_the_first_round_fits_the_money_and_leaves_what_administration_was_said_to_need() -> None:
    """39.5 percent of the first priority is 1.833 billion; what is left of 1.895 billion is 62 million.

    The FCC told Congress that the first priority needs 4.7 billion with administration: 60 million more than
    its estimates, and the figure is rounded to 100 million.
    """
    programme = us_reimbursement()
    replay = programme.replay()
    assert replay.first_round.value == Decimal("1832912445.440")
    assert replay.kept_back.value == Decimal("62087554.560")
    administration = programme.figure("need-priority-1").value - replay.approved_first.value
    assert abs(administration - replay.kept_back.value) < Decimal(50_000_000)


def test_the_shortfall_of_the_first_priority_alone_agrees_with_what_was_told() -> None:
    """4.7 billion needed, 2.8 billion missing (Consumer Electronics Daily, 2022-07-18)."""
    programme = us_reimbursement()
    missing = programme.figure("need-priority-1").value - programme.figure("appropriation").value
    assert missing == programme.figure("shortfall-priority-1").value


@pytest.mark.parametrize(
    ("day", "fraction"),
    [
        (date(2022, 7, 17), "0"),
        (date(2022, 7, 18), "0.395"),
        (date(2024, 12, 18), "0.395"),  # borrowing was allowed, nothing was allocated yet
        (date(2025, 4, 14), "0.395"),
        (date(2025, 4, 15), "1"),
        (date(2026, 11, 26), "1"),
    ],
)
def test_an_applicant_draws_pro_rata_before_the_top_up_and_all_after(day: date, fraction: str) -> None:
    approved = Decimal("1234567.89")
    drawn = us_reimbursement().drawable(approved, day)
    assert drawn.amount == approved * Decimal(fraction)
    assert drawn.amount + drawn.missing == approved
    assert drawn.sources


def test_an_applicant_too_large_for_the_first_priority_draws_nothing_before_the_top_up() -> None:
    programme = us_reimbursement()
    before = programme.drawable(Decimal(100), date(2023, 1, 1), customers=2_000_001)
    assert before.amount == 0
    assert "2000000 customers only" in before.why
    assert programme.drawable(Decimal(100), date(2025, 5, 1), customers=2_000_001).amount == 100
    assert programme.drawable(Decimal(100), date(2023, 1, 1), customers=2_000_000).amount == Decimal("39.5")


def test_an_applicant_too_large_for_the_programme_is_refused() -> None:
    with pytest.raises(UsageError, match="too large for the programme; at most 10000000"):
        us_reimbursement().drawable(Decimal(100), date(2025, 5, 1), customers=10_000_001)


def test_a_figure_that_is_a_range_is_not_read_as_one_number() -> None:
    filers = us_reimbursement().figure("filers-with-covered-gear")
    assert (filers.low, filers.high) == (49, 51)
    with pytest.raises(ValueError, match="is a range"):
        _ = filers.value


def test_the_count_of_large_applicants_agrees_with_the_list_of_amounts() -> None:
    """Fierce, 2022: fourteen above 100 million besides the largest; amounts from Light Reading's list."""
    programme = us_reimbursement()
    large = [one for one in programme.raw["applicants"] if Decimal(one["requested"]) > 100_000_000]
    assert len(large) - 1 == programme.figure("applicants-above-100-million").value
