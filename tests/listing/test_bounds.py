"""What may not happen without a fresh decision: more than was approved, or worse than was proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearband.listing.as_of import as_of
from clearband.listing.outcome_rule import outcome_word
from clearband.listing.refused import StepRefusedError
from clearband.model.assessment import Outcome, Subject
from clearband.model.listing import State
from tests.listing.made_list import GROUND, SUBJECT, MadeList, condition, day
from tests.listing.test_states import on, revoked, says

REFUSED = StepRefusedError
WIDER = Subject("manufacturer", "all-of-it", "All of it", "other-maker", "T1", "DE")


def test_an_application_widens_no_listing_until_it_is_decided() -> None:
    made = MadeList()
    made.listed()
    made.step("submit", "2026-06-01", cause="renewal", subject=WIDER)
    assert on(made, "2026-06-02").subject == SUBJECT
    for kind in ("accept", "assess"):
        made.step(kind, "2026-06-03")
    new = replace(GROUND, assessment="b" * 64)
    made.step("propose", "2026-06-04", state=State.LISTED, reply_until=day("2026-06-14"), ground=new)
    made.step("decide", "2026-07-01", state=State.LISTED, until=day("2027-01-01"), ground=new)
    assert [on(made, one).subject for one in ("2026-06-30", "2026-07-01")] == [SUBJECT, WIDER]


def test_an_application_that_is_taken_back_widens_nothing_later() -> None:
    made = MadeList()
    made.listed(until="2026-05-31")
    made.step("submit", "2026-06-01", cause="renewal", subject=WIDER)
    made.step("withdraw-application", "2026-06-02")
    for kind in ("submit", "accept", "assess"):
        made.step(kind, "2026-06-03")
    made.step("propose", "2026-06-04", state=State.LISTED, reply_until=day("2026-06-14"))
    made.step("decide", "2026-07-01", state=State.LISTED, until=day("2027-01-01"))
    assert on(made, "2026-07-01").subject == SUBJECT


def test_no_other_step_says_what_an_entry_is() -> None:
    made = MadeList()
    made.listed()
    with pytest.raises(REFUSED, match="review-opened cannot change what radio is"):
        made.step("review-opened", "2026-03-01", subject=WIDER)


def test_the_subject_of_an_earlier_day_stays_when_it_is_corrected_from_a_decision_on() -> None:
    made = MadeList()
    made.listed()
    made.step("correct", "2026-02-01", recorded="2026-03-01", refers="5", subject=WIDER)
    assert [on(made, one).subject for one in ("2026-01-31", "2026-02-01")] == [SUBJECT, WIDER]


def conditional() -> MadeList:
    made = MadeList()
    made.listed(State.CONDITIONAL, conditions=(condition("rebuild", "2027-01-01"),))
    return made


def test_an_appeal_makes_nothing_worse() -> None:
    made = conditional()
    made.step("appeal", "2026-03-01", refers="5")
    with pytest.raises(REFUSED, match="revoked is more severe than listed-conditional, which was appealed"):
        made.step("appeal-decided", "2026-03-02", refers="6", state=State.REVOKED, cause="partly-upheld",
                  remove_by=day("2026-12-31"))  # fmt: skip


def test_an_appeal_that_is_dismissed_leaves_the_decision() -> None:
    made = MadeList()
    made.listed()
    revoked(made)
    made.step("appeal", "2026-04-10", refers="7")
    with pytest.raises(REFUSED, match="dismissed leaves the decision as it was, revoked"):
        made.step("appeal-decided", "2026-05-20", refers="8", state=State.LISTED, cause="dismissed")


def test_an_appeal_of_what_another_decision_followed_does_not_undo_that_one() -> None:
    made = conditional()
    made.step("appeal", "2026-03-01", refers="5")
    made.step("propose-revocation", "2026-03-01", reply_until=day("2026-03-31"))
    made.step("revoke", "2026-04-01", remove_by=day("2027-06-30"))
    with pytest.raises(REFUSED, match=r"event 8 \(revoke\) came after the decision appealed"):
        made.step("appeal-decided", "2026-05-20", refers="6", state=State.LISTED, cause="upheld")


def test_an_appeal_that_is_upheld_strikes_the_conditions_that_it_was_about() -> None:
    made = conditional()
    made.step("appeal", "2026-03-01", refers="5")
    made.step("appeal-decided", "2026-03-20", refers="6", state=State.LISTED, cause="upheld")
    assert (on(made, "2027-02-01").state, on(made, "2027-02-01").conditions) == ("listed", ())


def test_the_end_of_a_suspension_brings_back_no_more_than_was_suspended() -> None:
    made = conditional()
    made.step("suspend", "2026-03-01", reply_until=day("2026-03-31"))
    with pytest.raises(REFUSED, match="it was listed-conditional before"):
        made.step("reinstate", "2026-03-10", state=State.LISTED)
    made = conditional()
    made.step("suspend", "2026-03-01", reply_until=day("2026-03-31"))
    with pytest.raises(REFUSED, match="cannot make the listing longer than 2027-12-31"):
        made.step("reinstate", "2026-03-10", state=State.CONDITIONAL, until=day("2040-01-01"))
    made = conditional()
    made.step("suspend", "2026-03-01", reply_until=day("2026-03-31"))
    made.step("condition-met", "2026-03-05", refers="rebuild")
    made.step("reinstate", "2026-03-10", state=State.LISTED)  # all that was asked for is met
    assert says(on(made, "2026-03-10"))["buy"] == "yes"


def test_a_correction_does_not_shorten_the_time_for_a_reply() -> None:
    made = MadeList()
    made.proposed(on="2026-01-05")
    with pytest.raises(REFUSED, match="cannot shorten the time for a reply, which is 2026-01-15"):
        made.step("correct", "2026-01-05", recorded="2026-01-06", refers="4", reply_until=day("2026-01-06"))


def test_a_second_correction_leaves_what_the_first_one_corrected() -> None:
    made = MadeList()
    made.listed(until="2030-12-31")
    made.step("correct", "2026-02-01", recorded="2026-03-01", refers="5", until=day("2026-06-30"))
    made.step("correct", "2026-02-01", recorded="2026-03-02", refers="5", evidence_until=day("2030-06-30"))
    assert (on(made, "2026-06-30").until, on(made, "2026-07-01").state) == (day("2026-06-30"), "expired")


@pytest.mark.parametrize(("other", "what"), [("nowhere", "not on the list"), ("radio", "itself")])
def test_only_an_entry_that_is_approved_takes_the_place_of_another(other: str, what: str) -> None:
    made = MadeList()
    made.listed()
    with pytest.raises(REFUSED, match=f"is to take the place of radio, is {what}"):
        made.step("supersede", "2026-03-01", refers=other)


def test_two_conditions_have_two_ids() -> None:
    made = MadeList()
    made.proposed(State.CONDITIONAL)
    twice = (condition("c", "2026-06-30"), condition("c", "2026-09-30", None))
    with pytest.raises(REFUSED, match="two conditions have the same id"):
        made.step("decide", "2026-02-01", state=State.CONDITIONAL, until=day("2027-01-01"), conditions=twice)


def test_a_decision_by_hash_alone_is_held_against_what_its_proposal_came_to() -> None:
    made = MadeList()
    ground = replace(GROUND, outcome="undetermined")
    made.proposed(State.CONDITIONAL, "2026-01-05", ground=ground)
    decide: dict[str, Any] = {"state": State.LISTED, "until": day("2027-12-31")}
    with pytest.raises(REFUSED, match="comes to undetermined, which does not allow listed"):
        made.step("decide", "2026-02-01", **decide)
    for against in (None, "A test of our own showed it"):
        for outcome in ("listed", "undetermined", "refused"):
            ground = replace(GROUND, outcome=outcome, against_outcome=against)
            if against is None and outcome != "listed":
                with pytest.raises(REFUSED, match=f"comes to {outcome}"):
                    made.step("decide", "2026-02-01", ground=ground, **decide)
    made.step("decide", "2026-02-01", ground=ground, **decide)
    assert "against the outcome of its assessment: A test" in as_of(made.replay, day("2026-02-01"))[0].why[-1]


@pytest.mark.parametrize(
    ("left", "word"),
    [
        ((Outcome.REFUSE,), "refused"),
        ((Outcome.REFUSE, Outcome.INCOMPLETE), "incomplete"),
        ((Outcome.CONDITIONAL, Outcome.LIST), "undetermined"),
        ((Outcome.REFUSE, Outcome.INCOMPLETE, Outcome.CONDITIONAL, Outcome.LIST), "undetermined"),
        ((Outcome.LIST,), "listed"),
    ],
)
def test_what_an_assessment_comes_to_in_a_word(left: tuple[Outcome, ...], word: str) -> None:
    assert outcome_word(left) == word
