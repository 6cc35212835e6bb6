"""Sessions begin anew at each sign-in, and end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from clearband.workspace import clock, people, sessions
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import NotFoundError
from clearband.workspace.place import Workspace
from clearband.workspace.tables import web_session
from tests.workspace.team import member, operator


def change(workspace: Workspace, **values: timedelta) -> None:
    with writing(workspace.engine) as connection:
        moments = {name: clock.written(datetime.now(UTC) + after) for name, after in values.items()}
        connection.execute(web_session.update().values(**moments))


def test_a_session_is_its_persons_with_the_roles_they_have_now(workspace: Workspace) -> None:
    who = member(workspace, "analyst")
    cookie = sessions.begin(workspace, str(who.person_id))
    found = sessions.session_of(workspace, cookie)
    assert found is not None
    assert found.actor == who
    assert found.is_form(found.form_token)
    assert not found.is_form("")
    assert not found.is_form("\ud800é")
    assert found.form_token not in repr(found)
    with operator(workspace) as ledger:
        people.give_roles(ledger, str(who.person_id), ["viewer"])
    again = sessions.session_of(workspace, cookie)
    assert again is not None
    assert again.actor.roles == {"viewer"}
    with reading(workspace.engine) as connection:
        assert cookie not in str(connection.execute(sa.select(web_session)).all())


def test_each_sign_in_begins_a_new_session_and_ends_the_one_before(workspace: Workspace) -> None:
    who = str(member(workspace, "analyst").person_id)
    planted = "planted-by-somebody-else"
    first = sessions.begin(workspace, who, instead_of=planted)
    assert sessions.session_of(workspace, planted) is None
    second = sessions.begin(workspace, who, instead_of=first)
    assert first != second
    assert sessions.session_of(workspace, first) is None
    assert sessions.session_of(workspace, second) is not None


def test_ending_one_leaves_the_others(workspace: Workspace) -> None:
    who = str(member(workspace, "analyst").person_id)
    cookies = [sessions.begin(workspace, who) for _ in range(3)]
    sessions.end(workspace, cookies[0])
    sessions.end(workspace, "none")
    assert [sessions.session_of(workspace, one) is not None for one in cookies] == [False, True, True]
    with writing(workspace.engine) as connection:
        sessions.end_all(connection, who)
    assert not any(sessions.session_of(workspace, one) for one in cookies)


def test_a_session_ends_when_nobody_uses_it_and_at_the_latest_after_a_day_of_work(
    workspace: Workspace,
) -> None:
    cookie = sessions.begin(workspace, str(member(workspace, "analyst").person_id))
    change(workspace, seen_at=timedelta(minutes=1) - sessions.IDLE)
    assert sessions.session_of(workspace, cookie) is not None
    change(workspace, seen_at=-sessions.IDLE)
    assert sessions.session_of(workspace, cookie) is None
    change(workspace, seen_at=timedelta(), expires_at=timedelta(seconds=-1))
    assert sessions.session_of(workspace, cookie) is None


def test_old_sessions_are_forgotten(workspace: Workspace) -> None:
    who = str(member(workspace, "analyst").person_id)
    sessions.begin(workspace, who)
    change(workspace, expires_at=timedelta(days=-31))
    sessions.begin(workspace, who)
    with reading(workspace.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(web_session)) == 1
    with pytest.raises(NotFoundError):
        sessions.begin(workspace, "0" * 32)
