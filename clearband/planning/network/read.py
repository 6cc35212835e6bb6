"""Reads a network: settings and tables with exact types, or everything that is wrong, a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clearband.errors import FactsError
from clearband.facts.compile import validated
from clearband.facts.plain_problems import plain_problems
from clearband.facts.problems import Problem
from clearband.planning.network.limits import spelt_out
from clearband.planning.network.network import Network
from clearband.planning.network.problems import MOST, Cell, NetworkError, Problems
from clearband.planning.network.raw import RawNetwork, raw_network
from clearband.planning.network.settings import FILE, KIND, NetworkSettings
from clearband.planning.network.spelling import one_spelling
from clearband.planning.network.tables import LIMITS, TABLES
from clearband.planning.network.typed import empty, typed


def read_network(path: Path | str) -> Network:
    """Read a network.

    Args:
        path: A folder with ``network.yaml`` and the tables as CSV or Parquet, a workbook with a sheet a table
            and a sheet ``settings``, or a JSON file.

    Raises:
        NetworkError: Settings or tables are wrong; holds a line for each of the first twenty things.
        InputError: It cannot be read at all.
    """
    raw = raw_network(Path(path))
    settings = _settings(raw)
    problems = Problems()
    warnings = list(raw.warnings)
    tables = {}
    for name, table in TABLES.items():
        if name not in raw.tables:
            if table.needed:
                problems.add(Cell(raw.where, None, None, f"has no table {name}", "add it"))
            tables[name] = empty(table)
            continue
        tables[name], said = typed(raw.tables[name], table, settings.start, problems)
        warnings += said
    tables, said = one_spelling(tables)
    warnings += said
    for name in LIMITS:
        file = raw.tables[name].file if name in raw.tables else name
        tables[name], said = spelt_out(tables[name], name, settings, file, problems)
        warnings += said
    problems.raise_any()
    return Network(settings, **tables, warnings=tuple(warnings))


def _settings(raw: RawNetwork) -> NetworkSettings:
    if raw.settings is None:
        document, problems = validated(KIND, Path(raw.where) / FILE, FILE)
        _refuse(problems)
        assert document is not None
        assert isinstance(document.model, NetworkSettings)
        return document.model
    return settings_of(raw.settings, raw.where)


def settings_of(content: Any, where: str) -> NetworkSettings:
    """Settings from keys and values.

    Raises:
        NetworkError: They do not fit; a line for each thing that is wrong.
    """
    try:
        return NetworkSettings.model_validate(content)
    except ValidationError as error:
        _refuse(plain_problems(error.errors(), content, NetworkSettings, where, lambda _: None))
        raise FactsError("cannot be read", where=where) from None


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise NetworkError([problem.one_line() for problem in problems[:MOST]], len(problems))
