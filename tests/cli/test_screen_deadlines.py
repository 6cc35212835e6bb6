"""Duties with their days, from an inventory: by which day, for how many records, under which clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli.conftest import AGENCY, CARRIER, Clearband, Finished

CONTRACTOR = ("--as", "federal-contractor", "--action", "use", "--on", "2026-11-26")
ROUTER = "id,manufacturer,model,category\n1,Huawei,NE40E-X8A,router\n"
CAMERA = "2,Hikvision,DS-2CD2143G2-I,camera\n"
NOBODY = "3,,R-2000,router\n"

OWN: dict[str, Any] = {
    "id": "xx-own",
    "title": "A measure of our own",
    "short_title": "Own measure",
    "jurisdiction": "US",
    "issuer": "Us",
    "citation": "none",
    "kind": "agency-rule",
    "force": "binding",
    "timeline": [{"date": "2020-01-01", "event": "effective"}],
    "actors": ["federal-contractor"],
    "actions": ["use"],
    "targets": [],
    "scope": {"equipment": ["telecom"]},
    "verified": "true",
    "sources": [],
    "evaluation": "clauses",
}
BAN: dict[str, Any] = {
    "id": "ban",
    "cite": "s. 1",
    "effect": "prohibits",
    "says": "do not use it",
    "actors": ["federal-contractor"],
    "actions": ["use"],
    "makers": {"named": [{"org": "huawei"}]},
    "from": "effective 2020-01-01",
    "duties": [{"text": "tell the board", "days": 7}],
}


def listed(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def own(folder: Path, **changes: Any) -> Path:
    path = folder / "own.yaml"
    path.write_text(json.dumps({**OWN, "clauses": [BAN], **changes}), encoding="utf-8")
    return path


def summary(clearband: Clearband, *arguments: object) -> dict[str, Any]:
    ended = clearband("screen", *arguments, "--json")
    assert ended.status == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


def under(deadlines: list[dict[str, Any]], directive: str) -> list[dict[str, Any]]:
    return [one for one in deadlines if directive in {clause["directive"] for clause in one["clauses"]}]


def test_a_screening_owes_what_ask_says_of_the_item(clearband: Clearband, tmp_path: Path) -> None:
    found = summary(clearband, listed(tmp_path, ROUTER), *CONTRACTOR, "--found-on", "2026-11-20")
    answer = json.loads(
        clearband("ask", "--maker", "Huawei", "--equipment", "router", "--actor", "federal-contractor",
                  "--action", "use", "--on", "2026-11-26", "--found-on", "2026-11-20", "--json").out
    )  # fmt: skip
    assert {
        (one["due"], one["duty"], one["overdue"], clause["directive"], clause["clause"])
        for one in found["deadlines"]
        for clause in one["clauses"]
        if not one["conditional"]
    } >= {
        (one["due"], one["duty"], one["overdue"], one["directive"], one["clause"].partition("/")[0])
        for one in answer["deadlines"]
        if one["directive"].startswith("us-ndaa-fy2019")
    }
    first = found["deadlines"][0]
    assert (first["due"], first["overdue"], first["counted_from"]) == ("2026-11-23", True, "2026-11-20")


def test_without_a_day_of_finding_the_clock_runs_from_the_day_of_the_question(
    clearband: Clearband, tmp_path: Path
) -> None:
    found = summary(clearband, listed(tmp_path, ROUTER), *CONTRACTOR)
    assert found["asked"]["found_on"] is None
    assert {one["overdue"] for one in found["deadlines"]} == {False}
    assert found["deadlines"][0]["counted_from"] == "2026-11-26"


def test_what_several_clauses_demand_in_the_same_words_is_one_deadline_and_a_record_counts_once(
    clearband: Clearband, tmp_path: Path
) -> None:
    found = summary(clearband, listed(tmp_path, ROUTER), *CONTRACTOR)
    (first, *_) = under(found["deadlines"], "us-ndaa-fy2019-889-a1b")
    assert len(first["clauses"]) > 1
    assert (first["records"], first["answers"]) == (1, {"prohibited": 1})
    assert all(clause["records"] == 1 for clause in first["clauses"])


def test_a_duty_of_what_is_to_review_is_owed_only_if_it_is_covered(
    clearband: Clearband, tmp_path: Path
) -> None:
    found = summary(clearband, listed(tmp_path, ROUTER + CAMERA), *CONTRACTOR)
    (first, *_) = under(found["deadlines"], "us-ndaa-fy2019-889-a1b")
    assert (first["conditional"], first["answers"]) == (False, {"prohibited": 1, "review": 1})
    alone = summary(clearband, listed(tmp_path, ROUTER.splitlines()[0] + "\n" + CAMERA), *CONTRACTOR)
    assert alone["deadlines"]
    assert all(one["conditional"] and one["answers"] == {"review": 1} for one in alone["deadlines"])


def test_of_a_maker_that_nobody_knows_a_duty_is_never_certain(clearband: Clearband, tmp_path: Path) -> None:
    found = summary(clearband, listed(tmp_path, ROUTER.splitlines()[0] + "\n" + NOBODY), *CONTRACTOR)
    assert found["deadlines"]
    assert all(one["conditional"] for one in found["deadlines"])


def test_a_clause_that_only_requires_owes_for_certain(clearband: Clearband, tmp_path: Path) -> None:
    clauses = [{**BAN, "id": "tell", "effect": "requires", "says": "tell"}]
    arguments = (listed(tmp_path, ROUTER), "--facts", own(tmp_path, clauses=clauses), *CONTRACTOR)
    (one,) = under(summary(clearband, *arguments)["deadlines"], "xx-own")
    assert (one["duty"], one["due"], one["conditional"]) == ("tell the board", "2026-12-03", False)
    assert one["answers"] == {"not-covered": 1}


def test_a_day_that_the_law_names_is_counted_from_nothing(clearband: Clearband, tmp_path: Path) -> None:
    clauses = [{**BAN, "duties": [{"text": "replace it", "by": "2027-01-31"}]}]
    arguments = (listed(tmp_path, ROUTER), "--facts", own(tmp_path, clauses=clauses), *CONTRACTOR)
    (one,) = under(summary(clearband, *arguments)["deadlines"], "xx-own")
    assert (one["due"], one["counted_from"], one["overdue"]) == ("2027-01-31", None, False)


def test_a_day_that_is_named_by_a_law_that_has_not_begun_is_owed_once_it_has(
    clearband: Clearband, tmp_path: Path
) -> None:
    late = {**BAN, "from": "effective 2026-12-31", "duties": [{"text": "replace it", "by": "2027-01-31"}]}
    measure = own(tmp_path, timeline=[{"date": "2026-12-31", "event": "effective"}], clauses=[late])
    arguments = (listed(tmp_path, ROUTER), "--facts", measure, *CONTRACTOR)
    (one,) = under(summary(clearband, *arguments)["deadlines"], "xx-own")
    assert (one["due"], one["conditional"], one["answers"]) == ("2027-01-31", True, {"not-yet": 1})
    begun = summary(clearband, *arguments, "--on", "2027-01-01")
    assert under(begun["deadlines"], "xx-own")[0]["answers"] == {"prohibited": 1}


def test_what_a_draft_would_make_due_stays_apart(clearband: Clearband, tmp_path: Path) -> None:
    inventory, draft = listed(tmp_path, ROUTER), own(tmp_path, status="draft")
    without, beside = (summary(clearband, inventory, *more, *CONTRACTOR) for more in ((), ("--facts", draft)))
    assert beside["deadlines"] == without["deadlines"]
    assert [(one["duty"], one["records"]) for one in beside["drafts"][0]["deadlines"]] == [
        ("tell the board", 1)
    ]
    clearband("screen", inventory, "--facts", draft, *CONTRACTOR, "--out", tmp_path / "run")
    assert "tell the board" not in (tmp_path / "run" / "deadlines.csv").read_text(encoding="utf-8-sig")
    assert "tell the board" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_the_records_of_a_deadline_are_those_of_its_findings(finished: Finished) -> None:
    run = finished(CARRIER, AGENCY, "--on", "2026-11-22")
    equipment = pl.read_parquet(run / "equipment.parquet")
    known = equipment.filter(pl.col("maker_status") == "identified")["record_id"]
    findings = pl.read_parquet(run / "findings.parquet")
    rows = pl.read_csv(run / "deadlines.csv").filter(pl.col("prohibited") > 0)
    assert rows.height > 0
    for row in rows.iter_rows(named=True):
        reached = findings.filter(
            pl.col("record_id").is_in(known.implode()),
            pl.col("directive") == row["directive"],
            pl.col("clause").str.split("/").list.first() == row["clause"],
            pl.col("answer") == "prohibited",
        )
        assert reached["record_id"].n_unique() == row["prohibited"], row["clause"]


def test_records_of_the_same_id_count_once_as_among_the_findings(
    clearband: Clearband, tmp_path: Path
) -> None:
    twice = ROUTER + ROUTER.splitlines()[1] + "\n"
    found = summary(clearband, listed(tmp_path, twice), *CONTRACTOR)
    ids = pl.Series(row["records"] for row in found["by_directive"])
    assert found["deadlines"][0]["records"] == ids.max()


def test_cells_of_the_deadlines_are_safe_in_a_spreadsheet(clearband: Clearband, tmp_path: Path) -> None:
    clauses = [{**BAN, "duties": [{"text": "=HYPERLINK(1)", "days": 7}]}]
    clearband(
        "screen", listed(tmp_path, ROUTER), "--facts", own(tmp_path, clauses=clauses), *CONTRACTOR,
        "--out", tmp_path / "run",
    )  # fmt: skip
    text = (tmp_path / "run" / "deadlines.csv").read_text(encoding="utf-8-sig")
    assert ",'=HYPERLINK(1)," in text


def test_a_profile_names_the_day_of_finding_and_the_option_goes_before_it(
    clearband: Clearband, tmp_path: Path
) -> None:
    profile = tmp_path / "we.yaml"
    profile.write_text("actors: [federal-contractor]\nfound_on: 2026-11-20\n", "utf-8")
    arguments = (listed(tmp_path, ROUTER), "--on", "2026-11-26", "--profile", profile)
    assert summary(clearband, *arguments)["asked"]["found_on"] == "2026-11-20"
    assert summary(clearband, *arguments, "--found-on", "2026-11-25")["asked"]["found_on"] == "2026-11-25"


def test_screened_again_the_day_of_finding_stays_that_of_the_earlier_run(
    clearband: Clearband, tmp_path: Path
) -> None:
    clearband(
        "screen", listed(tmp_path, ROUTER), *CONTRACTOR, "--found-on", "2026-11-25", "--out", tmp_path / "run"
    )
    ended = clearband("screen", "--again", tmp_path / "run", "--on", "2026-12-24", "--out", tmp_path / "new")
    assert ended.status == 0, ended.err
    found = json.loads((tmp_path / "new" / "summary.json").read_text("utf-8"))
    assert found["asked"]["found_on"] == "2026-11-25"
    assert found["deadlines"][0]["overdue"]


def test_another_day_of_finding_is_said_of_a_run_that_is_screened_again(
    clearband: Clearband, tmp_path: Path
) -> None:
    asked = (*CONTRACTOR, "--found-on", "2026-11-25")
    clearband("screen", listed(tmp_path, ROUTER), *asked, "--out", tmp_path / "run")
    ended = clearband("screen", "--again", tmp_path / "run", "--found-on", "2026-11-24")
    assert "day of finding 2026-11-25 → 2026-11-24." in " ".join(ended.out.split())


@pytest.mark.parametrize("command", ["screen", "ask"])
@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-27", "after the day of the question"),
        ("soon", '"soon" is not a date'),
        ("9999-12-31", '"9999-12-31" is not of the years 1000 to 9899'),
    ],
)
def test_a_day_of_finding_that_cannot_be_is_one_line(
    clearband: Clearband, command: str, day: str, says: str
) -> None:
    what = {
        "screen": (CARRIER,),
        "ask": ("--maker", "Huawei", "--actor", "federal-agency", "--action", "use"),
    }
    ended = clearband(command, *what[command], "--on", "2026-11-26", "--found-on", day)
    assert says in ended.one_line
    assert ended.status == 2
