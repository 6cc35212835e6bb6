"""Who is let in, with which roles, and what an admin cannot do."""

from __future__ import annotations

import pytest

from clearband.workspace import people, sessions, settings
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import ChangedError, InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.place import Workspace
from clearband.workspace.roles import ROLES
from clearband.workspace.verify import verify
from tests.workspace.team import acting, member, operator

ISSUER = "https://login.example"


def four_eyes(workspace: Workspace) -> bool:
    with reading(workspace.engine) as connection:
        return settings.current(connection).four_eyes


def test_only_an_admin_lets_people_in_and_gives_roles(workspace: Workspace) -> None:
    member(workspace, "admin")
    analyst = member(workspace, "analyst")
    with pytest.raises(RefusedError, match="needs the role admin"), acting(workspace, analyst) as ledger:
        people.add(ledger, "Another", roles=["admin"])
    for roles in (["admin"], ["analyst", "approver"]):
        with pytest.raises(RefusedError), acting(workspace, analyst) as ledger:
            people.give_roles(ledger, str(analyst.person_id), roles)
    with pytest.raises(InvalidError, match="a role cannot be 'owner'"), operator(workspace) as ledger:
        people.give_roles(ledger, str(analyst.person_id), ["owner"])
    assert verify(workspace).entries == 2


def test_two_subjects_never_become_one() -> None:
    assert people.oidc_subject(f"{ISSUER}/", "a b") == f"{ISSUER} a b"
    for subject in ("a  b", " a", "a\n", "e\u0301", "\u2126"):
        with pytest.raises(InvalidError):
            people.oidc_subject(ISSUER, subject)


def test_an_admin_must_stay(workspace: Workspace) -> None:
    first = str(member(workspace, "admin").person_id)
    for take in (
        lambda one: people.give_roles(one, first, ["viewer"]),
        lambda one: people.disable(one, first),
    ):
        with pytest.raises(StateError, match="no admin would be left"), operator(workspace) as ledger:
            take(ledger)
    second = str(member(workspace, "admin", "viewer").person_id)
    with operator(workspace) as ledger:
        assert people.give_roles(ledger, first, ["viewer"])["roles"] == ["viewer"]
    with pytest.raises(StateError, match="no admin would be left"), operator(workspace) as ledger:
        people.disable(ledger, second)


def test_a_disabled_person_is_out_and_can_be_let_in_again(workspace: Workspace) -> None:
    member(workspace, "admin")
    analyst = member(workspace, "analyst")
    cookie = sessions.begin(workspace, str(analyst.person_id))
    assert sessions.session_of(workspace, cookie) is not None
    with operator(workspace) as ledger:
        assert people.actor_of(people.disable(ledger, str(analyst.person_id))) is None
    with pytest.raises(StateError, match="disabled already"), operator(workspace) as ledger:
        people.disable(ledger, str(analyst.person_id))
    with pytest.raises(StateError, match="is disabled"):
        sessions.begin(workspace, str(analyst.person_id))
    with operator(workspace) as ledger:
        people.enable(ledger, str(analyst.person_id))
    assert sessions.session_of(workspace, cookie) is None, "a session that was ended comes back to life"


def test_a_subject_is_one_person(workspace: Workspace) -> None:
    subject = people.oidc_subject(f"{ISSUER}/", "a1")
    assert subject == people.oidc_subject(ISSUER, "a1")
    known = member(workspace, "analyst", subject=subject)
    with pytest.raises(StateError, match="of this subject already"):
        member(workspace, "admin", subject=subject)
    with pytest.raises(StateError, match="of this subject already"):
        member(workspace, "admin", subject=people.LOCAL)
    with writing(workspace.engine) as connection:
        assert people.arrive(connection, subject, "Renamed")["id"] == known.person_id
        new = people.arrive(connection, people.oidc_subject(ISSUER, "b2"), "n" * 500)
        assert people.arrive(connection, new["subject"], "x") == new
    assert (new["roles"], new["name"]) == ([], "n" * 100)
    for issuer, name in (("", "a"), (ISSUER, " "), (ISSUER, "a" * 700)):
        with pytest.raises(InvalidError):
            people.oidc_subject(issuer, name)


def test_four_eyes_are_off_for_somebody_alone_until_a_second_person_comes(workspace: Workspace) -> None:
    assert four_eyes(workspace)
    with writing(workspace.engine) as connection:
        alone = people.local_person(connection)
        assert people.local_person(connection) == alone
    assert set(alone["roles"]) == set(ROLES)
    assert not four_eyes(workspace)
    member(workspace, "analyst")
    assert four_eyes(workspace)
    with operator(workspace) as ledger:
        settings.change(ledger, "four_eyes", False)
    member(workspace, "approver")
    assert not four_eyes(workspace), "what an admin set is set"


def test_who_comes_by_an_openid_provider_turns_four_eyes_on_too(workspace: Workspace) -> None:
    with writing(workspace.engine) as connection:
        people.local_person(connection)
        people.arrive(connection, people.oidc_subject(ISSUER, "a1"), "An analyst")
    assert four_eyes(workspace)


def test_in_a_team_the_local_person_turns_nothing_off(workspace: Workspace) -> None:
    member(workspace, "admin")
    with writing(workspace.engine) as connection:
        local = people.local_person(connection)
    assert four_eyes(workspace)
    with operator(workspace) as ledger:
        people.disable(ledger, local["id"])
    with pytest.raises(StateError, match="local person is disabled"), writing(workspace.engine) as connection:
        people.local_person(connection)


@pytest.mark.parametrize("name", ["", " \n ", "x" * 101, "a\x00b", "a\ud800", "fdp.\u202eexe", "a\x1b[31m"])
def test_odd_names_are_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(InvalidError, match="the name"):
        member(workspace, "viewer", name=name or " ")


@pytest.mark.parametrize("row_id", ["0" * 32, "", "\x00", "a\ud800", "x" * 5000])
def test_keys_of_nothing_find_nothing(workspace: Workspace, row_id: str) -> None:
    with pytest.raises(NotFoundError), operator(workspace) as ledger:
        people.give_roles(ledger, row_id, ["admin"])


def test_settings_have_types_and_versions(workspace: Workspace) -> None:
    admin = member(workspace, "admin")
    for name, value in (
        ("four_eyes", "no"),
        ("accepted_risk_days", True),
        ("accepted_risk_days", 0),
        ("x", 1),
    ):
        with pytest.raises(InvalidError), acting(workspace, admin) as ledger:
            settings.change(ledger, name, value)
    with pytest.raises(RefusedError), acting(workspace, member(workspace, "analyst")) as ledger:
        settings.change(ledger, "four_eyes", False)
    with acting(workspace, admin) as ledger:
        assert settings.change(ledger, "accepted_risk_days", 30, version=0)["version"] == 1
    for version in (0, 2):
        with pytest.raises(ChangedError), acting(workspace, admin) as ledger:
            settings.change(ledger, "accepted_risk_days", 31, version=version)
    with acting(workspace, admin) as ledger:
        assert settings.change(ledger, "accepted_risk_days", 30, version=1)["version"] == 1
        assert settings.current(ledger.connection) == settings.Settings(accepted_risk_days=30)
    assert verify(workspace).problems == ()
