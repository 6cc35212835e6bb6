"""Options that every verb reading inventories shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from clearband.sources import ColumnMapping, Inventory, ReadOptions, read_inventory

Command = TypeVar("Command", bound=Callable[..., Any])


def input_options(command: Command) -> Command:
    """Add the inventory arguments and the options on how they are read."""
    options = (
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
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
    for option in reversed(options):
        command = option(command)
    return command


def read(
    inputs: tuple[str, ...],
    maps: tuple[str, ...],
    mapping: Path | None,
    encoding: str | None,
    delimiter: str | None,
    date_order: Any,
) -> Inventory:
    """Read the inventories as the options say."""
    columns = ColumnMapping.from_file(mapping) if mapping else ColumnMapping()
    return read_inventory(
        inputs,
        mapping=columns.with_options(maps),
        options=ReadOptions(encoding=encoding, delimiter=delimiter, date_order=date_order),
    )
