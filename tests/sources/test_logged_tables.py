"""A directory in which a log says which files count is not taken for a plain one."""

from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources.stream import open_dataset


@pytest.mark.parametrize(
    ("log", "kind"), [("_delta_log/0.json", "Delta"), ("metadata/version-hint.text", "Iceberg")]
)
def test_a_table_with_a_log_of_its_files_is_refused(log: str, kind: str, tmp_path: Path) -> None:
    pl.DataFrame({"Vendor": ["Huawei"]}).write_parquet(tmp_path / "deleted-rows.parquet")
    (tmp_path / log).parent.mkdir()
    (tmp_path / log).write_text("")
    with pytest.raises(InputError, match=f"is a {kind} table"):
        open_dataset([tmp_path])
