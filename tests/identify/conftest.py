"""The register, and a short way to write equipment down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from clearband.identify import identify
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import Register, load_register

ON = date(2026, 11, 1)


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register()


def table(*records: dict[str, Any]) -> pl.DataFrame:
    """An equipment table of some records; what is not said is null."""
    rows = [{"record_id": str(number), **record} for number, record in enumerate(records)]
    columns = {name: [row.get(name) for row in rows] for name in EQUIPMENT_SCHEMA}
    return pl.DataFrame(columns, schema=EQUIPMENT_SCHEMA)


@pytest.fixture(scope="session")
def verdict(register: Register) -> Callable[..., dict[str, Any]]:
    """The verdict on one record, given by its columns."""

    def of(**record: Any) -> dict[str, Any]:
        row: dict[str, Any] = identify(table(record), register, on=ON).row(0, named=True)
        return row

    return of
