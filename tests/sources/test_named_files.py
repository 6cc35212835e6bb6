"""Inputs of a run in parts: files, folders, and patterns that a shell has left as they are."""

from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.sources.stream import open_dataset


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    for name in ("2025/a.csv", "2026/b.csv", "2026/notes.md", "odd[1].csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Vendor,Model\nHuawei,S5720\n")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*/*.csv", ["a.csv", "b.csv"]),
        ("**/*.csv", ["a.csv", "b.csv", "odd[1].csv"]),
        ("202?/a*", ["a.csv"]),
        ("odd[1].csv", ["odd[1].csv"]),
    ],
)
def test_a_pattern_names_its_files_in_order_unless_a_file_is_called_so(
    pattern: str, expected: list[str], lists: Path
) -> None:
    assert [file.path.name for file in open_dataset([f"{lists}/{pattern}"]).files] == expected


def test_a_pattern_of_no_file_is_told(lists: Path) -> None:
    with pytest.raises(InputError, match="no file is named so"):
        open_dataset([f"{lists}/*.parquet"])
