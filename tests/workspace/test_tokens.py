"""What a token may do, until when, and who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from clearband.workspace import clock, inventories, people, tokens
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.ledger import Actor, Row
from clearband.workspace.place import Workspace
from clearband.workspace.tables import api_token, audit
from clearband.workspace.verify import verify
from tests.workspace.team import acting, member, operator


def issued(workspace: Workspace, actor: Actor, *roles: str, days: int = 30) -> tuple[str, Row]:
    with acting(workspace, actor) as ledger:
        return tokens.issue(ledger, str(actor.person_id), "nightly", roles=roles, days=days)


def used_at(workspace: Workspace) -> str | None:
    with reading(workspace.engine) as connection:
        return connection.scalar(sa.select(api_token.c.used_at))


def note(workspace: Workspace, **values: str) -> None:
    with writing(workspace.engine) as connection:
        connection.execute(api_token.update().values(**values))


def test_a_token_speaks_for_its_person_with_the_roles_both_have_now(workspace: Workspace) -> None:
    member(workspace, "admin")
    who = member(workspace, "analyst", "viewer")
    secret, row = issued(workspace, who, "analyst")
    assert secret.startswith("clearband_")
    assert len(secret) >= len("clearband_") + 43
    actor = tokens.actor_of(workspace, secret)
    assert actor == Actor(who.person_id, "An analyst (token nightly)", frozenset({"analyst"}), row["id"])
    with operator(workspace) as ledger:
        people.give_roles(ledger, str(who.person_id), ["viewer", "approver"])
    less = tokens.actor_of(workspace, secret)
    assert less is not None
    assert less.roles == frozenset(), "it has what its person had once"
    with operator(workspace) as ledger:
        people.disable(ledger, str(who.person_id))
    assert tokens.actor_of(workspace, secret) is None
    with pytest.raises(StateError, match="is disabled"):
        issued(workspace, who, "viewer")


def test_the_secret_lies_nowhere(workspace: Workspace) -> None:
    secret, row = issued(workspace, member(workspace, "analyst"), "analyst")
    assert "hash" not in row
    with reading(workspace.engine) as connection:
        for table in (api_token, audit):
            assert secret not in str(connection.execute(sa.select(table)).all())


def test_a_token_that_was_revoked_or_ended_speaks_for_nobody(workspace: Workspace) -> None:
    who = member(workspace, "analyst")
    secret, row = issued(workspace, who, "analyst")
    assert tokens.actor_of(workspace, secret) is not None
    with acting(workspace, who) as ledger:
        tokens.revoke(ledger, row["id"])
    assert tokens.actor_of(workspace, secret) is None
    with pytest.raises(StateError, match="revoked already"), acting(workspace, who) as ledger:
        tokens.revoke(ledger, row["id"])
    other, _ = issued(workspace, who, "analyst", days=1)
    note(workspace, expires_at=clock.now())
    assert tokens.actor_of(workspace, other) is None


@pytest.mark.parametrize(
    "secret", ["", "clearband_", "clearband_" + "A" * 43, "\x00", "\ud800", "x" * 100_000]
)
def test_what_is_no_token_speaks_for_nobody(workspace: Workspace, secret: str) -> None:
    issued(workspace, member(workspace, "admin"), "admin")
    assert tokens.actor_of(workspace, secret) is None


def test_a_token_has_no_more_than_its_person_and_an_end(workspace: Workspace) -> None:
    who = member(workspace, "analyst")
    for roles in (["admin"], ["analyst", "approver"], ["root"], []):
        with pytest.raises(InvalidError):
            issued(workspace, who, *roles)
    for days in (0, -1, 367, True, 10**30):
        with pytest.raises(InvalidError, match="no days for a token"):
            issued(workspace, who, "analyst", days=days)


def test_a_token_issues_no_token(workspace: Workspace) -> None:
    admin = member(workspace, "admin")
    secret, _ = issued(workspace, admin, "admin")
    actor = tokens.actor_of(workspace, secret)
    assert actor is not None
    with pytest.raises(RefusedError, match="a token issues no token"):
        issued(workspace, actor, "admin", days=366)


def test_nobody_is_both_pairs_of_eyes_by_a_token_of_somebody_else(workspace: Workspace) -> None:
    admin, other = member(workspace, "admin", "analyst", "approver"), member(workspace, "approver", "analyst")
    of = str(other.person_id)
    for role in ("approver", "analyst"):
        with pytest.raises(RefusedError, match="by its own person"), acting(workspace, admin) as ledger:
            tokens.issue(ledger, of, "x", roles=[role], days=1)
        with operator(workspace) as ledger:
            tokens.issue(ledger, of, "x", roles=[role], days=1)


def test_what_was_taken_while_a_request_was_under_way_is_not_done(workspace: Workspace) -> None:
    member(workspace, "admin")
    who = member(workspace, "analyst", "viewer")
    secret, row = issued(workspace, who, "analyst")
    by_token = tokens.actor_of(workspace, secret)
    assert by_token is not None
    with acting(workspace, who) as ledger:
        tokens.revoke(ledger, row["id"])
    with pytest.raises(RefusedError, match="token was revoked"), acting(workspace, by_token) as ledger:
        inventories.make(ledger, "Late")
    with operator(workspace) as ledger:
        people.give_roles(ledger, str(who.person_id), ["viewer"])
    with pytest.raises(RefusedError, match="changed meanwhile"), acting(workspace, who) as ledger:
        inventories.make(ledger, "Late")
    with operator(workspace) as ledger:
        people.give_roles(ledger, str(who.person_id), ["analyst", "viewer"])
        people.disable(ledger, str(who.person_id))
    with pytest.raises(RefusedError, match="changed meanwhile"), acting(workspace, who) as ledger:
        inventories.make(ledger, "Late")
    assert verify(workspace).problems == ()


def test_tokens_are_seen_and_revoked_by_their_person_or_an_admin(workspace: Workspace) -> None:
    admin, owner, other = (member(workspace, role) for role in ("admin", "analyst", "viewer"))
    _, row = issued(workspace, owner, "analyst")
    with pytest.raises(NotFoundError, match="there is no api_token"), acting(workspace, other) as ledger:
        tokens.revoke(ledger, row["id"])
    with reading(workspace.engine) as connection:
        assert tokens.listed(connection, other) == []
        for actor in (owner, admin, people.OPERATOR):
            assert [one["id"] for one in tokens.listed(connection, actor)] == [row["id"]]
            assert "hash" not in tokens.listed(connection, actor)[0]
    with acting(workspace, admin) as ledger:
        assert tokens.revoke(ledger, row["id"])["revoked_at"]


def test_use_is_noted_once_a_minute_and_not_in_the_trail(workspace: Workspace) -> None:
    secret, _ = issued(workspace, member(workspace, "analyst"), "analyst")
    tokens.actor_of(workspace, secret)
    first = used_at(workspace)
    tokens.actor_of(workspace, secret)
    assert used_at(workspace) == first is not None
    earlier = clock.written(datetime.now(UTC) - timedelta(seconds=61))
    note(workspace, used_at=earlier)
    tokens.actor_of(workspace, secret)
    assert str(used_at(workspace)) > earlier
    seen = verify(workspace)
    assert (seen.entries, seen.problems) == (2, ())
