"""Several authorities: each decides for itself, recognition has a scope and an end, differences stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearband.errors import FactsError
from clearband.listing.federation import FederatedRow, Recognition, federated, read_recognition
from clearband.model.assessment import Subject
from clearband.model.listing import Listing, Say, State, Use
from tests.listing.made_list import AUTHORITY

ON = date(2026, 11, 1)
RADIO = Subject("product-line", "radio", "Made Radio", "nokia", "T2", "US", "rru")
ALPHA, BETA, GAMMA = (replace(AUTHORITY, id=name, title=name) for name in ("alpha", "beta", "gamma"))


def entry(state: State, subject: Subject = RADIO, name: str = "radio") -> Listing:
    buys = state in (State.LISTED, State.CONDITIONAL, State.INTERIM, State.EXPIRING)
    buy: tuple[Say, date | None] = ("yes" if buys else "no", None)
    uses: dict[Use, tuple[Say, date | None]] = dict.fromkeys(Use, buy)
    return Listing(name, "x", subject, state, ON, None, None, (), (), (), uses, (), (), ())


def rule(**parts: object) -> Recognition:
    made = Recognition(
        "beta", "alpha", date(2026, 1, 1), date(2026, 12, 31), (), ("T2", "T3"), (), (), "agreement"
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def view(*rules: Recognition, on: date = ON, beta: tuple[Listing, ...] = ()) -> FederatedRow:
    lists = [(ALPHA, (entry(State.LISTED),)), (BETA, beta), (GAMMA, (entry(State.REFUSED),))]
    (row,) = federated(lists, rules, on)
    return row


def test_who_approved_who_is_against_who_is_silent() -> None:
    row = view()
    assert [one.stance for one in row.positions] == ["approved", "silent", "against"]
    assert row.differs


def test_an_authority_takes_over_what_it_recognises_within_scope_and_time() -> None:
    assert view(rule()).positions[1].recognised == ("alpha",)
    assert view(rule(), on=date(2027, 1, 1)).positions[1].recognised == ()
    assert view(rule(tiers=("T4",))).positions[1].recognised == ()
    assert view(rule(categories=("olt",))).positions[1].recognised == ()
    assert view(rule(of="gamma")).positions[1].recognised == ()  # a refusal is never taken over


def test_what_it_decided_itself_goes_before() -> None:
    own = view(rule(), beta=(entry(State.REVOKED),)).positions[1]
    assert (own.stance, own.recognised) == ("against", ())
    asked = view(rule(), beta=(entry(State.ASSESSING),)).positions[1]
    assert (asked.stance, asked.recognised) == ("under-way", ("alpha",))


def test_of_two_entries_of_one_authority_the_stricter_counts() -> None:
    both = (entry(State.LISTED, name="a"), entry(State.SUSPENDED, name="b"))
    assert view(beta=both).positions[1].stance == "against"
    assert view(beta=both[::-1]).positions[1].stance == "against"


def test_rules_are_read_from_a_file_and_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "recognition.yaml"
    file.write_text(
        "recognition:\n- {by: beta, of: alpha, since: '2026-01-01', tiers: [T2], source: agreement}\n"
    )
    (read,) = read_recognition(file)
    assert (read.by, read.tiers, read.until) == ("beta", ("T2",), None)
    file.write_text(file.read_text().replace("by: beta", "by: alpha"))
    with pytest.raises(FactsError, match="does not recognise itself"):
        read_recognition(file)
