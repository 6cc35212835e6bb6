"""Real agents by the hundred: snmpsim on loopback, each device with an address and a recording of its own.

snmpsim is installed once, in half a minute, into ``CLEARBAND_SNMPSIM_HOME`` (default: ``clearband-snmpsim``
in the folder for temporary files). It refuses to be root and becomes ``nobody``, who must be able to read its
Python: its environment is therefore made of the system's.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.snmp import ber

VERSION = "1.2.2"
COMMUNITY = "public"
PORT = 16_161
RECORDED = Path(__file__).parent / "recorded"
MIX = (
    *("cisco-c3750",) * 11, *("zte-zxr10",) * 6, *("huawei-s12704",) * 4, *("juniper-mx960",) * 2,
    "arista-7150s", "h3c-stack",
)  # fmt: skip
"""Of 25 devices: 17 with up to 35 entities, 6 with about 80, two with 280."""
_UV = Path(sys.executable).parent / "uv"
_ENGINE, _NAME = "1.3.6.1.6.3.10.2.1.1.0", "1.3.6.1.2.1.1.5.0"
_SERIALS = "1.3.6.1.2.1.47.1.1.1.1.11."
_ADDRESSES = ("1.3.6.1.2.1.2.2.1.6.", "1.3.6.1.2.1.17.1.1.0", "1.0.8802.1.1.2.1.3.2.0")


class CannotStartError(Exception):
    """Something that snmpsim needs is missing; the message says what."""


def address(number: int) -> str:
    """The address of a device."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStartError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-500:]}")


def installed() -> Path:
    """The environment that snmpsim is installed in, made when it is not there."""
    given = os.environ.get("CLEARBAND_SNMPSIM_HOME")
    home = Path(given) if given else Path(tempfile.gettempdir()) / "clearband-snmpsim"
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    venv = home / f"venv-{VERSION}"
    if not (venv / ".ready").exists():
        python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
        if python is None:
            raise CannotStartError("the system has no python3")
        shutil.rmtree(venv, ignore_errors=True)
        _run([_UV, "venv", "-q", "--python", python, venv])
        # It imports pysmi without asking for it.
        _run(
            [_UV, "pip", "install", "-q", "--python", venv / "bin" / "python", f"snmpsim=={VERSION}", "pysmi"]
        )
        (venv / ".ready").touch()
    return venv


def device(number: int) -> bytes:
    """A recording with the name, serial numbers and addresses of one device of its own."""
    lines = []
    for line in (RECORDED / f"{MIX[number % len(MIX)]}.snmprec").read_text("utf-8").splitlines():
        oid, tag, value = line.split("|", 2)
        if oid == _NAME:
            tag, value = "4", f"sim-{number}"
        elif oid == _ENGINE or (oid.startswith(_ADDRESSES) and len(value) == 12):
            value = f"{value[:-4]}{number:04x}"
        elif oid.startswith(_SERIALS) and value:
            value += f"{number:04x}" if tag == "4x" else f"-{number}"
        lines.append(f"{oid}|{tag}|{value}\n")
    return "".join(sorted(lines, key=lambda one: tuple(map(int, one.split("|")[0].split("."))))).encode()


@dataclass(frozen=True)
class Simulated:
    """Devices that are up.

    Args:
        targets: Their addresses with ports.
        processes: Those that play them.
    """

    targets: list[str]
    processes: list[int]

    def seconds(self) -> float:
        """Processor time that they have used."""
        ticks = 0
        for process in self.processes:
            told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def simulated(count: int, folder: Path, processes: int = 2) -> Iterator[Simulated]:
    """Devices for as long as the block lasts.

    Args:
        folder: For their recordings.
        processes: snmpsim takes one core each.

    Raises:
        CannotStartError: snmpsim cannot be installed or started.
    """
    program = installed() / "bin" / "snmpsim-command-responder"
    with ExitStack() as running:
        agents = [
            running.enter_context(_responder(program, folder / str(share), range(share, count, processes)))
            for share in range(processes)
        ]
        yield Simulated([f"{address(number)}:{PORT}" for number in range(count)], agents)


@contextmanager
def _responder(program: Path, folder: Path, numbers: range) -> Iterator[int]:
    cache = folder / "cache"
    cache.mkdir(parents=True)
    words = []
    for number in numbers:
        data = folder / f"{number}"
        data.mkdir()
        (data / f"{COMMUNITY}.snmprec").write_bytes(device(number))
        # Files are chosen by community; endpoints differ only where each has an engine of its own.
        words += [f"--v3-engine-id=80004fb805{number:08x}", f"--data-dir={data}"]
        words.append(f"--agent-udpv4-endpoint={address(number)}:{PORT}")
    user = []
    if os.getuid() == 0:
        user = ["--process-user=nobody", "--process-group=nogroup"]
        _run(["chmod", "a+x", *[one for one in folder.parents if one.stat().st_uid == os.getuid()]])
        _run(["chown", "-R", "nobody:nogroup", folder])
    command = [program, f"--cache-dir={cache}", "--logging-method=null", *user, *words]
    agent = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(agent, address(numbers[-1]))
        yield agent.pid
    finally:
        agent.terminate()
        agent.wait(20)


def _wait(agent: subprocess.Popen[bytes], last: str) -> None:
    """Wait until the last device answers."""
    pair = ber.packed(0x30, ber.object_id(_NAME) + b"\x05\x00")
    pdu = ber.packed(ber.GET, ber.integer(1) + ber.integer(0) * 2 + ber.packed(0x30, pair))
    request = ber.packed(0x30, ber.integer(1) + ber.packed(4, COMMUNITY.encode()) + pdu)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.5)
        for _ in range(600):
            if agent.poll() is not None:
                raise CannotStartError(f"snmpsim ended with status {agent.returncode}")
            probe.sendto(request, (last, PORT))
            try:
                probe.recvfrom(4_096)
            except OSError:
                time.sleep(0.1)
                continue
            return
    raise CannotStartError("snmpsim does not answer")
