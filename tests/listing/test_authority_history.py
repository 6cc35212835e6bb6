"""Who decides is in the log: a change is signed by those before it, and reaches back to nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clearband.errors import InputError
from clearband.listing import standalone_verifier as verifier
from clearband.listing.as_of import as_of
from clearband.listing.authority import authority_text, read_authority
from clearband.listing.record import ListFolder, begin, check_forms, draft, record
from clearband.listing.refused import StepRefusedError
from clearband.listing.replay import BEGIN, CHANGE, Replay, replay
from clearband.listing.table import table
from clearband.model.authority import Authority, Decider
from clearband.model.canonical import canonical
from clearband.model.listing import State
from tests.listing.made_list import AUTHORITY, DECIDERS, MadeList, day, signed
from tests.listing.test_laws import lines_of

FIRST, SECOND, THIRD = AUTHORITY.deciders
PUBLIC = Ed25519PrivateKey.from_private_bytes(bytes([4] * 32)).public_key().public_bytes_raw().hex()
NEW = Decider("officer-4", "4" * 64, "ed25519", PUBLIC, day("2026-06-01"))
ON = "2026-06-01"
"""The day on which the changes of these examples are recorded."""


def become(
    made: MadeList, on: str = ON, by: tuple[str, ...] = ("officer-1", "officer-2"), **parts: Any
) -> None:
    made.step(CHANGE, on, by=by, terms=replace(made.replay.authority, **parts))


def refused(why: str, by: tuple[str, ...] = ("officer-1", "officer-2"), **parts: Any) -> None:
    made = MadeList()
    with pytest.raises(StepRefusedError, match=why):
        become(made, by=by, **parts)
    assert made.replay.authority == AUTHORITY


def test_a_key_decides_from_the_day_of_its_recording_and_no_earlier() -> None:
    refused(
        "before the change is recorded, on 2026-06-01",
        deciders=(*DECIDERS.values(), replace(NEW, since=day("2026-05-31"))),
    )
    made = MadeList()
    become(made, deciders=(*AUTHORITY.deciders, NEW))
    assert made.replay.authority.decider("4" * 64) == NEW


def test_a_key_that_decides_already_does_not_begin_earlier() -> None:
    refused("would decide from 2019-01-01", deciders=(replace(FIRST, since=day("2019-01-01")), SECOND, THIRD))


@pytest.mark.parametrize("other", [{"public": PUBLIC}, {"id": "officer-2"}])
def test_a_key_id_stays_that_of_its_key_and_decider(other: dict[str, Any]) -> None:
    refused("cannot become another key", deciders=(replace(FIRST, **other), SECOND, THIRD))


def test_the_quorum_before_the_change_signs_it() -> None:
    three = replace(AUTHORITY, quorum=3)
    made = MadeList(three)
    with pytest.raises(StepRefusedError, match="2 of 3 signatures"):
        become(made, quorum=2)
    become(made, quorum=2, by=("officer-1", "officer-2", "officer-3"))
    become(made, on="2026-06-02", title="Signed by two")


def test_who_comes_with_the_change_does_not_sign_it() -> None:
    made = MadeList(replace(AUTHORITY, deciders=(FIRST, SECOND)))
    with pytest.raises(StepRefusedError, match=r"1 of 2 signatures .key 3{12} is none of example-authority"):
        become(made, by=("officer-1", "officer-3"), deciders=(FIRST, SECOND, replace(THIRD, since=day(ON))))


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"quorum": 1}, "no authority: quorum: .*greater than or equal to 2"),
        ({"quorum": 4}, "fewer deciders than the quorum"),
        ({"deciders": (FIRST, replace(FIRST, keyid="5" * 64))}, "a key stands twice"),
        ({"deciders": (FIRST, replace(SECOND, until=day("2026-05-31")))}, "only 1 deciders would have a key"),
        ({"id": "other"}, "it is of example-authority, and speaks of other"),
        ({}, "nothing changes"),
    ],
)
def test_what_may_be_no_authority_is_refused(parts: dict[str, Any], why: str) -> None:
    refused(why, **parts)


def test_a_change_is_signed_for_one_place_and_holds_from_its_recording() -> None:
    made = MadeList()
    back = made.event(CHANGE, ON, terms=replace(AUTHORITY, reply_days=0))
    once = signed(back, "officer-1", "officer-2")
    made.put(once)
    become(made, on="2026-06-02", reply_days=30)
    moment = made.replay.recorded
    assert moment is not None
    again = replace(once, number=made.replay.count, previous=made.replay.head, recorded=moment)
    with pytest.raises(StepRefusedError, match="signed for another place in the authority's history"):
        made.put(again)
    later = made.event(CHANGE, "2026-07-02", recorded="2026-07-01", terms=AUTHORITY)
    with pytest.raises(StepRefusedError, match="it holds from its recording"):
        made.put(signed(later, "officer-1", "officer-2"))


def test_a_log_begins_with_its_authority_once_and_no_other_step_carries_one() -> None:
    made = MadeList()
    with pytest.raises(StepRefusedError, match="only begins a log"):
        made.step(BEGIN, "2026-01-01", terms=replace(AUTHORITY, quorum=3))
    with pytest.raises(StepRefusedError, match="submit changes nothing of the authority"):
        made.step("submit", "2026-01-01", terms=AUTHORITY)
    empty = Replay(AUTHORITY)
    with pytest.raises(StepRefusedError, match="begins with authority"):
        empty.step(replace(made.event("submit", "2026-01-01"), number=0))


def test_each_event_is_judged_by_what_held_when_it_was_recorded() -> None:
    made = MadeList()
    made.listed(on="2026-02-01")
    become(made, deciders=(SECOND, THIRD, NEW), reply_days=60, title="Another name")
    with pytest.raises(StepRefusedError, match=r"1 of 2 signatures .key 1{12} is none"):
        made.step("suspend", "2026-06-02", reply_until=day("2026-07-02"))
    made.step("suspend", "2026-06-02", by=("officer-2", "officer-3"), reply_until=day("2026-07-02"))
    for kind in ("submit", "accept", "assess"):
        made.step(kind, "2026-06-03", entry="chip")
    with pytest.raises(StepRefusedError, match="10 days for a reply, of 60"):
        made.step("propose", "2026-06-03", entry="chip", state=State.LISTED, reply_until=day("2026-06-13"))
    found = replay(lines_of(made.lines), made.replay.authority)
    assert found is not None
    assert canonical(as_of(found, day("2026-06-03"))) == canonical(as_of(made.replay, day("2026-06-03")))
    before = replay(lines_of(made.lines), made.replay.authority, known_on=day("2026-05-31"))
    assert before is not None
    assert before.authority == AUTHORITY
    nothing = replay(lines_of(made.lines), made.replay.authority, known_on=day("2019-12-31"))
    assert nothing is not None
    assert (nothing.count, nothing.authority) == (0, AUTHORITY)


@pytest.fixture
def place(tmp_path: Path) -> ListFolder:
    place = ListFolder(tmp_path / "list")
    begin(place, AUTHORITY)
    return place


def edited(place: ListFolder, **parts: Any) -> Authority:
    other = replace(AUTHORITY, **parts)
    place.authority_file.write_text(authority_text(other))
    return other


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"quorum": 3}, "quorum 2 becomes 3"),
        ({"reply_days": 0, "grants": "blue-uas"}, r"reply_days 10 becomes 0 \(and 1 more\)"),
        (
            {"deciders": (replace(FIRST, since=day("2010-01-01")), SECOND, THIRD)},
            "since 2020-01-01 becomes 2010",
        ),
        (
            {"deciders": (*AUTHORITY.deciders, NEW)},
            "key 4{12} of officer-4, from 2026-06-01, is added",
        ),
        ({"deciders": (SECOND, THIRD)}, "key 111111111111 of officer-1 is taken away"),
    ],
)
def test_a_file_other_than_the_log_is_told(place: ListFolder, parts: dict[str, Any], told: str) -> None:
    edited(place, **parts)
    for afresh in (False, True):
        with pytest.raises(InputError, match=f"not what the log has: .*{told}"):
            place.replayed(afresh=afresh)
    with pytest.raises(InputError, match="is not what the log has"):
        record(place, draft(Replay(AUTHORITY), "submit", "radio", effective=day(ON), cause="application"))


def test_a_recorded_change_is_written_to_the_file(place: ListFolder) -> None:
    terms = edited(place, reply_days=45)
    found = place.replayed(changing=True)
    event = draft(found, CHANGE, AUTHORITY.id, effective=day(ON), cause="rules-changed", terms=terms)
    event = replace(event, ground=replace(event.ground, text="Longer"))
    edited(place, reply_days=7)
    record(place, signed(event, "officer-2", "officer-3"))
    assert read_authority(place.authority_file) == terms == place.replayed(afresh=True).authority
    assert len(list(check_forms(place.log))) == 2


def test_a_log_without_its_authority_is_one_line(place: ListFolder) -> None:
    lines = place.log.read_bytes()
    place.log.write_bytes(b"")
    with pytest.raises(InputError, match="the log is empty; it has to begin with its authority"):
        place.replayed()
    place.log.write_bytes(
        lines.replace(b'"authority","number"', b'"submit","number"').replace(b"begun", b"application")
    )
    with pytest.raises(InputError, match="line 1: a log begins with authority"):
        place.replayed()


def test_the_program_for_one_sitting_counts_the_same_signatures() -> None:
    steps = table().steps.values()
    assert {one.id for one in steps if verifier.QUORUM.fullmatch(one.id)} == {
        one.id for one in steps if one.signatures == "quorum"
    }
    assert {one.id for one in steps if verifier.ONE.fullmatch(one.id)} == {
        one.id for one in steps if one.signatures == "one"
    }
    made = MadeList()
    made.listed(on="2026-02-01")
    become(made, deciders=(replace(FIRST, until=day("2026-06-30")), SECOND, THIRD))
    made.step("suspend", "2026-06-30", reply_until=day("2026-07-30"))
    log = [json.loads(line) for line in made.lines]
    for event in log[1:6]:
        verifier.check_signed(event, log[0]["terms"])
    verifier.check_signed(log[-1], log[-2]["terms"])
    later = log[-1] | {"recorded": "2026-07-01T00:00:00Z"}
    changed = log[-1] | {"cause": "court-order"}
    twice = log[-1] | {"signatures": log[-1]["signatures"][:1] * 2}
    for event, count in ((later, 1), (changed, 0), (twice, 1)):
        with pytest.raises(verifier.RefusedError, match=f"event 7 has {count} of 2 signatures"):
            verifier.check_signed(event, log[-2]["terms"])
