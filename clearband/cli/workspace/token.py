"""``clearband workspace token``: what programs come in with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from clearband.cli.telling import say
from clearband.cli.workspace.options import JSON, Place, workspace_options
from clearband.cli.workspace.person import ROLES, WHO, person_named

FORM: Final = "https://clearband.dev/schema/workspace-tokens-1.json"


@click.group("token")
def command() -> None:
    """Issue and revoke tokens: a program that shows one does what its person may do, or less, until a day."""


@command.command("issue")
@WHO
@click.option("--name", required=True, help="What it is for, as the trail tells it.")
@ROLES
@click.option("--days", type=int, required=True, metavar="N", help="It ends after so many days, at most 366.")
@workspace_options
def issue(who: str, name: str, roles: tuple[str, ...], days: int, folder: Path, database: str | None) -> None:
    """Issue a token, and print it: once, since what is stored is a hash of it."""
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people, tokens
        from clearband.workspace.database import writing
        from clearband.workspace.ledger import Ledger

        with writing(workspace.engine) as connection:
            ledger = Ledger(connection, people.OPERATOR)
            person_id = person_named(connection, who)
            secret, row = tokens.issue(ledger, person_id, name, roles=roles, days=days)
    say(f"token {row['id']}, until {row['expires_at'][:10]}; it is shown this once")
    click.echo(secret)


@command.command("list")
@workspace_options
@JSON
def list_(folder: Path, database: str | None, as_json: bool) -> None:
    """Show all tokens: whose, what for, until when, and when one was used last."""
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import clock, people, tokens
        from clearband.workspace.database import reading

        with reading(workspace.engine) as connection:
            rows, names = tokens.listed(connection, people.OPERATOR), people.names(connection)
        now = clock.now()
    if as_json:
        click.echo(json.dumps({"schema": FORM, "tokens": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']}  {names[row['person_id']]}, {row['name']}: {_how(row, now)}")


@command.command("revoke")
@click.argument("token", metavar="TOKEN_ID")
@workspace_options
def revoke(token: str, folder: Path, database: str | None) -> None:
    """End a token at once. TOKEN_ID is its key of `token list`, not what a program shows."""
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import people, tokens
        from clearband.workspace.database import writing
        from clearband.workspace.ledger import Ledger

        with writing(workspace.engine) as connection:
            row = tokens.revoke(Ledger(connection, people.OPERATOR), token)
    click.echo(f"{row['id']}: revoked")


def _how(row: dict[str, Any], now: str) -> str:
    roles = ", ".join(row["roles"])
    if row["revoked_at"]:
        return f"{roles}; revoked on {row['revoked_at'][:10]}"
    ends = "ended" if row["expires_at"] <= now else "until"
    used = f"last used on {row['used_at'][:10]}" if row["used_at"] else "never used"
    return f"{roles}; {ends} {row['expires_at'][:10]}; {used}"
