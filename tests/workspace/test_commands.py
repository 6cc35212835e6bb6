"""``clearband workspace`` as its users meet it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from clearband.workspace import tokens
from clearband.workspace.place import open_workspace
from tests.cli.conftest import Clearband
from tests.workspace.test_backup import empty


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str | None) -> Path:
    """A workspace that the commands are told of by the environment."""
    monkeypatch.setenv("CLEARBAND_WORKSPACE", str(tmp_path / "team"))
    if database is not None:
        monkeypatch.setenv("CLEARBAND_DATABASE", database)
    return tmp_path / "team"


def fits(name: str, told: Any) -> None:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, told)


def test_from_an_empty_folder_to_a_team_and_back(
    clearband: Clearband, folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, status: int = 0) -> str:
        ended = clearband("workspace", *words)
        assert ended.status == status, ended.err
        return ended.out

    assert "a workspace on" in run("init")
    run("person", "add", "An officer", "--role", "admin", "--role", "approver")
    run(
        "person",
        "add",
        "An analyst",
        "--role",
        "analyst",
        "--issuer",
        "https://login.example",
        "--subject",
        "7",
    )
    told = json.loads(run("person", "list", "--json"))
    fits("workspace-people", told)
    assert [one["subject"] for one in told["people"]] == [None, "https://login.example 7"]
    secret = run("token", "issue", "An analyst", "--name", "n", "--role", "analyst", "--days", "9").strip()
    opened = open_workspace(folder, request.getfixturevalue("database"))
    actor = tokens.actor_of(opened, secret)
    assert actor is not None
    assert actor.roles == {"analyst"}
    told = json.loads(run("token", "list", "--json"))
    fits("workspace-tokens", told)
    assert secret not in json.dumps(told)
    run("token", "revoke", told["tokens"][0]["id"])
    assert tokens.actor_of(opened, secret) is None
    opened.engine.dispose()
    run("person", "disable", "An analyst")
    run("person", "enable", told["tokens"][0]["person_id"])
    before = json.loads(run("verify", "--json"))
    fits("workspace-verified", before)
    assert (before["good"], before["entries"]) == (True, 6)
    file = folder.with_name("team.tar")
    assert f"head {before['head']}" in run("backup", str(file))
    monkeypatch.setenv("CLEARBAND_WORKSPACE", str(folder.with_name("again")))
    if request.getfixturevalue("database"):
        monkeypatch.setenv("CLEARBAND_DATABASE", empty(request))
    assert f"head {before['head']}" in run("restore", str(file), "--expect", before["head"])
    assert "entries were cut off" in run("verify", "--expect", "0" * 63, status=1)


def test_the_chain_can_be_checked_from_what_is_printed(clearband: Clearband, folder: Path) -> None:
    clearband("workspace", "init")
    for name in ("A", "B"):
        clearband("workspace", "person", "add", name, "--role", "admin")
    previous = "0" * 64
    for line in clearband("workspace", "trail", "--json").out.splitlines():
        entry = json.loads(line)
        fits("workspace-trail-entry", entry)
        assert entry["previous"] == previous
        names = ("seq", "at", "person_id", "by", "action", "kind", "object_id", "state", "previous")
        text = json.dumps([entry[name] for name in names], separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert previous == entry["hash"]
    assert entry["seq"] == 2
    one = clearband("workspace", "trail", "--of", entry["object_id"], "--after", "0").out
    assert [word for line in one.splitlines() for word in line.split()[2:]] == [
        "command", "line:", "create", "person", entry["object_id"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (["verify"], 3, "there is no workspace; clearband workspace init makes one; where"),
        (["verify", "--database", "mysql://x"], 3, "is no database for a workspace"),
        (["person", "add", "x", "--role", "owner", "--workspace", "w"], 2, "'owner' is not one of"),
        (["person", "add", "x", "--issuer", "https://x"], 2, "go together"),
        (["backup", "x.tar"], 3, "there is no workspace"),
        (["restore", "none.tar"], 2, "does not exist"),
        (["setting", "four_eyes"], 2, "by its name and a value"),
        (["setting", "five_eyes", "on"], 2, "'five_eyes' is not one of"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    clearband: Clearband, tmp_path: Path, words: list[str], status: int, why: str
) -> None:
    if "--workspace" not in words:
        words = [*words, "--workspace", str(tmp_path / "none")]
    ended = clearband("workspace", *words)
    assert (ended.status, why in ended.one_line) == (status, True), ended.err


def test_settings_are_shown_and_changed(clearband: Clearband, folder: Path) -> None:
    clearband("workspace", "init")
    assert clearband("workspace", "setting").out == "four_eyes on\naccepted_risk_days 366\n"
    assert (
        clearband("workspace", "setting", "four_eyes", "off").out == "four_eyes off\naccepted_risk_days 366\n"
    )
    for name, value in (("four_eyes", "maybe"), ("four_eyes", "1"), ("accepted_risk_days", "[[")):
        assert clearband("workspace", "setting", name, value).status == 3
    assert "change setting four_eyes" in clearband("workspace", "trail").out


def test_nobody_and_several_of_a_name_are_told(clearband: Clearband, folder: Path) -> None:
    clearband("workspace", "init")
    for _ in range(2):
        clearband("workspace", "person", "add", "An analyst")
    assert (
        "several people have this name" in clearband("workspace", "person", "disable", "An analyst").one_line
    )
    assert "there is no such person" in clearband("workspace", "person", "disable", "Nobody").one_line
    ended = clearband("workspace", "token", "revoke", "0" * 32)
    assert (ended.status, "there is no api_token" in ended.one_line) == (3, True)


def test_a_database_that_is_away_is_told_without_its_password(clearband: Clearband, tmp_path: Path) -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/none?connect_timeout=1"
    ended = clearband("workspace", "verify", "--workspace", str(tmp_path), "--database", url)
    assert ended.status == 3
    assert "the database cannot be used" in ended.one_line
    assert "secret" not in ended.err


def test_without_the_extra_the_line_says_what_to_install(
    clearband: Clearband, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sqlalchemy", None)
    ended = clearband("workspace", "verify", "--workspace", str(tmp_path))
    assert (ended.status, "pip install '.[web]'" in ended.one_line) == (2, True)


def test_a_damaged_workspace_ends_with_status_1_and_its_backup_with_4(
    clearband: Clearband, tmp_path: Path
) -> None:
    from tests.workspace.test_backup import worked_in

    workspace = open_workspace(tmp_path / "team", make=True)
    worked_in(workspace)
    workspace.engine.dispose()
    next((tmp_path / "team" / "files").glob("*/*")).unlink()
    place = ["--workspace", str(tmp_path / "team")]
    ended = clearband("workspace", "verify", *place)
    assert (ended.status, "it is missing or its bytes were changed" in ended.out) == (1, True)
    ended = clearband("workspace", "backup", str(tmp_path / "one.tar"), *place)
    assert (ended.status, "no such file" in ended.out) == (4, True)
