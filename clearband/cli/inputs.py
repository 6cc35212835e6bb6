"""Options that every verb reading inventories shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Literal

import click

from clearband.sources import ColumnMapping, Inventory, ReadOptions, read_inventory


@dataclass(frozen=True)
class Inputs:
    """The inventories of a command, and how they are read."""

    names: tuple[str, ...]
    maps: tuple[str, ...]
    mapping: Path | None
    encoding: str | None
    delimiter: str | None
    date_order: Literal["day-first", "month-first"] | None

    @property
    def files(self) -> list[Path]:
        """Those that are files, not standard input."""
        return [Path(name) for name in self.names if name != "-"]

    @cached_property
    def columns(self) -> ColumnMapping:
        """What the user says that columns mean: the mapping file, then the options."""
        columns = ColumnMapping.from_file(self.mapping) if self.mapping else ColumnMapping()
        return columns.with_options(self.maps)

    def said(self) -> dict[str, Any]:
        """What the user said of the reading, for the record of the run."""
        said = {
            "columns": dict(self.columns.fields),
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "date_order": self.date_order,
        }
        return {name: value for name, value in said.items() if value}

    def read(self) -> Inventory:
        """Read them as the options say."""
        return read_inventory(self.names, mapping=self.columns, options=self.options())

    def options(self) -> ReadOptions:
        """How they are read."""
        return ReadOptions(encoding=self.encoding, delimiter=self.delimiter, date_order=self.date_order)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the inventory arguments and the options on how they are read; the command gets `Inputs` first."""
    return _with_inputs(command, click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."))


def optional_input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command that also does without inventories: it must look whether there is one."""
    return _with_inputs(command, click.argument("inputs", nargs=-1, metavar="[INPUT]..."))


def _with_inputs(command: Callable[..., Any], argument: Callable[..., Any]) -> Callable[..., Any]:

    @wraps(command)
    def with_inputs(
        inputs: tuple[str, ...],
        maps: tuple[str, ...],
        mapping: Path | None,
        encoding: str | None,
        delimiter: str | None,
        date_order: Literal["day-first", "month-first"] | None,
        **others: Any,
    ) -> Any:
        return command(Inputs(inputs, maps, mapping, encoding, delimiter, date_order), **others)

    wrapped: Callable[..., Any] = with_inputs
    for option in reversed((argument, *_OPTIONS)):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Say what a column means; FIELD is a column of the equipment table, vendor_model or ignore.",
    ),
    click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A YAML file of column meanings.",
    ),
    click.option("--encoding", help="Character encoding of text inputs, instead of the detected one."),
    click.option("--delimiter", help="Column separator of text inputs, instead of the detected one."),
    click.option(
        "--date-order",
        type=click.Choice(["day-first", "month-first"]),
        help="Order of dates such as 03/04/2024.",
    ),
)
