"""A table in memory gets the answers that a run in parts writes beside the same rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.runs.frames import screen_table
from tests.runs.made_runs import CARRIER, EXAMPLES, rows_of, run

ON = date(2026, 11, 26)


class ByArrow:
    """A table of another library: all that is known of it is that it hands out Arrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested: object = None) -> Any:
        return self._frame.__arrow_c_stream__(requested)


def test_the_answers_of_a_run_in_parts(tmp_path: Path) -> None:
    table = pl.read_csv(CARRIER, infer_schema=False)
    table.write_parquet(tmp_path / "inventory.parquet")
    run([tmp_path / "inventory.parquet"], tmp_path / "out")
    expected = rows_of(tmp_path / "out").drop("clearband_file", "clearband_row")
    expected = expected.with_columns(pl.col(pl.Categorical).cast(pl.String))
    profile = EXAMPLES / "profile.yaml"
    assert screen_table(table, on=ON, profile=profile).equals(expected)
    assert screen_table(ByArrow(table), on=ON, profile=profile).equals(expected)


def test_the_example_of_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (EXAMPLES.parent / "docs" / "stream.md").read_text(encoding="utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    exec(compile(example, "stream.md", "exec"), {})
    assert "prohibited" in capsys.readouterr().out


def test_what_cannot_be_screened_is_told() -> None:
    with pytest.raises(InputError, match="no column says anything of equipment"):
        screen_table(pl.DataFrame({"colour": ["red"]}), on=ON)
    with pytest.raises(InputError, match="there are no rows"):
        screen_table(pl.DataFrame({"manufacturer": []}, schema={"manufacturer": pl.String}), on=ON)
    again = screen_table(pl.DataFrame({"manufacturer": ["Huawei"]}), on=ON)
    with pytest.raises(UsageError, match="already has a column clearband_"):
        screen_table(again, on=ON)
