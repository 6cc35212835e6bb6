"""Whatever was said of a record: what nobody looked at is cleared by nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.workspace import decisions, said
from clearband.workspace.database import reading
from clearband.workspace.effect import (
    EFFECTS,
    ENDED,
    IN_FORCE,
    OTHER,
    answer_effect,
    answer_effects,
    effect,
    effects,
)
from clearband.workspace.errors import WorkspaceError
from clearband.workspace.place import Workspace
from clearband.workspace.subject import Subject
from clearband.workspace.tables import decision
from clearband.workspace.tables.decisions import DECISION_KINDS
from clearband.workspace.verify import verify
from tests.workspace.team import PRINT, Team, team

TODAY = date(2026, 11, 28)
JUDGED_OTHERWISE = "a" * 32 + "b" * 32
STATED_OTHERWISE = "b" + "a" * 63
STEP = st.tuples(
    st.sampled_from(["analyst", "colleague", "approver"]),
    st.sampled_from(["propose", "approve", "refuse", "withdraw"]),
    st.sampled_from(DECISION_KINDS),
    st.sampled_from([PRINT, JUDGED_OTHERWISE]),
    st.sampled_from(["prohibited", "review"]),
    st.integers(1, 60),
    st.integers(0, 3),
)
made = 0


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEP, max_size=12), later=st.integers(-1, 70))
def test_no_history_lets_a_decision_count_for_what_it_was_not_made_for(
    team_of_two: Team, history: list[tuple[str, str, str, str, str, int, int]], later: int
) -> None:
    global made
    made += 1
    identity = f"serial:{made}"
    for who, verb, kind, fingerprint, answer, days, which in history:
        subject = team_of_two.other(identity=identity, fingerprint=fingerprint, answer=answer)
        with suppress(WorkspaceError):
            step(team_of_two, who, verb, kind, subject, days, which)
    today = TODAY + timedelta(days=later)
    rows = rows_of(team_of_two, identity)
    for state in ("proposed", "in-force"):
        assert sum(row["state"] == state for row in rows) <= 1
    for row in rows:
        milder = row["kind"] in ("false-alarm", "accepted-risk")
        if row["state"] == "in-force" and milder:
            assert row["decided_by"] not in (None, row["proposed_by"])
        for fingerprint in (PRINT, JUDGED_OTHERWISE):
            for answer in ("prohibited", "review"):
                now = team_of_two.other(identity=identity, fingerprint=fingerprint, answer=answer)
                same = (fingerprint, answer) == (row["fingerprint"], row["answer"])
                standing = row["until"] is None or today.isoformat() <= row["until"]
                counts = effect(row, now, today) == IN_FORCE
                assert counts == (row["state"] == "in-force" and same and standing)


def step(of: Team, who: str, verb: str, kind: str, subject: Subject, days: int, which: int) -> None:
    with of.by(getattr(of, who)) as ledger:
        if verb == "propose":
            until = TODAY + timedelta(days=days) if kind == "accepted-risk" else None
            row = decisions.propose(ledger, subject, kind, "x", until=until, today=TODAY)
            assert (row["answer"], row["fingerprint"]) == (subject.answer, subject.fingerprint)
            return
        query = sa.select(decision.c.id).where(decision.c.identity == subject.identity)
        rows = ledger.connection.scalars(query.order_by(decision.c.proposed_at.desc())).all()
        if which < len(rows) and verb == "approve":
            decisions.approve(ledger, rows[which], today=TODAY)
        elif which < len(rows) and verb == "refuse":
            decisions.refuse(ledger, rows[which], note="x")
        elif which < len(rows):
            decisions.withdraw(ledger, rows[which])


def rows_of(of: Team, identity: str) -> list[dict[str, str | None]]:
    with reading(of.workspace.engine) as connection:
        return said.of_record(connection, of.camera.inventory_id, identity).decisions


@pytest.fixture
def team_of_two(workspace: Workspace) -> Team:
    return team(workspace)


def test_no_decision_changes_what_the_screening_answered(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.analyst) as ledger:
        row = decisions.propose(ledger, of.camera, "false-alarm", "x", today=TODAY)
    with of.by(of.approver) as ledger:
        after = decisions.approve(ledger, row["id"], today=TODAY)
    for name in ("answer", "fingerprint", "kind", "reason", "until", "run_id", "identity"):
        assert after[name] == row[name]
    assert verify(workspace).problems == ()


@pytest.mark.parametrize(
    ("until", "today", "found"),
    [
        ("2026-11-28", TODAY, IN_FORCE),
        ("2026-11-27", TODAY, ENDED),
        (None, date(2999, 1, 1), IN_FORCE),
    ],
)
def test_a_risk_is_accepted_to_the_end_of_its_day(until: str | None, today: date, found: str) -> None:
    row = {"inventory_id": "i", "identity": "x", "state": "in-force", "until": until}
    now = Subject("i", "x", "cam-7", PRINT, "prohibited", "r")
    assert effect(row | {"fingerprint": PRINT, "answer": "prohibited"}, now, today) == found


def test_beside_another_record_or_none_nothing_counts() -> None:
    row = {"inventory_id": "i", "identity": "x", "state": "in-force", "until": None, "fingerprint": PRINT,
           "answer": "prohibited"}  # fmt: skip
    for now in (
        None,
        Subject("i", "y", "c", PRINT, "prohibited", "r"),
        Subject("j", "x", "c", PRINT, "prohibited", "r"),
    ):
        assert effect(row, now, TODAY) == OTHER
        assert answer_effect(row, now) == OTHER


def test_an_answer_counts_while_the_same_is_stated_of_the_record() -> None:
    row = {"inventory_id": "i", "identity": "x", "state": "in-force", "fingerprint": PRINT}
    for now, found in ((PRINT, IN_FORCE), (JUDGED_OTHERWISE, IN_FORCE), (STATED_OTHERWISE, OTHER)):
        assert answer_effect(row, Subject("i", "x", "c", now, "review", "r")) == found


def test_columns_and_rows_say_the_same(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.analyst) as ledger:
        for number, kind in enumerate(DECISION_KINDS):
            until = "2026-12-31" if kind == "accepted-risk" else None
            subject = of.other(identity=f"serial:{number}")
            decisions.propose(ledger, subject, kind, "x", until=until, today=TODAY)
    with reading(workspace.engine) as connection:
        found = said.decisions(connection, of.camera.inventory_id)
        assert said.answers(connection, of.camera.inventory_id).schema == said.ANSWERS_SCHEMA
    assert found.schema == said.DECISIONS_SCHEMA
    assert found["kind"].to_list() == list(DECISION_KINDS)
    now = found.with_columns(
        pl.Series("fingerprint_now", [PRINT, PRINT, JUDGED_OTHERWISE, None]), answer_now=pl.lit("prohibited")
    )
    assert effects(now, TODAY).to_list() == ["in-force", "proposed", OTHER, OTHER]
    assert answer_effects(now).to_list() == ["in-force", "proposed", "proposed", OTHER]
    assert set(effects(now, TODAY)) <= set(EFFECTS)
