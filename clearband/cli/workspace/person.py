"""``clearband workspace person``: who is let in, and with which roles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.workspace.options import JSON, Place, workspace_options
from clearband.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

FORM: Final = "https://clearband.dev/schema/workspace-people-1.json"
WHO: Final = click.argument("who", metavar="PERSON")
ROLES: Final = click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(["viewer", "analyst", "approver", "admin"]),
    help="What they may do: see; propose and answer; approve what others propose; let people in.",
)


@click.group("person")
def command() -> None:
    """Let people in, give roles, keep people out. PERSON is a key of `person list`, or a name."""


@command.command("add")
@click.argument("name")
@ROLES
@click.option("--issuer", metavar="URL", help="The OpenID provider that they sign in with.")
@click.option("--subject", metavar="SUB", help="Who they are to that provider: `sub`, not an e-mail address.")
@workspace_options
def add(
    name: str,
    roles: tuple[str, ...],
    issuer: str | None,
    subject: str | None,
    folder: Path,
    database: str | None,
) -> None:
    """Add a person. Without --issuer and --subject they come in by tokens only."""
    if (issuer is None) != (subject is None):
        raise UsageError("--issuer and --subject go together", remedy="give both or none")
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people
        from clearband.workspace.database import writing
        from clearband.workspace.ledger import Ledger

        known = people.oidc_subject(issuer, subject) if issuer and subject else None
        with writing(workspace.engine) as connection:
            row = people.add(Ledger(connection, people.OPERATOR), name, roles=roles, subject=known)
    click.echo(_line(row))


@command.command("list")
@workspace_options
@JSON
def list_(folder: Path, database: str | None, as_json: bool) -> None:
    """Show everybody, with their roles."""
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people
        from clearband.workspace.database import reading

        with reading(workspace.engine) as connection:
            rows = people.listed(connection)
    if as_json:
        click.echo(json.dumps({"schema": FORM, "people": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(_line(row))


@command.command("roles")
@WHO
@ROLES
@workspace_options
def roles_(who: str, roles: tuple[str, ...], folder: Path, database: str | None) -> None:
    """Give a person the roles named, and no others. Without --role they see nothing any longer."""
    _change(folder, database, who, "give_roles", roles)


@command.command("disable")
@WHO
@workspace_options
def disable(who: str, folder: Path, database: str | None) -> None:
    """Keep a person out: sessions and tokens of theirs stop at once. What they did stays."""
    _change(folder, database, who, "disable")


@command.command("enable")
@WHO
@workspace_options
def enable(who: str, folder: Path, database: str | None) -> None:
    """Let a person in again who was disabled, with the roles that they had."""
    _change(folder, database, who, "enable")


def person_named(connection: Connection, who: str) -> str:
    """The key of a person by key or name.

    Raises:
        NotFoundError: There is none, or several have the name.
    """
    from clearband.workspace import people
    from clearband.workspace.errors import NotFoundError

    found = [row["id"] for row in people.listed(connection) if who in (row["id"], row["name"])]
    if len(found) == 1:
        return str(found[0])
    what = "several people have this name" if found else "there is no such person"
    raise NotFoundError(what, where=who, remedy="clearband workspace person list shows their keys")


def _change(folder: Path, database: str | None, who: str, what: str, *given: Any) -> None:
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people
        from clearband.workspace.database import writing
        from clearband.workspace.ledger import Ledger

        with writing(workspace.engine) as connection:
            key = person_named(connection, who)
            row = getattr(people, what)(Ledger(connection, people.OPERATOR), key, *given)
    click.echo(_line(row))


def _line(row: dict[str, Any]) -> str:
    roles = ", ".join(row["roles"]) or "no role"
    return f"{row['id']}  {row['name']}: {roles}{' (disabled)' if row['disabled_at'] else ''}"
