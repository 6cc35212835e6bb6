"""Labels of records, as a table or as JSON Lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.model.label import Label
from clearband.sources.labels import read_labels


def test_a_table_says_yes_no_or_unknown(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("row_id,maker,covered\nA,zte,yes\nB,hpe,no\nC,unknown,unknown\n", encoding="utf-8")
    assert read_labels(path) == [
        Label("A", "zte", covered=True),
        Label("B", "hpe", covered=False),
        Label("C", None),
    ]


def test_json_lines_with_the_truth_inside_are_labels(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text(
        '{"id": "a", "truth": {"manufacturer": "zte", "covered": true, "family": "zte"}}\n'
        '{"id": "b", "signals": {}, "truth": {"manufacturer": null, "covered": false}}\n',
        encoding="utf-8",
    )
    assert read_labels(path) == [
        Label("a", "zte", covered=True, family="zte"),
        Label("b", None, covered=False),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("row_id,maker,covered\n", "it holds no labels"),
        ("row_id,covered\nA-1,yes\n", "truth.csv line 1: the labels have no column maker"),
        (
            '{"id": "a", "truth": {"manufacturer": null}}\n{"id": "b"}\n',
            "truth.csv line 2: this is no labelled",
        ),
    ],
)
def test_a_file_that_holds_no_labels_is_told_by_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_labels(path)
    assert problem in error.value.one_line()
