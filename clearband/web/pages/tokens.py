"""``/tokens``: tokens of the API."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clearband.web.again import Again
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body
from clearband.web.here import Here
from clearband.workspace import clock, people, tokens
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.roles import VIEWER

router = APIRouter(tags=["people"])


class Token(BaseModel):
    """A token without its secret."""

    id: str
    person_id: str
    person: str
    name: str
    roles: list[str]
    created_at: str
    expires_at: str
    revoked_at: str | None
    used_at: str | None
    state: str
    version: int


class Tokens(BaseModel):
    """Tokens, the newest first: one's own, or all of them for the role admin."""

    tokens: list[Token]
    roles: list[str]
    most_days: int


class NewToken(Body):
    """A token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=tokens.NAME_LENGTH)]
    roles: Annotated[list[str], Field(min_length=1, max_length=10)]
    days: Annotated[int, Field(ge=1, le=tokens.MOST_DAYS)] = 90


class IssuedToken(BaseModel):
    """A token with its secret, which is shown this once."""

    token: Token
    secret: str


@page(router, "/tokens", "tokens.html.j2")
def listed(here: Here) -> With[Tokens]:
    """Tokens of the API that whoever asks may see."""
    with here.reading() as connection:
        names = people.names(connection)
        rows = tokens.listed(connection, here.actor)
    found = [_token(row, names[row["person_id"]]) for row in reversed(rows)]
    return With(Tokens(tokens=found, roles=sorted(here.actor.roles), most_days=tokens.MOST_DAYS))


_BLAMES: Final = (("role", "roles"), ("days", "days"), ("the name", "name"))


@change(
    router,
    "/tokens",
    role=VIEWER,
    made=True,
    again=Again("new", "/tokens", "tokens.html.j2", lambda here: listed(here), _BLAMES),
)
def issue(here: Here, ledger: Ledger, body: NewToken) -> Made[IssuedToken]:
    """Make a token for oneself. Its secret is in this answer and nowhere else."""
    secret, row = tokens.issue(ledger, people.person_of(ledger), body.name, roles=body.roles, days=body.days)
    made = IssuedToken(token=_token(row, here.actor.name), secret=secret)
    return Made(made, f"/tokens/{row['id']}", version=row["version"], template="token.html.j2")


@page(router, "/tokens/{token_id}", "token.html.j2")
def one(here: Here, token_id: str) -> With[Token]:
    """One token."""
    with here.reading() as connection:
        row = tokens.one(connection, here.actor, token_id)
        names = people.names(connection)
    return With(_token(row, names[row["person_id"]]), version=row["version"])


@change(router, "/tokens/{token_id}/revoke", role=VIEWER)
def revoke(ledger: Ledger, token_id: str, version: Version) -> Made[Token]:
    """End a token at once."""
    row = tokens.revoke(ledger, token_id, version=version)
    names = people.names(ledger.connection)
    return Made(_token(row, names[row["person_id"]]), "/tokens", version=row["version"])


def _token(row: Row, person: str) -> Token:
    over = row["expires_at"] <= clock.now()
    state = "revoked" if row["revoked_at"] else "over" if over else "valid"
    return Token(
        **{name: row[name] for name in Token.model_fields if name in row}, person=person, state=state
    )
