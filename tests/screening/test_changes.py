"""What a second screening says otherwise: matching of records, and what bears on a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from clearband.directives.diff_reasons import Decided
from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register
from clearband.screening.changes import CHANGES_SCHEMA, changes
from clearband.screening.earlier import EarlierRun, as_stated
from clearband.screening.result import Screening
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import Inventory

MAKERS = ("Cisco", "Huawei", "ZTE")


def equipment(*makers: str) -> pl.DataFrame:
    """Switches that all carry one id."""
    rows = [{"record_id": "7", "source": f"row {n}", "manufacturer": name, "category": "switch"}
            for n, name in enumerate(makers)]  # fmt: skip
    return pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA)


def screened(on: str, table: pl.DataFrame) -> Screening:
    questions = Questions(("federal-agency",), ("procure",), date.fromisoformat(on))
    return screen(Inventory(table), Settings(questions), load_register(), load_law())


def earlier(run: Screening, **record: Any) -> EarlierRun:
    return EarlierRun("run", "0" * 64, {**run.run, **record}, run.summary, run.equipment)


def test_records_with_one_id_are_matched_in_their_order() -> None:
    before, after = (screened(on, equipment(*MAKERS)) for on in ("2019-08-12", "2019-08-13"))
    found = changes(earlier(before), after, lambda *_: [])
    assert found.table.select("source", "maker_before", "maker_after", "answer_after").rows() == [
        ("row 1", "huawei", "huawei", "prohibited"),
        ("row 2", "zte", "zte", "prohibited"),
    ]
    assert found.counts.rows() == [("not-yet", "prohibited", 2, 2)]
    assert dict(found.table.schema) == CHANGES_SCHEMA


def test_another_maker_is_told_with_the_answer_as_it_was() -> None:
    after = screened("2022-01-01", equipment(*MAKERS))
    makers = pl.Series(["cisco", "zte", "zte"])
    before = replace(after, equipment=after.equipment.with_columns(maker=makers))
    found = changes(earlier(before, facts_sha256="1" * 64), after, lambda *_: [])
    assert found.table["changed"].to_list() == [["maker"]]
    assert found.table["why"].to_list() == [["another maker: zte → huawei", "other facts"]]
    assert (found.answers, found.only_makers) == (0, 1)


def test_what_happened_to_the_deciding_clause_comes_before_what_differs_as_a_whole() -> None:
    before, after = (screened(on, equipment("Huawei")) for on in ("2019-08-12", "2019-08-13"))
    asked: list[tuple[str, str]] = []

    def events(decided: Decided) -> list[str]:
        asked.append((decided.directive, decided.clause))
        return ["it began"]

    found = changes(earlier(before), after, events)
    assert set(asked) == {("us-ndaa-fy2019-889-a1a", "purchase/huawei-zte-equipment")}
    assert found.table["why"].to_list() == [["it began", "day 2019-08-12 → 2019-08-13"]]


def test_the_table_of_a_run_gives_back_what_it_was_made_from() -> None:
    said = equipment("Huawei", "Cisco", "ZTE").with_columns(
        brand=pl.Series([None, "Huawei", ""]).replace("", None),
        purpose=pl.Series(["moonbase", None, "public safety"]),
        invalid=pl.Series(
            [[{"column": "x", "value": "y", "problem": "z"}], None, None], dtype=EQUIPMENT_SCHEMA["invalid"]
        ),
        x_own=pl.Series(["a", None, "c"]),
    )
    run = screened("2022-01-01", said)
    assert run.equipment["purpose"].to_list() == [None, None, "public safety"]
    assert_frame_equal(as_stated(run.equipment, "run"), said)
