"""Relaxations and networks as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import yaml

from clearband.errors import InputError, OutputError
from clearband.facts.compile import validated
from clearband.planning.answers.least import Least
from clearband.planning.answers.relaxation import KIND, Relaxation
from clearband.planning.answers.scenario import Scenario
from clearband.planning.answers.ways import KINDS
from clearband.planning.network.network import TABLE_NAMES, Network
from clearband.planning.network.problems import MOST, NetworkError
from clearband.planning.network.tables import LIMITS
from clearband.planning.network.write import Written, write_network


def read_relaxation(path: Path) -> Relaxation:
    """A relaxation from its file.

    Raises:
        InputError: It cannot be read, or does not fit; a line for each thing that is wrong.
    """
    if not path.is_file():
        raise InputError(
            "there is no such file", where=str(path), remedy="plan explain NET --write FOLDER writes some"
        )
    document, problems = validated(KIND, path, path.name)
    if problems:
        raise NetworkError([problem.one_line() for problem in problems[:MOST]], len(problems))
    assert document is not None
    assert isinstance(document.model, Relaxation)
    return document.model


def write_relaxation(by: Relaxation, path: Path) -> None:
    """Write a relaxation as YAML.

    Raises:
        OutputError: It cannot be written.
    """
    content = by.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = yaml.safe_dump({"schema": by.schema_, **content}, sort_keys=False, allow_unicode=True)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            error.strerror or "cannot be written", where=str(path), remedy="name another file"
        ) from None


def written(network: Network, notes: tuple[str, ...] = ()) -> Written:
    """A network in memory as it is written: every quarter by name."""
    settings = network.settings
    names = {quarter: settings.quarter_name(quarter) for quarter in range(settings.quarters)}
    tables = {}
    for name in TABLE_NAMES:
        table: pl.DataFrame = getattr(network, name)
        if name in LIMITS:
            quarter = pl.col("quarter").replace_strict(names, return_dtype=pl.String)
            table = table.with_columns(quarter)
        tables[name] = table
    content = settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Written(content, tables, notes)


def refuse_earlier(folder: Path) -> None:
    """Keep relaxations that stand where new ones would be written: people edit them.

    Raises:
        OutputError: There is one.
    """
    for kind in (*KINDS, "repairs"):
        if (folder / f"{kind}.yaml").exists():
            raise OutputError(
                "is there already, and may have been edited",
                where=str(folder / f"{kind}.yaml"),
                remedy="name another folder with --write, or take it away first",
            )


def write_all(found: Least, folder: Path) -> dict[str, Path]:
    """A file for each relaxation that is enough, by kind.

    Raises:
        OutputError: They cannot be written.
    """
    _make(folder)
    files = {}
    for way in found.ways:
        if way.relaxation is not None:
            files[way.kind] = folder / f"{way.kind}.yaml"
            write_relaxation(way.relaxation, files[way.kind])
    return files


def scenario_folders(names: Sequence[str], parent: Path) -> dict[str, Path]:
    """A folder for the network of each scenario, named after it as far as a folder can be.

    Raises:
        OutputError: The parent cannot be made.
    """
    _make(parent)
    folders: dict[str, Path] = {}
    for name in names:
        plain = re.sub(r"[^\w.-]+", "-", name).strip(".-") or "scenario"
        taken = {folder.name for folder in folders.values()}
        numbered = (f"{plain}-{number}" for number in range(2, len(names) + 2))
        folders[name] = parent / (
            plain if plain not in taken else next(n for n in numbered if n not in taken)
        )
    return folders


def write_scenario(network: Network, scenario: Scenario, folder: Path) -> None:
    """Write the network in a scenario; an earlier one in its place is replaced.

    Raises:
        OutputError: It cannot be written, or something else is in its place.
    """
    write_network(written(network, (f"in scenario {scenario.name}: {scenario.what}",)), folder)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            error.strerror or "cannot be made", where=str(folder), remedy="name another folder"
        ) from None
