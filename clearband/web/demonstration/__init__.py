"""A workspace to look at: the example inventory, and a run over it that waits for the worker."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clearband.errors import InputError
from clearband.workspace import inventories, people, runs, uploads
from clearband.workspace.asked import Asked
from clearband.workspace.database import writing
from clearband.workspace.ledger import Ledger
from clearband.workspace.place import Workspace

INVENTORY: Final = "rural-carrier.csv"
PROFILE: Final = "profile.yaml"
_HERE: Final = Path(__file__).parent
_CHECKOUT: Final = _HERE.parents[2] / "examples"


def fill(workspace: Workspace) -> str:
    """Make the inventory, take its file, and ask for a run.

    Returns:
        The key of the run.

    Raises:
        InputError: This installation has no examples.
    """
    inventory, profile = _example(INVENTORY), _example(PROFILE)
    with writing(workspace.engine) as connection:
        actor = people.actor_of(people.local_person(connection))
        assert actor is not None
        made = inventories.make(Ledger(connection, actor), "Rural carrier (example)", "Made up")
    with inventory.open("rb") as file:
        received = uploads.receive(workspace, actor, made["id"], inventory.name, iter([file.read()]))
    with writing(workspace.engine) as connection:
        ledger = Ledger(connection, actor)
        uploads.take(ledger, received.row["id"], {})
        asked = Asked(profile=profile.read_text(encoding="utf-8"))
        return str(runs.ask(ledger, made["id"], asked)["id"])


def _example(name: str) -> Path:
    """An example: installed beside this file, or in the checkout."""
    for folder in (_HERE, _CHECKOUT):
        if (folder / name).is_file():
            return folder / name
    raise InputError(
        "this installation has no examples", where=name, remedy="install clearband from its wheel"
    )
