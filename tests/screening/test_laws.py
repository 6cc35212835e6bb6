"""Laws that must always hold of a screening."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.register import load_register
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import read_inventory
from tests.laws import examples

REGISTER, LAW = load_register(), load_law()
ON = date(2026, 11, 22)
ASKED = Settings(Questions.default_for_inventory(LAW, ON))

HEADER = ("Asset #", "Mfr", "Model", "MAC Addr", "Type", "Site", "Notes")
MAKERS = (
    "",
    "Huawei",
    "HUAWEI TECH CO LTD",
    "华为",
    "Z.T.E.",
    "Hikvison",
    "Dahua Tech USA",
    "Hytera",
    "Nokia",
    "Ciscso",
    "Aztech",
    "Acme Radio",
    "Unknown",
    "n/a",
    "H3C",
    "Honor",
    "Lorex",
    "Huawei/Ericsson",
    "=cmd()",
)
MODELS = (
    "",
    "NE40E-X8",
    "ma5608t",
    "ZXHN F660",
    "DS-2CD2042WD-I",
    "IPC-HFW2431S",
    "PD785G",
    "S5720-28X",
    "WS-C2960X-48TS-L",
    "replacement for Huawei unit",
    "HIKVISION DS-2CD2032-I",
    "9900",
    "misc",
    "?",
)
MACS = (
    "",
    "44:19:B6:D6:F0:C7",
    "3ca7.aedc.f9eb",
    "0x84162322531d",
    "02:0f:b5:6b:ca:ea",
    "00:00:00:00:00:00",
    "not a mac",
)
KINDS = ("", "camera", "Core Switch", "OLT", "DMR portable", "router", "module", "gizmo")
NOTES = ("", "replaced Huawei 2021, now Nokia", "Hikvision DVR on this drop removed", "OK", "see ticket 4471")
SITES = ("", "Hut 7", "POP-East")

ROW = st.tuples(*(st.sampled_from(values) for values in (MAKERS, MODELS, MACS, KINDS, SITES, NOTES)))
ROWS = st.lists(ROW, min_size=2, max_size=24).map(
    lambda rows: [(f"BF-{i:04d}", *row) for i, row in enumerate(rows)]
)
SLOW = settings(max_examples=examples(8, 50), suppress_health_check=[HealthCheck.too_slow])


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def screened(*texts: str) -> pl.DataFrame:
    with TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(texts):
            paths.append(Path(folder) / f"part{number}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        return screen(read_inventory(paths), ASKED, REGISTER, LAW).equipment


def verdicts(*texts: str) -> dict[str, tuple[object, ...]]:
    columns = (
        "maker",
        "maker_status",
        "brand",
        "category",
        "confidence",
        "answer",
        "answer_directive",
        "answer_date",
    )
    return {
        row["record_id"]: tuple(row[name] for name in columns)
        for row in screened(*texts).iter_rows(named=True)
    }


@SLOW
@given(ROWS, st.permutations(range(len(HEADER))), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_verdict(rows, columns, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    moved = [tuple(row[index] for index in columns) for row in shuffled]
    assert verdicts(table(tuple(HEADER[index] for index in columns), moved)) == verdicts(table(HEADER, rows))


@SLOW
@given(ROWS, st.lists(st.sampled_from(["red", "Huawei", "7", "", "12:30"]), min_size=24, max_size=24))
def test_an_unrelated_column_changes_no_verdict(rows, extra) -> None:
    wider = [(*row, extra[index]) for index, row in enumerate(rows)]
    assert verdicts(table((*HEADER, "Shelf colour"), wider)) == verdicts(table(HEADER, rows))


@SLOW
@given(ROWS, st.integers(1, 23))
def test_splitting_the_file_in_two_changes_no_verdict(rows, at) -> None:
    at = min(at, len(rows) - 1)
    assert verdicts(table(HEADER, rows[:at]), table(HEADER, rows[at:])) == verdicts(table(HEADER, rows))


@SLOW
@given(ROWS)
def test_a_record_without_a_usable_signal_is_never_cleared(rows) -> None:
    silent = [
        (
            asset,
            st_maker if st_maker in ("Unknown", "n/a") else "",
            "?" if model else "",
            "",
            kind,
            site,
            note,
        )
        for asset, st_maker, model, _, kind, site, note in rows
    ]
    told = screened(table(HEADER, silent))
    assert set(told["answer"]) <= {"unidentified", "review", "prohibited"}
    assert set(told["maker_status"]) == {"unidentified"}


@SLOW
@given(ROWS)
def test_only_an_identified_maker_can_be_cleared(rows) -> None:
    told = screened(table(HEADER, rows))
    assert set(told.filter(pl.col("answer") == "not-covered")["maker_status"]) <= {"identified"}


@SLOW
@given(ROWS)
def test_a_note_changes_no_verdict(rows) -> None:
    quiet = [(*row[:-1], "") for row in rows]
    assert verdicts(table(HEADER, quiet)) == verdicts(table(HEADER, rows))
