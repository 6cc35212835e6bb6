"""From run to run: what is new, gone, otherwise, and that no decision counts for what nobody looked at."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.workspace import answers, carry, decisions, said, uploads
from clearband.workspace.asked import Asked
from clearband.workspace.database import reading
from clearband.workspace.effect import IN_FORCE, answer_effects, effects
from clearband.workspace.ledger import Actor, Row
from clearband.workspace.place import Workspace
from clearband.workspace.subject import Subject
from tests.workspace.people import somebody
from tests.workspace.test_runs import brought, done, executed

HEAD = "Asset,Mfr,Model,Type,Serial,Qty,Site,Purpose\n"
CAMERA = "Hikvision,DS-2CD2347G2-LU,camera"
BEFORE = [
    f"1,{CAMERA},H123456A,1,North,",
    f"2,{CAMERA},H123456B,1,North,",
    f"3,{CAMERA},H123456C,1,North,",
    f"4,{CAMERA},H123456D,1,North,",
    f"5,{CAMERA},H123456E,1,North,",
    f"6,{CAMERA},H123456F,1,North,",
    f"7,{CAMERA},H123456G,1,North,",
]
AFTER = [
    "8,Nokia,7750 SR,router,NS2109A,1,North,",
    f"2,{CAMERA},H123456B,1,South,",
    "3,Dahua,IPC-HFW2431S,camera,H123456C,1,North,",
    f"4,{CAMERA},H123456D,2,North,",
    f"5,{CAMERA},X999999E,1,North,",
    f"6,{CAMERA},H123456F,1,North,public safety",
    f"1,{CAMERA},H123456A,1,North,",
]
CONTRACTOR = Asked(actors=("federal-contractor",), on=date(2026, 6, 1))


def table(rows: list[str]) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


def records(workspace: Workspace, run: Row) -> pl.DataFrame:
    return carry.files_of(workspace, run["id"]).records()


def subjects(workspace: Workspace, run: Row) -> dict[str, Subject]:
    """The records of a run, by their ids."""
    of, names = run["inventory_id"], ("identity", "record_id", "fingerprint", "answer")
    rows = records(workspace, run).to_dicts()
    return {row["record_id"]: Subject(of, *(row[name] for name in names), run["id"]) for row in rows}


def confirm(workspace: Workspace, analyst: Actor, *about: Subject) -> None:
    for one in about:
        done(workspace, analyst, partial(decisions.propose, subject=one, kind="confirmed", reason="seen"))


def counting(workspace: Workspace, of: str, run: Row, day: date) -> set[str]:
    """Identities of the records of which a decision counts in a run."""
    with reading(workspace.engine) as connection:
        decided = said.decisions(connection, of)
    now = records(workspace, run).select("identity", fingerprint_now="fingerprint", answer_now="answer")
    beside = decided.join(now, on="identity", how="left")
    return set(beside.filter(effects(beside, day) == IN_FORCE)["identity"])


@pytest.fixture
def analyst(workspace: Workspace) -> Actor:
    return somebody(workspace)


def test_what_is_otherwise_is_told_and_no_decision_on_it_counts(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst, ("may.csv", table(BEFORE), {}))
    first = executed(workspace, analyst, of, CONTRACTOR)
    day = date(2026, 6, 1)
    confirm(workspace, analyst, *subjects(workspace, first).values())
    assert len(counting(workspace, of, first, day)) == len(BEFORE)

    old = first["files"][0]["upload_id"]
    new = uploads.receive(workspace, analyst, of, "june.csv", [table(AFTER)]).row
    done(workspace, analyst, lambda ledger: uploads.take(ledger, new["id"], {}, instead_of=[old]))
    second = executed(workspace, analyst, of, CONTRACTOR)
    found = carry.compared(carry.files_of(workspace, first["id"]), carry.files_of(workspace, second["id"]))
    told = {row["record_id"]: (row["state"], row["changed"]) for row in found.table.to_dicts()}
    assert told == {
        "8": ("new", None),
        "2": ("unchanged", None),
        "3": ("changed", ["maker", "stated"]),
        "4": ("changed", ["stated"]),
        "5": ("changed", ["stated"]),
        "6": ("changed", ["answer", "stated"]),
        "1": ("unchanged", None),
        "7": ("gone", None),
    }
    assert {name: found.counts[name] for name in carry.STATES} == {
        "new": 1, "gone": 1, "changed": 4, "unchanged": 2
    }  # fmt: skip
    assert second["result"]["since"] == {"run_id": first["id"], "number": 1} | found.counts
    assert counting(workspace, of, second, day) == {"id:1", "id:2"}


@pytest.mark.parametrize("database", [None])
def test_an_answered_question_is_a_fact_of_the_next_run(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst, ("may.csv", table(BEFORE), {}))
    first = executed(workspace, analyst, of, CONTRACTOR)
    about = subjects(workspace, first)
    assert about["1"].answer == "review"
    confirm(workspace, analyst, about["1"])
    approver = somebody(workspace, "approver", name="An officer")
    for record, value in (("1", "public-safety"), ("2", "own-office")):
        said_of = partial(
            answers.propose, subject=about[record], field="purpose", value=value, reason="asked"
        )
        row = done(workspace, analyst, said_of)
        done(workspace, approver, lambda ledger, row=row: answers.approve(ledger, row["id"]))
    second = executed(workspace, analyst, of, CONTRACTOR)
    now = subjects(workspace, second)
    assert (now["1"].answer, now["3"].answer) == ("prohibited", "review")
    assert now["1"].fingerprint[:32] == about["1"].fingerprint[:32]
    assert counting(workspace, of, second, date(2026, 6, 1)) == set()
    equipment = pl.read_parquet(workspace.run_folder(second["id"]) / "equipment.parquet")
    assert equipment["purpose_stated"].to_list()[:3] == ["public-safety", "own-office", None]
    assert equipment["x_answered"].is_not_null().to_list()[:3] == [True, True, False]
    # Answered once: the next run reads it again, though the record is judged otherwise now.
    third = executed(workspace, analyst, of, CONTRACTOR)
    assert subjects(workspace, third)["1"].fingerprint == now["1"].fingerprint
    with reading(workspace.engine) as connection:
        beside = said.answers(connection, of).with_columns(fingerprint_now=pl.lit(now["1"].fingerprint))
    assert answer_effects(beside).to_list()[0] == IN_FORCE


RECORD = st.fixed_dictionaries(
    {
        "identity": st.sampled_from(["id:1", "id:2", "id:3"]),
        "stated": st.sampled_from("ab"),
        "judged": st.sampled_from("ab"),
        "maker": st.sampled_from(["huawei", None]),
        "answer": st.sampled_from(["prohibited", "review"]),
    }
)
RUN = st.lists(RECORD, max_size=3, unique_by=lambda record: record["identity"])


EMPTY = ("record_id", "maker_name", "model", "site", "category", "answer_directive", "answer_clause")


def run_of(made: list[dict[str, Any]]) -> pl.DataFrame:
    """Records of a run: whoever has another maker or answer is judged otherwise."""
    rows = [
        {
            "identity": one["identity"],
            "fingerprint": one["stated"] * 32
            + f"{one['judged']}{one['maker']}{one['answer']}".ljust(32)[:32],
            "maker": one["maker"],
            "answer": one["answer"],
        }
        for one in made
    ]
    columns = ("identity", "fingerprint", "maker", "answer", *EMPTY)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))


@given(RUN, RUN)
def test_each_record_is_in_one_state_and_only_the_same_is_unchanged(before: Any, after: Any) -> None:
    earlier, later = run_of(before), run_of(after)
    found = carry.differences(earlier, later)
    prints = [dict(frame.select("identity", "fingerprint").rows()) for frame in (earlier, later)]
    for row in found.table.to_dicts():
        one, other = (side.get(row["identity"]) for side in prints)
        wanted = "new" if one is None else "gone" if other is None else "changed"
        wanted = "unchanged" if one == other else wanted
        assert row["state"] == wanted
        assert bool(row["changed"]) == (wanted == "changed")
    assert sum(found.counts[one] for one in carry.STATES) == found.table.height
    assert set(found.table["identity"]) == prints[0].keys() | prints[1].keys()


@given(RUN, RUN)
def test_a_decision_never_counts_for_another_print_or_answer(before: Any, after: Any) -> None:
    decided = run_of(before).select(
        "identity", "fingerprint", "answer", state=pl.lit("in-force"), until=pl.lit(None, dtype=pl.String)
    )
    now = run_of(after).select("identity", fingerprint_now="fingerprint", answer_now="answer")
    beside = decided.join(now, on="identity", how="left")
    for row, effect in zip(beside.to_dicts(), effects(beside, date(2026, 1, 1)), strict=True):
        same = (row["fingerprint"], row["answer"]) == (row["fingerprint_now"], row["answer_now"])
        assert (effect == IN_FORCE) == same
