"""The list of a command, on its days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from clearband.listing.as_of import as_of
from clearband.listing.record import ListFolder
from clearband.listing.replay import Replay
from clearband.model.listing import Listing


def listed(
    folder: Path, on: date, known_on: date | None, only: str | None = None
) -> tuple[Replay, list[Listing]]:
    """The log replayed and its listings on a day."""
    found = ListFolder(folder).replayed(known_on)
    return found, as_of(found, on, only=only)


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
