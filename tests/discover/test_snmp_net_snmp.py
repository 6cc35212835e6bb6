"""A real agent, net-snmp's: v2c, and v3 with every hash and cipher that both know; wrong keys are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discover.conftest import Command
from tests.snmp.net_snmp import PASSWORDS, USERS, snmpd, snmpd_path

COMMUNITY = "community-canary"

pytestmark = pytest.mark.skipif(snmpd_path() is None, reason="snmpd is not installed: apt-get install snmpd")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with snmpd(tmp_path_factory.mktemp("snmpd"), COMMUNITY) as port:
        yield port


def discovered(
    command: Command, monkeypatch: pytest.MonkeyPatch, port: int, **environment: str
) -> tuple[int, str, dict[str, str]]:
    for name, text in environment.items():
        monkeypatch.setenv(f"CLEARBAND_SNMP_{name}", text)
    out = Path("o.jsonl")
    status, said, wrong = command(
        "discover", "snmp", f"127.0.0.1:{port}", "--out", str(out), "--timeout", "1", "--retries", "1"
    )
    text = out.read_text("utf-8") if out.exists() else "{}"
    assert "canary" not in said + wrong + text
    return status, wrong, json.loads(text.splitlines()[0])


def user(name: str, auth: str = PASSWORDS[0], priv: str = PASSWORDS[1]) -> str:
    hashed, _, cipher = name.partition("-")
    told = {"user": name, "auth": hashed, "auth-password": auth}
    return json.dumps(told | ({"priv": cipher, "priv-password": priv} if cipher else {}))


def test_a_community(command: Command, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    status, wrong, device = discovered(command, monkeypatch, port, COMMUNITY=COMMUNITY)
    assert (status, wrong) == (0, "")
    assert (device["sys_name"], device["sys_object_id"]) == ("net-snmp-1", "1.3.6.1.4.1.2011.2.23.95")
    assert device["x_engine_id"].startswith("80001f88")


@pytest.mark.parametrize("name", USERS)
def test_users(command: Command, monkeypatch: pytest.MonkeyPatch, port: int, name: str) -> None:
    status, wrong, device = discovered(command, monkeypatch, port, USERS=user(name))
    assert (status, wrong) == (0, "")
    assert (device["sys_name"], device["x_snmp"]) == ("net-snmp-1", "answered")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (user("sha256-aes128", auth="wrong-canary"), "the password or hash of authentication is wrong"),
        (user("sha256-aes128", priv="wrong-canary"), "password or cipher of encryption may be wrong"),
        (user("sha384-aes128"), "the user is not known"),
    ],
)
def test_who_is_refused_is_told_why_and_the_device_is_kept(
    command: Command, monkeypatch: pytest.MonkeyPatch, port: int, given: str, why: str
) -> None:
    status, wrong, device = discovered(command, monkeypatch, port, USERS=given)
    assert status == 4
    assert f"127.0.0.1:{port}: refused: " in wrong
    assert why in wrong
    assert device["x_snmp"] == "refused"
    assert device["banners"] == [{"protocol": "snmp-enterprise", "text": "8072"}]


def test_a_community_is_tried_where_a_user_is_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    status, _, device = discovered(
        command, monkeypatch, port, USERS=user("sha256-aes128", auth="wrong-canary"), COMMUNITY=COMMUNITY
    )
    assert (status, device["x_snmp"]) == (0, "answered")
