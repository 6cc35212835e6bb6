"""``clearband workspace setting``: what holds for everybody."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from clearband.cli.workspace.options import Place, workspace_options
from clearband.errors import UsageError

_WORDS = {"on": True, "off": False}


@click.command("setting")
@click.argument("name", required=False, type=click.Choice(["four_eyes", "accepted_risk_days"]))
@click.argument("value", required=False)
@workspace_options
def command(name: str | None, value: str | None, folder: Path, database: str | None) -> None:
    """Show the settings, or change one.

    four_eyes (on or off): whether what makes things milder needs somebody else's approval.
    accepted_risk_days: how many days ahead an accepted risk may end at most. Each change is in the trail.
    """
    if (name is None) != (value is None):
        raise UsageError("a setting is changed by its name and a value", remedy="give both, or none")
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people, settings
        from clearband.workspace.database import reading, writing
        from clearband.workspace.ledger import Ledger

        if name is not None and value is not None:
            with writing(workspace.engine) as connection:
                settings.change(Ledger(connection, people.OPERATOR), name, _read(value))
        with reading(workspace.engine) as connection:
            found = asdict(settings.current(connection))
    for one, set_to in found.items():
        click.echo(f"{one} {_written(set_to)}")


def _read(value: str) -> Any:
    if value in _WORDS:
        return _WORDS[value]
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _written(value: Any) -> str:
    return str(value) if type(value) is not bool else "on" if value else "off"
