"""Five hundred real agents (snmpsim) in one sweep, net-snmp by v3, a silent, a slow and a lying one.

``make test-live`` runs it. It is not part of ``make test``: snmpsim is installed by half a minute of
downloading, and its agents take two cores for a minute.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.snmp import ber
from tests.snmp.agent import Agent, playing
from tests.snmp.net_snmp import PASSWORDS, snmpd, snmpd_path
from tests.snmp.simulator import COMMUNITY, CannotStartError, simulated

DEVICES = int(os.environ.get("CLEARBAND_LIVE_DEVICES", "500"))

pytestmark = [
    pytest.mark.unwatched,
    pytest.mark.skipif(
        not os.environ.get("CLEARBAND_LIVE"), reason="real agents are started by make test-live only"
    ),
    pytest.mark.skipif(snmpd_path() is None, reason="snmpd is not installed: apt-get install snmpd"),
]


def silent(one: Agent, request: ber.Request) -> list[bytes]:
    return []


def slow(one: Agent, request: ber.Request) -> list[bytes]:
    """Each answer comes just in time, and none is the last."""
    time.sleep(1.5)
    if request.kind == ber.GET:
        return [one.honest(request)]
    column, _, last = request.oids[0].rpartition(".")
    oid = f"{column}.{int(last) + 1}" if request.oids[0].count(".") > 11 else f"{request.oids[0]}.1"
    return [ber.response(request, [(oid, ber.value(b"x"))])]


def looping(one: Agent, request: ber.Request) -> list[bytes]:
    return [ber.response(request, [(request.oids[0], ber.value(b"again"))] * 9)]


def test_five_hundred_agents_with_odd_ones_among_them(tmp_path: Path) -> None:
    values: dict[str, ber.Value] = {"1.3.6.1.2.1.1.1.0": b"a box", "1.3.6.1.2.1.1.5.0": b"slow"}
    odd = {
        "silent": Agent(values, reply=silent),
        "lying": Agent(values, reply=looping),
        "slow": Agent(values, reply=slow),
    }
    (tmp_path / "agents").mkdir()
    tmp_path.chmod(0o755)
    users = {"user": "sha256-aes128", "auth": "sha256", "auth-password": PASSWORDS[0]}
    users |= {"priv": "aes128", "priv-password": PASSWORDS[1]}
    try:
        with (
            simulated(DEVICES, tmp_path / "agents") as real,
            snmpd(tmp_path, "other") as port,
            playing(*odd.values()),
        ):
            ports = {name: f"127.0.0.1:{one.port}" for name, one in odd.items()} | {"v3": f"127.0.0.1:{port}"}
            (tmp_path / "targets").write_text("\n".join([*ports.values(), *real.targets]), encoding="utf-8")
            environment = {"CLEARBAND_SNMP_COMMUNITY": COMMUNITY, "CLEARBAND_SNMP_USERS": json.dumps(users)}
            before = real.seconds()
            words = "discover snmp --targets-file targets --out found --rate 100000 --device-seconds 100"
            done = subprocess.run(
                [sys.executable, "-m", "clearband", *words.split(), "--retries", "4"],
                cwd=tmp_path,
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            print(f"\n{done.stdout}{done.stderr}agents: {real.seconds() - before:.1f} s of processor time")
    except CannotStartError as error:
        pytest.skip(str(error))
    records = [json.loads(line) for line in (tmp_path / "found").read_text("utf-8").splitlines()]
    states = {one["record_id"]: one["x_snmp"] for one in records if "x_snmp" in one}
    assert {name: states.get(where) for name, where in ports.items()} == {
        "silent": None, "lying": "partial", "slow": "partial", "v3": "answered",
    }  # fmt: skip
    assert [states[where] for where in real.targets] == ["answered"] * DEVICES
    assert done.returncode == 4
    parts = Counter(one["record_id"].partition("/")[0] for one in records)
    assert parts[real.targets[0]] == 9, "cisco-c3750 and its parts"
    assert PASSWORDS[0] not in done.stdout + done.stderr
