"""The laws of the list, on lives made up step by step: whatever happens, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.listing.as_of import as_of
from clearband.listing.log import LogLine, event_of, sha256_of
from clearband.listing.refused import StepRefusedError
from clearband.listing.replay import Replay, replay
from clearband.listing.standing import on_day
from clearband.listing.table import table
from clearband.model.canonical import canonical
from clearband.model.listing import Ground, State
from tests.listing.made_list import AUTHORITY, MadeList, condition

TABLE = table()
FIRST = date(2026, 1, 1)
LIFE = ("submit", "accept", "assess", "propose", "decide")
BECOMES = (
    replace(AUTHORITY, reply_days=15),
    replace(AUTHORITY, deciders=AUTHORITY.deciders[:2], title="Another name"),
    replace(AUTHORITY, grants="conditional-approval"),
)
"""What the authority may become: those who sign in these lives still do."""
KEYS = ("entry:chip", "certificate:c-1")


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    """A step of any kind with parts that may or may not fit it."""
    kind = draw(st.sampled_from([*TABLE.steps, *LIFE, *LIFE, *["correct"] * 3]))
    step = TABLE.steps[kind]
    offset = draw(st.integers(-40, 200))
    entry = draw(st.sampled_from(["radio", "chip"]))
    other = {"radio": "chip", "chip": "radio"}[entry]
    return {
        "kind": kind,
        "entry": {"dependency": "certificate:c-1", "authority": None}.get(step.about, entry),
        "terms": draw(st.sampled_from(BECOMES)) if step.about == "authority" else None,
        "cause": draw(st.sampled_from(step.causes)),
        "days": draw(st.integers(0, 40)),
        "offset": 0 if draw(st.booleans()) else offset,
        "state": draw(st.sampled_from([*step.to, *step.proposes])) if step.to or step.proposes else None,
        "until": draw(st.sampled_from([None, 100, 400, 800])),
        "conditions": draw(st.sampled_from([(), (condition("c", "2026-09-30"),)])),
        "depends": draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=2).map(tuple)),
        "refers": other if kind == "supersede" else draw(st.sampled_from(["c", "5", "10", "11"])),
        "assessment": draw(st.sampled_from(["a" * 64, "a" * 64, "b" * 64])),
    }


def grown(drawn: list[dict[str, Any]]) -> MadeList:
    """A list that took of the steps what it does not refuse."""
    made, day = MadeList(), FIRST
    # A first life that gets somewhere, so that the steps drawn find more than an empty list.
    made.listed(State.CONDITIONAL, entry="chip", conditions=(condition("c", "2026-09-30"),))
    made.listed(on="2026-03-01", depends=KEYS)
    day = date(2026, 3, 1)
    for one in drawn:
        day += timedelta(days=one["days"])
        on = day + timedelta(days=one["offset"])
        named = ("entry", "cause", "state", "conditions", "depends", "refers", "terms")
        parts = {name: one[name] for name in named}
        parts["ground"] = Ground(("GOV-01",), (), one["assessment"], "words")
        if one["until"] is not None:
            parts |= {"until": on + timedelta(one["until"]), "remove_by": on + timedelta(one["until"])}
        parts |= {"reply_until": day + timedelta(15), "evidence_until": on + timedelta(300)}
        event_parts = {name: value for name, value in parts.items() if value is not None}
        kept = (list(made.lines), made.replay)
        try:
            made.step(one["kind"], str(on), recorded=str(day), **event_parts)
        except StepRefusedError:
            made.lines, _ = kept
            made.replay = again(made.lines)
    return made


def lines_of(raw: list[bytes]) -> Iterator[LogLine]:
    for line in raw:
        yield LogLine(event_of(line), sha256_of(line), line)


def again(raw: list[bytes], known_on: date | None = None) -> Replay:
    found = Replay(AUTHORITY)
    for line in lines_of(raw):
        if known_on is not None and line.event.recorded.date() > known_on:
            break
        found.take(line, signatures=False)
    return found


def published(raw: list[bytes], on: date, known_on: date | None = None) -> bytes:
    found = replay(lines_of(raw), AUTHORITY, known_on=known_on, changing=True)
    assert found is not None
    return canonical(as_of(found, on))


LIVES = st.lists(steps(), max_size=12).map(grown)
DAYS = st.integers(-30, 900).map(lambda days: FIRST + timedelta(days))
LAW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@LAW
@given(LIVES, DAYS)
def test_replaying_the_log_gives_the_same_bytes(made: MadeList, on: date) -> None:
    assert published(made.lines, on) == published(made.lines, on) == canonical(as_of(made.replay, on))


@LAW
@given(LIVES, DAYS, DAYS, st.data())
def test_what_is_recorded_later_changes_no_answer_of_before(
    made: MadeList, on: date, known_on: date, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(made.lines)))
    before = made.lines[:cut]
    if cut < len(made.lines):
        known_on = min(known_on, event_of(made.lines[cut]).recorded.date() - timedelta(1))
    assert published(before, on, known_on) == published(made.lines, on, known_on)


@LAW
@given(LIVES, DAYS)
def test_what_was_recorded_after_a_day_is_not_known_on_it(made: MadeList, known_on: date) -> None:
    known = [raw for raw in made.lines if event_of(raw).recorded.date() <= known_on]
    on = FIRST + timedelta(500)
    assert published(known, on) == published(made.lines, on, known_on)


BY_DATE = {(a, b) for froms, to in TABLE.by_date.values() for a in froms for b in to}


@LAW
@given(LIVES)
def test_every_move_of_an_entry_is_in_the_table(made: MadeList) -> None:
    for entry in made.replay.entries.values():
        moves = sorted(
            (one for one in entry.in_force_events() if TABLE.steps[one.kind].to),
            key=lambda one: (one.effective, one.number),
        )
        for at, move in enumerate(moves):
            step = TABLE.steps[move.kind]
            standing = entry.standing_on(move.effective)
            assert standing is not None
            earlier = moves[at - 1] if at else None
            if at + 1 == len(moves) or moves[at + 1].effective > move.effective:
                assert standing.state in step.to
                assert standing.since == move.effective
            if earlier is not None and earlier.effective < move.effective:
                before = entry.standing_on(move.effective - timedelta(1))
                assert before is not None
                assert on_day(before, move.effective, TABLE).state in step.standing_from


@LAW
@given(LIVES, DAYS)
def test_an_entry_in_force_lacks_nothing_that_its_state_must_say(made: MadeList, on: date) -> None:
    for listing in as_of(made.replay, on):
        assert set(listing.uses) == set(TABLE.uses[State.LISTED])
        standing = made.replay.entries[listing.entry].standing_on(on)
        if standing is None:
            assert listing.uses["buy"][0] == "no"  # type: ignore[index]
            continue
        own = on_day(standing, on, TABLE).state
        assert own == listing.state or (own, listing.state) in BY_DATE
        if listing.state in TABLE.in_force:
            assert listing.until is not None
            assert listing.until >= on
            for key in listing.depends:
                kind, _, name = key.partition(":")
                if kind == "entry":
                    other = as_of(made.replay, on, only=name)
                    assert other
                    assert other[0].state in TABLE.in_force
                elif known := made.replay.dependencies.get(key):
                    assert known.lost_on(on) is None
        assert (listing.uses["buy"][0] in ("no",)) == (listing.state not in TABLE.in_force)  # type: ignore[index]


def test_the_lives_of_these_laws_are_full() -> None:
    """The laws above would hold on an empty list, too."""
    states, kinds = set[State](), set[str]()

    @settings(max_examples=250, deadline=None, database=None, derandomize=True,
              suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])  # fmt: skip
    @given(LIVES)
    def look(made: MadeList) -> None:
        kinds.update(event_of(raw).kind for raw in made.lines)
        for days in (150, 300, 600, 900):
            states.update(one.state for one in as_of(made.replay, FIRST + timedelta(days)))

    look()
    assert {"decide", "suspend", "authority-changed", "correct", "dependency-ended", "review-opened"} <= kinds
    assert {"listed-conditional", "suspended", "expired", "withdrawn-by-vendor", "superseded"} <= states
