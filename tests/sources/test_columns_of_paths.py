"""Columns in the names of folders are columns of the table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources.stream import open_dataset
from clearband.sources.stream.partitions import with_columns_of_paths
from clearband.sources.stream.sizes import Sizes

if TYPE_CHECKING:
    pass

VENDORS = {
    "vendor=Huawei": "Huawei",
    "vendor=A%2FB Networks": "A/B Networks",
    "vendor=__HIVE_DEFAULT_PARTITION__": None,
}


def devices(folder: Path, names: list[str]) -> Path:
    for at, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        rows = pl.DataFrame(
            {"Asset": [f"{at}-1", f"{at}-2"], "Model": ["S5720", "7750 SR"], "Site": ["007", "8"]}
        )
        rows.write_parquet(folder / name / "0.parquet")
    return folder


def test_the_maker_stands_in_the_name_of_the_folder(tmp_path: Path) -> None:
    folder = devices(tmp_path / "devices", list(VENDORS))
    dataset = with_columns_of_paths(open_dataset([folder]), [str(folder)])
    assert dataset.columns == ("Asset", "Model", "Site", "vendor")
    assert dataset.layout.columns.fields["manufacturer"] == 3
    chunks = [
        chunk.frame["vendor"].to_list()
        for file in dataset.files
        for chunk in file.chunks(file.start, Sizes())
    ]
    assert sorted(chunks, key=str) == [["A/B Networks"] * 2, ["Huawei"] * 2, [None] * 2]


def test_folders_of_a_pattern_are_columns_and_those_that_are_named_are_not(tmp_path: Path) -> None:
    folder = devices(tmp_path / "devices", ["vendor=Huawei", "vendor=ZTE"])
    for pattern, columns in (("*/0.parquet", 4), ("vendor=Huawei/*.parquet", 3)):
        named = f"{folder}/{pattern}"
        assert len(with_columns_of_paths(open_dataset([named]), [named]).columns) == columns


def test_folders_of_different_forms_are_refused(tmp_path: Path) -> None:
    folder = devices(tmp_path / "devices", ["vendor=Huawei", "site=7"])
    with pytest.raises(InputError, match="names of folders say: site, vendor"):
        with_columns_of_paths(open_dataset([folder]), [str(folder)])
