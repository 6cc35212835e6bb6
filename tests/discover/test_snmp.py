"""Devices asked over SNMP, on loopback: honest ones, and those that are silent, slow or lie."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clearband.discover.snmp.limits import Limits
from clearband.discover.snmp.sweep import sweep
from clearband.discover.snmp.targets import Target
from clearband.snmp.device import device_records
from clearband.sources.snmp.snmprec import read_snmprec
from tests.discover.conftest import Command
from tests.snmp import ber
from tests.snmp.agent import Agent, playing

RECORDED = Path(__file__).resolve().parents[1] / "snmp" / "recorded"
COMMUNITY = "canary-9f3b"
ENTITIES = "1.3.6.1.2.1.47.1.1.1.1"
BOX: dict[str, ber.Value] = {
    "1.3.6.1.2.1.1.1.0": b"Huawei Versatile Routing Platform Software",
    "1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.2011.2.23.95",
    "1.3.6.1.2.1.1.5.0": b"edge",
    f"{ENTITIES}.2.1": b"chassis",
    f"{ENTITIES}.2.2": b"board",
    f"{ENTITIES}.5.1": 3,
    f"{ENTITIES}.5.2": 9,
    f"{ENTITIES}.11.1": b"S1",
    f"{ENTITIES}.11.2": b"S2",
    "1.3.6.1.6.3.10.2.1.1.0": bytes.fromhex("800007db03488eef0000a0"),
}


def recording(name: str) -> dict[str, ber.Value]:
    values: dict[str, ber.Value] = {}
    for line in (RECORDED / f"{name}.snmprec").read_bytes().splitlines():
        oid, tag, content = line.split(b"|", 2)
        numbers = tag in (b"2", b"65", b"66", b"67")
        text = bytes.fromhex(content.decode()) if tag.endswith(b"x") else content
        values[oid.decode()] = int(text) if numbers else text.decode() if tag == b"6" else text
    return values


def agent(values: dict[str, ber.Value] = BOX, **given: Any) -> Agent:
    return Agent(values, community=COMMUNITY.encode(), **given)


Discover = Callable[..., tuple[int, str, str, dict[str, dict[str, Any]]]]


@pytest.fixture
def discover(command: Command, tmp_path: Path) -> Discover:
    """``clearband discover snmp`` with a community file: status, output, errors, records by port."""

    def called(agents: list[Agent], *more: str) -> tuple[int, str, str, dict[str, dict[str, Any]]]:
        file, out = tmp_path / "communities", tmp_path / "found.jsonl"
        file.write_text(COMMUNITY, encoding="utf-8")
        file.chmod(0o600)
        with playing(*agents):
            words = [f"{one.address}:{one.port}" for one in agents]
            status, said, wrong = command(
                "discover", "snmp", *words, "--community-file", str(file), "--out", str(out),
                "--timeout", "5", *more,
            )  # fmt: skip
        text = out.read_text("utf-8") if out.exists() else ""
        assert COMMUNITY not in said + wrong + text, "a secret stands in no output"
        records = map(json.loads, text.splitlines())
        return status, said, wrong, {one["record_id"].replace("127.0.0.1:", ""): one for one in records}

    return called


def test_a_live_walk_and_a_recording_of_it_say_the_same(discover: Discover) -> None:
    names = ["huawei-s12704", "arista-7150s", "cisco-c3750"]
    agents = [agent(recording(name)) for name in names]
    status, said, wrong, found = discover(agents)
    assert (status, said.splitlines()[0]) == (0, "answered   3")
    assert "1 neighbours were seen (LLDP) and not read" in wrong
    for name, one in zip(names, agents, strict=True):
        walk = read_snmprec((RECORDED / f"{name}.snmprec").read_bytes(), name).walk
        wanted = device_records(walk, str(one.port))
        got = [found[record["record_id"]] for record in wanted]
        assert [record.get("parent_id", "").replace("127.0.0.1:", "") for record in got] == [
            record.get("parent_id", "") for record in wanted
        ]
        for live, recorded in zip(got, wanted, strict=True):
            for field in set(recorded) - {"record_id", "parent_id"}:
                assert live[field] == recorded[field], field


def test_what_was_discovered_is_an_inventory(discover: Discover, command: Command) -> None:
    one = agent(recording("huawei-s12704"))
    assert discover([one])[0] == 0
    status, said, _ = command("screen", "found.jsonl", "--as", "usf-recipient", "--on", "2026-11-01")
    assert status == 0
    assert "26 records (26 units) screened" in said
    assert "Huawei Technologies Co., Ltd." in said


def test_no_table_is_walked_further_than_it_goes_and_none_without_rows(discover: Discover) -> None:
    lonely = agent({oid: value for oid, value in BOX.items() if not oid.startswith(ENTITIES)})
    discover([lonely])
    assert len(lonely.asked) == 6, "one for single values, and one for each column that opens a table"


def endless(one: Agent, request: ber.Request) -> list[bytes]:
    if request.kind != ber.GET_BULK:
        return [one.honest(request)]
    oid = request.oids[0]
    head, _, last = oid.rpartition(".")
    last = last if oid.count(".") > ENTITIES.count(".") + 1 else "0"
    head = head if last != "0" else oid
    pairs = [(f"{head}.{int(last) + step}", ber.value(b"x" * 30)) for step in range(1, 30)]
    return [ber.response(request, pairs)]


def looping(one: Agent, request: ber.Request) -> list[bytes]:
    if request.kind != ber.GET_BULK or not request.oids[0].startswith(ENTITIES):
        return [one.honest(request)]
    return [
        ber.response(
            request, [(f"{ENTITIES}.2.1", ber.value(b"again")), (f"{ENTITIES}.2.1", ber.value(b"x"))]
        )
    ]


def failing(one: Agent, request: ber.Request) -> list[bytes]:
    if request.kind == ber.GET_BULK and request.oids[0].startswith(f"{ENTITIES}.11"):
        return [ber.response(request, [(request.oids[0], b"\x05\x00")], error=5)]
    return [one.honest(request)]


def empty(one: Agent, request: ber.Request) -> list[bytes]:
    return [ber.response(request, []) if request.kind == ber.GET_BULK else one.honest(request)]


def garbage(one: Agent, request: ber.Request) -> list[bytes]:
    stranger = ber.response(request, [("1.3", b"\x02\x00")], number=7)
    honest = one.honest(request)
    return [b"\xff" * 50, b"", honest[:-4], stranger, b"\x30\x84\xff\xff\xff\xff", honest]


def only_garbage(one: Agent, request: ber.Request) -> list[bytes]:
    return [b"HTTP/1.1 400 Bad Request\r\n\r\n"]


def odd_types(one: Agent, request: ber.Request) -> list[bytes]:
    values = [
        b"\x44\x07\x9f\x78\x04\x42\xf6\x00\x00",
        b"\x02\x01\x05",
        b"\x05\x00",
        b"\x06\x01\x2b",
        b"\x77\x00",
    ]
    if request.kind != ber.GET_BULK:
        return [ber.response(request, list(zip(request.oids, values * 2, strict=False)))]
    return [ber.response(request, [(f"{request.oids[0]}.{at}", value) for at, value in enumerate(values, 1)]
                         + [("1.3.9", b"\x05\x00")])]  # fmt: skip


def silent(one: Agent, request: ber.Request) -> list[bytes]:
    return []


def silent_in_tables(one: Agent, request: ber.Request) -> list[bytes]:
    return [] if request.kind == ber.GET_BULK else [one.honest(request)]


def slow(one: Agent, request: ber.Request) -> list[bytes]:
    time.sleep(0.35)
    return [one.honest(request)]


def silly(one: Agent, request: ber.Request) -> list[bytes]:
    text = b"a\x1b[2J\0b\r\nc" + b"x" * 1_200
    if request.kind == ber.GET:
        return [ber.response(request, [("1.3.6.1.2.1.1.1.0", ber.value(text))])]
    return [one.honest(request)]


def test_those_that_are_silent_slow_or_lie_do_not_stop_the_rest(discover: Discover) -> None:
    honest = [agent({**BOX, "1.3.6.1.2.1.1.5.0": f"edge-{number}".encode()}) for number in range(5)]
    replies = [
        endless, looping, failing, empty, garbage, only_garbage, odd_types, silent, silent_in_tables, slow,
        silly,
    ]  # fmt: skip
    odd = {
        one.__name__: agent({**BOX, "1.3.6.1.2.1.1.5.0": one.__name__.encode()}, reply=one) for one in replies
    }
    agents = [*honest, *odd.values()]
    status, said, wrong, found = discover(
        agents, "--device-seconds", "2", "--timeout", "0.5", "--retries", "1"
    )
    assert status == 4
    for one in honest:
        assert found[f"{one.port}/2"]["serial"] == "S2"
        assert found[str(one.port)]["x_snmp"] == "answered"
    states = {name: found.get(str(one.port), {}).get("x_snmp") for name, one in odd.items()}
    assert states == {
        "endless": "partial", "looping": "partial", "failing": "partial", "empty": "partial",
        "garbage": "answered", "only_garbage": "unreadable", "odd_types": "answered", "silent": None,
        "silent_in_tables": "partial", "slow": "partial", "silly": "answered",
    }  # fmt: skip
    missing = {name: found[str(odd[name].port)].get("x_missing", "") for name in odd if states[name]}
    assert "identifiers that do not increase" in missing["looping"]
    assert "entPhysicalSerialNum: the agent says genErr at its beginning" in missing["failing"]
    assert "an answer without values" in missing["empty"]
    assert "no answer" in missing["silent_in_tables"]
    assert "it takes longer than 2 s" in missing["slow"]
    assert found[str(odd["failing"].port)]["sys_name"] == "failing", "what was read is kept"
    assert found[str(odd["silly"].port)]["sys_descr"].startswith("a [2J b\nc")
    assert f"127.0.0.1:{odd['silent'].port}: silent: no answer" in wrong
    assert "silent     1  (no answer is not" in said


def test_an_endless_walk_ends_at_what_a_device_may_have() -> None:
    one = agent(reply=endless)
    with playing(one):
        swept = sweep([Target("127.0.0.1", one.port)], [COMMUNITY.encode()], Limits(device_values=500))
    assert swept.requests < 40
    assert "it has more than 500 values" in swept.outcomes[0].why
    assert swept.outcomes[0].walk.one("sysName") == b"edge"


def test_only_those_that_are_named_are_asked(discover: Discover) -> None:
    named, other = agent(), agent()
    with playing(other):
        status, *_ = discover([named])
    assert status == 0
    assert named.asked
    assert other.asked == []


def test_communities_are_tried_in_their_order_and_no_other(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "c"
    file.write_text("first-canary\n\n# a note\nsecond-canary\nthird-canary\n", encoding="utf-8")
    file.chmod(0o644)
    one = Agent(BOX, community=b"second-canary")
    with playing(one):
        words = ("discover", "snmp", f"127.0.0.1:{one.port}", "--out", "o.jsonl", "--timeout", "1")
        status, said, wrong = command(*words, "--community-file", str(file), "--retries", "0")
    assert (status, one.strangers) == (0, 1), "public is not tried, nor what comes behind"
    assert "other users of this machine can read the credentials; chmod 600" in wrong
    assert "canary" not in said + wrong + Path("o.jsonl").read_text("utf-8")


def test_a_community_may_come_from_the_environment(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    one = agent()
    with playing(one):
        words = ("discover", "snmp", f"127.0.0.1:{one.port}", "--out", "o.jsonl")
        status, _, wrong = command(*words)
        assert (status, "there is no community and no user" in wrong) == (2, True)
        monkeypatch.setenv("CLEARBAND_SNMP_COMMUNITY", COMMUNITY)
        assert command(*words)[0] == 0


def test_where_nobody_answers_nothing_is_written(discover: Discover, tmp_path: Path) -> None:
    status, _, wrong, found = discover([agent(reply=silent)], "--timeout", "0.1")
    assert (status, found) == (3, {})
    assert "none of 1 addresses answered" in wrong
    assert not (tmp_path / "found.jsonl").exists()


def test_a_device_with_several_addresses_is_one_record(discover: Discover) -> None:
    first, second = agent(address="127.0.0.1"), agent(address="127.0.0.2")
    status, said, _, found = discover([first, second])
    assert (status, len(found)) == (0, 2)
    assert found[str(first.port)]["x_addresses"] == "127.0.0.1\n127.0.0.2"
    assert "1 devices, 1 parts" in said


def test_neighbours_that_were_not_read_are_records_where_that_is_asked_for(discover: Discover) -> None:
    _, said, _, found = discover([agent(recording("arista-7150s"))], "--neighbors")
    seen = [one for name, one in found.items() if name.startswith("neighbor/")]
    assert len(seen) == 1
    assert {one["x_snmp"] for one in seen} == {"seen by a neighbour, not read"}
    assert "1 neighbours in" in said


def test_encryption_without_the_extra_is_told_in_one_line(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    user = {"user": "x", "auth": "sha256", "auth-password": "authentic-1"}
    one = agent()
    with playing(one):
        words = ("discover", "snmp", f"127.0.0.1:{one.port}", "--out", "o.jsonl", "--timeout", "1")
        monkeypatch.setenv(
            "CLEARBAND_SNMP_USERS", json.dumps({**user, "priv": "aes128", "priv-password": "x" * 8})
        )
        status, _, wrong = command(*words)
        assert (status, "pip install '.[snmp]'" in wrong, wrong.count("\n")) == (2, True, 1)
        monkeypatch.setenv("CLEARBAND_SNMP_USERS", json.dumps(user))
        monkeypatch.setenv("CLEARBAND_SNMP_COMMUNITY", COMMUNITY)
        assert command(*words, "--retries", "0")[0] == 0, "the others need nothing"


def test_addresses_of_version_6(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARBAND_SNMP_COMMUNITY", COMMUNITY)
    one = agent(address="::1")
    try:
        with playing(one):
            status, *_ = command("discover", "snmp", f"[::1]:{one.port}", "--out", "o.jsonl")
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert status == 0
    assert json.loads(Path("o.jsonl").read_text("utf-8").splitlines()[0])["record_id"] == f"[::1]:{one.port}"
