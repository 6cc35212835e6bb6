"""What a view says of a run is what the run says: rows, filters, counts, orders; and what a team says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from clearband.cli.main import main
from clearband.errors import OutputError
from clearband.screening.findings import FINDINGS_SCHEMA
from clearband.workspace.errors import InvalidError, NotFoundError
from clearband.workspace.said import DECISIONS_SCHEMA
from clearband.workspace.stand import standing
from clearband.workspace.view import (
    FACETS,
    SAID_SCHEMA,
    SORTS,
    STATES,
    Query,
    View,
    choose,
    facets,
    open_view,
    overlay,
    rows,
    write_view,
)
from clearband.workspace.view import view as under_test

NOTHING = pl.DataFrame(schema=SAID_SCHEMA)
ROOT = Path(__file__).parents[3]
EXTRA = ("region", "network", "purpose", "made_in")


def run_cli(*words: str) -> None:
    CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example inventories, screened."""
    out = tmp_path_factory.mktemp("run") / "out"
    names = [str(ROOT / "examples" / name) for name in ("rural-carrier.csv", "agency.xlsx")]
    run_cli("screen", *names, "--profile", str(ROOT / "examples" / "profile.yaml"), "--out", str(out))
    return out


def identities(folder: Path) -> pl.DataFrame:
    ids = pl.read_parquet(folder / "equipment.parquet", columns=["record_id"])
    return ids.select(identity="id:" + pl.col("record_id"), fingerprint=pl.lit("f"))


@pytest.fixture(scope="module")
def view(run: Path) -> View:
    write_view(run, identities(run), run.parent / "view")
    return open_view(run.parent / "view")


@pytest.fixture(scope="module")
def plain(run: Path) -> pl.DataFrame:
    """The findings as the run holds them, with what else can be filtered by."""
    equipment = pl.read_parquet(run / "equipment.parquet").with_row_index("number")
    keys = ["record_id", "source"]
    findings = pl.read_parquet(run / "findings.parquet")
    return findings.join(equipment.select(*keys, *EXTRA, "number", "serial"), on=keys, maintain_order="left")


def test_rows_are_the_findings_of_the_run(view: View, plain: pl.DataFrame) -> None:
    states = overlay(view, NOTHING)
    chosen = choose(view, Query(sort="record"), states)
    shown = rows(view, "findings", chosen.rows, states)
    assert (view.findings, view.records) == (plain.height, plain["number"].n_unique())
    for name in (
        "record_id",
        "source",
        "maker",
        "model",
        "category",
        "site",
        "quantity",
        "made_in",
        "serial",
    ):
        assert [row[name] for row in shown] == plain[name].to_list(), name
    for name in (
        "directive",
        "directive_title",
        "clause",
        "cite",
        "answer",
        "event_date",
        "ground",
        "question",
    ):
        assert name in FINDINGS_SCHEMA
        assert [row[name] for row in shown] == plain[name].to_list(), name


def by_hand(plain: pl.DataFrame, filters: dict[str, tuple[str, ...]], text: str) -> pl.DataFrame:
    wanted = pl.lit(value=True)
    for name, values in filters.items():
        if values and name != "state":
            wanted &= pl.col(name).fill_null("").is_in(list(values))
    if text:
        looked_in = ("record_id", "model", "brand", "maker_name", "site", "serial")
        wanted &= pl.any_horizontal(
            pl.col(name).str.to_lowercase().str.contains(text.lower(), literal=True).fill_null(value=False)
            for name in looked_in
        )
    return plain.filter(wanted)


@given(st.data())
def test_a_filter_chooses_what_a_filter_of_the_findings_chooses(
    view: View, plain: pl.DataFrame, data: st.DataObject
) -> None:
    names = [name for name in FACETS if name != "state"]
    filters = {
        name: tuple(
            data.draw(st.lists(st.sampled_from(plain[name].fill_null("").unique().to_list()), max_size=3))
        )
        for name in data.draw(st.sets(st.sampled_from(names), max_size=3))
    }
    text = data.draw(st.sampled_from(["", "hua", "10", "POP", "no such text"]))
    states = overlay(view, NOTHING)
    chosen = choose(view, Query(filters=filters, text=text, sort="record"), states)
    expected = by_hand(plain, filters, text)
    shown = rows(view, "findings", chosen.rows, states)
    assert [(row["record_id"], row["clause"]) for row in shown] == expected.select(
        "record_id", "clause"
    ).rows()


@given(st.data())
def test_facets_count_what_each_other_value_would_leave(
    view: View, plain: pl.DataFrame, data: st.DataObject
) -> None:
    names = [name for name in FACETS if name != "state"]
    filters = {
        name: (data.draw(st.sampled_from(plain[name].fill_null("").unique().to_list())),)
        for name in data.draw(st.sets(st.sampled_from(names), max_size=2))
    }
    table = data.draw(st.sampled_from(["findings", "records"]))
    states = overlay(view, NOTHING)
    query = Query(table, filters=filters)
    for facet in facets(view, query, choose(view, query, states), states):
        for value in facet.values:
            turned = Query(table, filters={**filters, facet.name: (value.value,)})
            assert value.rows == len(choose(view, turned, states).rows), (facet.name, value)
            assert value.chosen == (value.value in filters.get(facet.name, ()))


def test_records_have_a_measure_when_one_of_their_findings_has(view: View, plain: pl.DataFrame) -> None:
    states = overlay(view, NOTHING)
    for directive in plain["directive"].drop_nulls().unique():
        query = Query("records", filters={"directive": (directive,)}, sort="record")
        shown = rows(view, "records", choose(view, query, states).rows, states)
        wanted = plain.filter(pl.col("directive") == directive)["record_id"].unique(maintain_order=True)
        assert [row["record_id"] for row in shown] == wanted.to_list()


@pytest.mark.parametrize("table", ["findings", "records"])
@pytest.mark.parametrize("sort", SORTS)
def test_each_order_holds_all_rows_and_is_sorted(view: View, table: str, sort: str) -> None:
    states = overlay(view, NOTHING)
    size = view.findings if table == "findings" else view.records
    up = choose(view, Query(table, sort=sort), states).rows
    down = choose(view, Query(table, sort=sort, descending=True), states).rows
    assert sorted(up.tolist()) == list(range(size))
    assert up.tolist() == down.tolist()[::-1]
    if sort in ("model", "site", "category"):
        words = [row[sort] for row in rows(view, table, up, states)]
        told = [word for word in words if word is not None]
        assert told == sorted(told, key=lambda word: (word.lower(), word))
        assert words == told + [None] * (len(words) - len(told))
    if sort == "answer":
        strict = [row["answer"] for row in rows(view, table, up, states)]
        assert strict[0] == "prohibited"
        assert strict[-1] == "not-covered"


def said(*things: tuple[str, str | None, str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(things, schema=SAID_SCHEMA, orient="row")


def test_what_is_said_of_a_clause_stands_above_what_is_said_of_the_record(
    view: View, plain: pl.DataFrame
) -> None:
    first = plain.filter(pl.col("answer") == "prohibited").row(0, named=True)
    who = f"id:{first['record_id']}"
    of_clause = (who, first["directive"], first["clause"], "accepted-risk")
    for things in (
        [of_clause, (who, None, None, "false-alarm")],
        [(who, None, None, "false-alarm"), of_clause],
    ):
        states = overlay(view, said(*things))
        shown = rows(view, "findings", choose(view, Query(sort="record"), states).rows, states)
        for row in shown:
            mine = row["identity"] == who
            exactly = mine and (row["directive"], row["clause"]) == (first["directive"], first["clause"])
            expected = "accepted-risk" if exactly else "false-alarm" if mine else None
            settled = row["answer"] in ("not-covered", "exempt")
            assert row["state"] == ("none-needed" if settled else expected or "open")


def test_each_finding_stands_as_was_decided_on_its_own_record_and_clause(
    view: View, plain: pl.DataFrame
) -> None:
    once = plain.filter(pl.col("directive").is_not_null()).unique(["record_id", "clause", "directive"])
    decided = once.sort("number", "clause").with_row_index("n").select(
        id=pl.col("n").cast(pl.String), identity="id:" + pl.col("record_id"), directive="directive",
        clause="clause", kind=pl.lit("confirmed"), state=pl.lit("in-force"), answer="answer",
        until=pl.when(pl.col("n") % 3 == 0).then(pl.lit("2026-11-27")),
        fingerprint=pl.when(pl.col("n") % 3 == 1).then(pl.lit("f")).otherwise(pl.lit("another")),
    )  # fmt: skip
    late = decided.filter(pl.col("until").is_not_null()).with_columns(fingerprint=pl.lit("f"))
    gone = decided.head(1).with_columns(identity=pl.lit("id:of no record"))
    decided = pl.concat([decided.filter(pl.col("until").is_null()), late, gone]).select(*DECISIONS_SCHEMA)
    found = standing(view, decided, date(2026, 11, 28))
    wanted = pl.when(pl.col("fingerprint") == "f", pl.col("until").is_null()).then(pl.lit("confirmed"))
    told = decided.select(*found.columns[:3], state=wanted.otherwise(pl.lit("lapsed")))
    same = once.join(plain, on=["record_id", "directive", "clause"]).group_by(
        identity="id:" + pl.col("record_id"), directive="directive", clause="clause"
    )
    # Of a clause that says several things of a record the strictest was decided on.
    single = same.agg(n=pl.len()).filter(pl.col("n") == 1).select("identity", "directive", "clause")
    for one in (found, told):
        assert one.height == decided.height
    keys = ["identity", "directive", "clause"]
    left, right = (one.join(single, on=keys, how="semi").sort(keys) for one in (found, told))
    assert left.equals(right)
    assert found.filter(pl.col("identity") == "id:of no record")["state"].to_list() == ["lapsed"]


def test_the_last_word_counts_and_a_record_waits_while_one_finding_does(
    view: View, plain: pl.DataFrame
) -> None:
    first = plain.filter(pl.col("answer") == "prohibited").row(0, named=True)
    who, clause = f"id:{first['record_id']}", (first["directive"], first["clause"])
    states = overlay(view, said((who, *clause, "proposed"), (who, *clause, "confirmed")))
    query = Query("records", filters={"state": ("confirmed",)})
    assert choose(view, query, states).rows.tolist() == []
    states = overlay(view, said((who, None, None, "confirmed")))
    shown = rows(view, "records", choose(view, query, states).rows, states)
    assert [row["identity"] for row in shown] == [who]


@given(
    st.lists(
        st.tuples(st.integers(0, 140), st.booleans(), st.sampled_from([*STATES, "nonsense"])), max_size=20
    )
)
def test_nothing_that_is_said_changes_an_answer_or_hides_a_row(
    view: View, plain: pl.DataFrame, things: list[tuple[int, bool, str]]
) -> None:
    chosen = [(plain.row(number * 5, named=True), whole, state) for number, whole, state in things]
    told = said(
        *(
            (f"id:{row['record_id']}", *((None, None) if whole else (row["directive"], row["clause"])), state)
            for row, whole, state in chosen
        )
    )
    states = overlay(view, told)
    shown = rows(view, "findings", choose(view, Query(sort="record"), states).rows, states)
    assert [row["answer"] for row in shown] == plain["answer"].to_list()
    spoken_of = set(told["identity"])
    for row in shown:
        settled = row["answer"] in ("not-covered", "exempt")
        assert settled == (row["state"] == "none-needed") or row["identity"] in spoken_of
        if row["identity"] not in spoken_of and not settled:
            assert row["state"] == "open"


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def asked_all(view: View) -> list[list[int]]:
    states = overlay(view, NOTHING)
    queries = [
        Query(table, text=text, sort=name)
        for table in ("findings", "records")
        for name in SORTS
        for text in ("", "hua")
    ]
    return [choose(view, query, states).rows.tolist() for query in queries]


def test_a_short_run_keeps_no_file_open_and_a_long_one_is_mapped(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = open_view(view.folder)
    before = open_files()
    told = asked_all(short)
    assert open_files() == before
    monkeypatch.setattr(under_test, "_MAPPED", 0)
    long = open_view(view.folder)
    assert asked_all(long) == told
    assert isinstance(long.of_record, np.memmap)
    assert long.bytes < short.bytes, "what is read is counted"


def test_what_cannot_be_asked_is_told() -> None:
    for query, told in [
        (Query("things"), "the table is findings or records"),
        (Query(filters={"secret": ("x",)}), "there is no column 'secret'"),
        (Query(filters={"maker": ("x",) * 51}), "more than 50 values"),
        (Query(sort="serial"), "nothing is sorted by 'serial'"),
        (Query(text="x" * 201), "longer than 200"),
    ]:
        with pytest.raises(InvalidError, match=told):
            query.checked()
    assert Query().checked().key == Query(filters={"maker": ()}).key


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A run with one id twice."""
    table = tmp_path / "two.csv"
    table.write_text(
        "Asset,Manufacturer,Model,Latitude,Longitude\n1,Huawei,AR617,45.5,\n1,Nokia,7750,45.5,-120\n"
    )
    run_cli("screen", str(table), "--out", str(tmp_path / "twice"))
    return tmp_path


def test_one_id_twice_is_two_records(twice: Path) -> None:
    write_view(twice / "twice", identities(twice / "twice"), twice / "view")
    view = open_view(twice / "view")
    states = overlay(view, NOTHING)
    shown = rows(view, "records", choose(view, Query("records", sort="record"), states).rows, states)
    assert [(row["record_id"], row["model"], row["answer"]) for row in shown] == [
        ("1", "AR617", "prohibited"),
        ("1#2", "7750", "review"),
    ]
    assert view.places is not None
    assert view.places[0].tolist() == [45.5, 45.5]
    assert view.places[1].tolist()[1] == -120


def test_a_view_of_another_form_or_a_full_place_is_refused(view: View, run: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="not prepared"):
        open_view(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(OutputError, match="not empty"):
        write_view(run, identities(run), tmp_path / "mine")
    write_view(run, identities(run), tmp_path / "view")
    write_view(run, identities(run), tmp_path / "view")
    assert open_view(tmp_path / "view").findings == view.findings
