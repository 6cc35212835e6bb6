"""The life of an entry, step by step, and what each state lets a buyer do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clearband.listing.as_of import as_of
from clearband.listing.refused import StepRefusedError
from clearband.model.listing import Ground, Listing, State, Use
from tests.listing.made_list import GROUND, MadeList, condition, day

REFUSED = StepRefusedError


def on(made: MadeList, text: str, entry: str = "radio") -> Listing:
    return as_of(made.replay, day(text), only=entry)[0]


def says(listing: Listing) -> dict[str, str]:
    return {use.value: f"{say}{f' {at}' if at else ''}" for use, (say, at) in listing.uses.items()}


def test_an_application_is_no_listing_and_nothing_is_bought_on_it() -> None:
    made = MadeList()
    made.proposed()
    found = on(made, "2026-01-06")
    assert (found.state, found.case) == (State.PROPOSED, State.PROPOSED)
    assert says(found) == {"buy": "no", "expand": "no", "keep": "territory-rule", "fix": "territory-rule",
                           "remove-by": "territory-rule"}  # fmt: skip


def test_a_listing_ages_by_its_dates_alone() -> None:
    made = MadeList()
    made.listed(until="2026-12-31")
    states = [
        on(made, one).state for one in ("2026-02-01", "2026-10-01", "2026-10-02", "2026-12-31", "2027-01-01")
    ]
    assert states == ["listed", "listed", "expiring", "expiring", "expired"]
    found = on(made, "2027-03-01")
    assert found.since == date(2027, 1, 1)
    assert says(found) == {
        "buy": "no",
        "expand": "no",
        "keep": "risk-decision",
        "fix": "yes",
        "remove-by": "plan",
    }
    assert found.why[-1] == "2027-01-01 expired: listing-ended, by its date"


def test_evidence_that_ended_warns_at_once_and_ends_the_listing_after_its_days_of_grace() -> None:
    made = MadeList()
    made.listed(evidence_until=day("2026-06-30"))
    assert on(made, "2026-06-30").flags == ()
    warned = on(made, "2026-07-01")
    assert (warned.state, warned.flags) == (State.EXPIRING, ("expiring", "evidence-ended"))
    assert [on(made, one).state for one in ("2026-12-27", "2026-12-28")] == ["expiring", "expired"]


def test_a_condition_that_is_late_takes_the_entry_to_the_state_it_names() -> None:
    made = MadeList()
    made.listed(State.CONDITIONAL, conditions=(condition("rebuild", "2026-06-30"),))
    assert says(on(made, "2026-06-30"))["buy"] == "conditions"
    late = on(made, "2026-07-01")
    assert (late.state, late.flags, late.open_conditions) == (
        "suspended",
        ("condition-late:rebuild",),
        ("rebuild",),
    )
    made.step("condition-met", "2026-07-10", refers="rebuild")
    assert on(made, "2026-07-11").state == State.SUSPENDED  # late is late: a decision is needed
    made.step("reinstate", "2026-07-20", state=State.CONDITIONAL)
    assert on(made, "2026-07-20").state == State.CONDITIONAL
    assert on(made, "2026-07-15").state == State.SUSPENDED


def test_a_condition_that_is_met_in_time_keeps_the_entry() -> None:
    made = MadeList()
    made.listed(State.CONDITIONAL, conditions=(condition("rebuild", "2026-06-30"),))
    made.step("condition-met", "2026-06-30", refers="rebuild")
    assert (on(made, "2026-08-01").state, on(made, "2026-08-01").open_conditions) == (
        "listed-conditional",
        (),
    )


def test_no_reinstatement_over_a_late_condition_that_is_still_open() -> None:
    made = MadeList()
    made.listed(State.CONDITIONAL, conditions=(condition("rebuild", "2026-06-30"),))
    with pytest.raises(REFUSED, match='condition "rebuild" was due on 2026-06-30'):
        made.step("reinstate", "2026-07-20", state=State.CONDITIONAL)


def test_a_decision_waits_for_the_reply_or_its_last_day() -> None:
    made = MadeList()
    made.proposed(on="2026-01-05")
    with pytest.raises(REFUSED, match="may reply until 2026-01-15"):
        made.step("decide", "2026-01-15", state=State.LISTED, until=day("2027-01-01"))
    made.step("reply", "2026-01-10", cause="final")
    made.step("decide", "2026-01-11", state=State.LISTED, until=day("2027-01-01"))
    assert on(made, "2026-01-11").state == State.LISTED


def test_a_proposal_gives_at_least_the_days_of_the_authority() -> None:
    made = MadeList()
    made.proposed(on="2026-01-05")
    with pytest.raises(REFUSED, match="9 days for a reply, of 10"):
        made.step("propose", "2026-01-06", state=State.LISTED, reply_until=day("2026-01-15"))


def test_a_decision_is_not_more_severe_than_its_proposal_nor_on_another_assessment() -> None:
    made = MadeList()
    made.proposed(State.CONDITIONAL)
    with pytest.raises(REFUSED, match="refused is more severe than listed-conditional"):
        made.step("decide", "2026-02-01", state=State.REFUSED)
    other = MadeList()
    other.proposed()
    with pytest.raises(REFUSED, match="another assessment"):
        other.step("decide", "2026-02-01", state=State.LISTED, until=day("2027-01-01"),
                   ground=replace(GROUND, assessment="b" * 64))  # fmt: skip


def test_an_emergency_suspension_comes_first_and_the_reply_after() -> None:
    made = MadeList()
    made.listed()
    made.step("suspend", "2026-03-01", reply_until=day("2026-03-31"))
    assert says(on(made, "2026-03-01")) == {"buy": "no", "expand": "no", "keep": "controls", "fix": "yes",
                                            "remove-by": "no"}  # fmt: skip
    made.step("reply", "2026-03-10")
    made.step("reinstate", "2026-04-01", state=State.LISTED)
    assert on(made, "2026-04-01").until == date(2027, 12, 31)


def revoked(made: MadeList) -> None:
    made.step("propose-revocation", "2026-03-01", reply_until=day("2026-03-31"))
    made.step("revoke", "2026-04-01", remove_by=day("2027-06-30"))


def test_revoked_equipment_runs_until_its_day_and_no_longer() -> None:
    made = MadeList()
    made.listed()
    with pytest.raises(REFUSED, match="revoke finds the case none"):
        MadeList.step(made, "revoke", "2026-03-01", remove_by=day("2027-06-30"))
    revoked(made)
    assert says(on(made, "2026-04-01")) == {"buy": "no", "expand": "no", "keep": "until 2027-06-30",
                                            "fix": "controls", "remove-by": "until 2027-06-30"}  # fmt: skip
    assert says(on(made, "2027-07-01"))["keep"] == "no 2027-06-30"


def test_listing_again_after_a_revocation_needs_a_new_assessment() -> None:
    made = MadeList()
    made.listed()
    revoked(made)
    with pytest.raises(REFUSED, match="assessment from before the revocation"):
        made.listed(on="2026-08-01")
    fresh = MadeList()
    fresh.listed()
    revoked(fresh)
    for kind in ("submit", "accept", "assess"):
        fresh.step(kind, "2026-05-01")
    new = replace(GROUND, assessment="b" * 64)
    fresh.step("propose", "2026-06-01", state=State.LISTED, reply_until=day("2026-06-15"), ground=new)
    assert (on(fresh, "2026-06-10").state, on(fresh, "2026-06-10").case) == (State.REVOKED, State.PROPOSED)
    fresh.step("decide", "2026-07-01", state=State.LISTED, until=day("2027-07-01"), ground=new)
    assert on(fresh, "2026-07-01").state == State.LISTED


def test_a_maker_does_not_escape_a_revocation_by_withdrawing() -> None:
    made = MadeList()
    made.listed()
    made.step("propose-revocation", "2026-03-01", reply_until=day("2026-03-31"))
    with pytest.raises(REFUSED, match="withdraw finds the case proposed"):
        made.step("withdraw", "2026-03-05")


def test_an_appeal_leaves_the_decision_in_force_unless_it_is_stayed() -> None:
    made = MadeList()
    made.listed()
    revoked(made)
    number = made.step("appeal", "2026-04-10", refers="7").number
    assert (on(made, "2026-04-10").state, on(made, "2026-04-10").flags) == (
        "revoked", ("under-review", "appeal-open"))  # fmt: skip
    with pytest.raises(REFUSED, match="brings back what was before, listed"):
        made.step("stay", "2026-04-20", refers=str(number), state=State.INTERIM)
    made = MadeList()
    made.listed()
    revoked(made)
    made.step("appeal", "2026-04-10", refers="7")
    made.step("stay", "2026-04-20", refers="8", state=State.LISTED)
    assert (on(made, "2026-04-20").state, "stayed" in on(made, "2026-04-20").flags) == ("listed", True)
    made.step("appeal-decided", "2026-05-20", refers="8", state=State.REVOKED, cause="dismissed")
    found = on(made, "2026-05-20")
    assert (found.state, found.flags, says(found)["remove-by"]) == ("revoked", (), "until 2027-06-30")


def test_a_stay_brings_back_what_was_decided_even_a_suspension_or_a_listing_near_its_end() -> None:
    near = MadeList()
    near.listed(until="2026-06-30")
    near.step("propose-revocation", "2026-04-15", reply_until=day("2026-04-30"))
    near.step("revoke", "2026-05-01", remove_by=day("2027-06-30"))
    near.step("appeal", "2026-05-02", refers="7")
    near.step("stay", "2026-05-03", refers="8", state=State.LISTED)
    assert on(near, "2026-05-03").state == State.EXPIRING
    stopped = MadeList()
    stopped.listed()
    stopped.step("suspend", "2026-02-15", reply_until=day("2026-03-31"))
    revoked(stopped)
    stopped.step("appeal", "2026-04-02", refers="8")
    stopped.step("stay", "2026-04-03", refers="9", state=State.SUSPENDED)
    assert on(stopped, "2026-04-03").state == State.SUSPENDED


def test_only_what_was_decided_is_appealed_and_only_what_was_appealed_is_decided() -> None:
    made = MadeList()
    made.listed()
    revoked(made)
    with pytest.raises(REFUSED, match='"4" is no decision of radio'):
        made.step("appeal", "2026-04-10", refers="4")
    made = MadeList()
    made.listed()
    revoked(made)
    made.step("appeal", "2026-04-10", refers="7")
    with pytest.raises(REFUSED, match='"7" is no appeal of radio'):
        made.step("appeal-decided", "2026-05-20", refers="7", state=State.REVOKED, cause="dismissed")


def test_a_review_is_a_flag_on_any_state() -> None:
    made = MadeList()
    made.listed()
    made.step("review-opened", "2026-03-01")
    made.step("review-closed", "2026-04-01")
    assert [on(made, one).flags for one in ("2026-03-15", "2026-04-01")] == [("under-review",), ()]


def test_an_entry_falls_with_what_it_hangs_on_one_after_the_other() -> None:
    made = MadeList()
    made.step("dependency-noted", "2026-01-01", entry="certificate:cmvp-1", until=day("2026-09-30"))
    made.listed(entry="chip", depends=("certificate:cmvp-1",))
    made.listed(entry="radio", on="2026-03-01", depends=("entry:chip",))
    assert on(made, "2026-09-30").state == State.LISTED
    fallen = on(made, "2026-10-01")
    assert (fallen.state, fallen.since) == (State.SUSPENDED, date(2026, 10, 1))
    assert fallen.why[-1] == "2026-10-01 suspended: it hangs on entry:chip is suspended since 2026-10-01"
    made.step("dependency-ended", "2026-05-01", entry="certificate:cmvp-1")
    made.step("dependency-restored", "2026-06-01", entry="certificate:cmvp-1", until=day("2027-01-31"))
    states = [on(made, one).state for one in ("2026-04-30", "2026-05-01", "2026-06-01", "2027-02-01")]
    assert states == ["listed", "suspended", "listed", "suspended"]


def test_an_entry_that_hangs_on_an_entry_of_another_list_falls_with_that_list() -> None:
    made = MadeList()
    made.listed(depends=("list:validated-modules/4711",))
    assert on(made, "2026-03-01").flags == ("not-noted:list:validated-modules/4711",)
    made.step("dependency-ended", "2026-05-01", entry="list:validated-modules", cause="list-ended")
    assert [on(made, one).state for one in ("2026-04-30", "2026-05-01")] == ["listed", "suspended"]


def test_what_is_not_known_of_a_certificate_is_said() -> None:
    made = MadeList()
    made.listed(depends=("certificate:cmvp-2",))
    assert on(made, "2026-03-01").flags == ("not-noted:certificate:cmvp-2",)


def test_an_entry_that_hangs_on_none_of_the_list_is_not_in_force() -> None:
    made = MadeList()
    made.listed(depends=("entry:nowhere",))
    assert (on(made, "2026-03-01").state, on(made, "2026-03-01").uses[Use.BUY]) == ("suspended", ("no", None))


def test_a_correction_changes_what_is_known_and_leaves_what_was_known() -> None:
    made = MadeList()
    made.listed(until="2026-12-31")
    made.step("correct", "2026-02-01", recorded="2026-03-01", refers="5", until=day("2026-06-30"))
    assert on(made, "2026-07-01").state == State.EXPIRED
    made.step("correct", "2026-02-01", recorded="2026-03-02", refers="5", cause="void")
    assert on(made, "2026-07-01").state == State.PROPOSED


def test_a_correction_may_not_break_what_came_after() -> None:
    made = MadeList()
    made.listed()
    made.step("suspend", "2026-03-01", reply_until=day("2026-03-31"))
    with pytest.raises(REFUSED, match="suspend on 2026-03-01 finds the state not decided"):
        made.step("correct", "2026-02-01", recorded="2026-03-02", refers="5", cause="void")


def test_a_step_that_holds_earlier_than_one_already_recorded_must_fit_there() -> None:
    made = MadeList()
    made.listed()
    made.step("propose-revocation", "2026-03-01", reply_until=day("2026-03-31"))
    made.step("revoke", "2026-06-01", recorded="2026-04-01", remove_by=day("2027-06-30"))
    made.step("suspend", "2026-04-02", reply_until=day("2026-05-31"))  # at once, before the revocation holds
    assert [on(made, one).state for one in ("2026-04-01", "2026-04-02", "2026-06-01")] == [
        "listed", "suspended", "revoked"]  # fmt: skip


def test_a_step_says_what_it_must() -> None:
    made = MadeList()
    made.proposed()
    with pytest.raises(REFUSED, match="needs grounds"):
        made.step("decide", "2026-02-01", state=State.LISTED, ground=Ground(assessment="a" * 64))
    with pytest.raises(REFUSED, match="listed needs until"):
        made.step("decide", "2026-02-01", state=State.LISTED)
