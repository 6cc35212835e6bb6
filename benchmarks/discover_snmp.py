"""Ask hundreds of real agents (snmpsim on loopback) over SNMP; the same walks by gufo-snmp beside it.

    python benchmarks/discover_snmp.py
    python benchmarks/discover_snmp.py --devices 200 --rate 1000

The agents take most of the machine: wall time says how fast they answer, processor time of the client what
asking costs. The floor walks the same columns of the same devices with gufo-snmp, and makes nothing of them.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clearband.snmp.objects import COLUMNS, SCALARS  # noqa: E402
from tests.snmp.simulator import COMMUNITY, CannotStartError, Simulated, simulated  # noqa: E402

FIRSTS = ("entPhysicalDescr", "ifPhysAddress", "lldpRemChassisId")


def used() -> float:
    """Processor time of children that ended, in seconds."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def discovered(agents: Simulated, folder: Path, rate: float) -> str:
    """One sweep by the command, as a line of the table."""
    (folder / "targets").write_text("\n".join(agents.targets), encoding="utf-8")
    (folder / "communities").write_text(COMMUNITY, encoding="utf-8")
    (folder / "communities").chmod(0o600)
    out = folder / "found.jsonl"
    command = [
        sys.executable, "-m", "clearband", "discover", "snmp", "--targets-file", str(folder / "targets"),
        "--community-file", str(folder / "communities"), "--out", str(out), "--rate", str(rate),
        "--timeout", "10", "--device-seconds", "600",  # the agents share the machine
    ]  # fmt: skip
    before, played, begun = used(), agents.seconds(), time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall, spent = time.monotonic() - begun, used() - before
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    lines = out.read_text("utf-8").count("\n")
    print(done.stdout.strip())
    return f"discover snmp   {wall:8.1f} {spent:8.2f} {agents.seconds() - played:10.1f}   {lines:,} records"


def walked(targets: list[str]) -> None:
    """Walk the same columns with gufo-snmp (in a process of its own)."""
    from gufo.snmp.aio import SnmpSession  # the command does not pay for it

    async def one(target: str, turn: asyncio.Semaphore) -> int:
        host, _, port = target.partition(":")
        async with (
            turn,
            SnmpSession(host, int(port), community=COMMUNITY, timeout=60, max_repetitions=25) as session,
        ):
            count = len(await session.get_many([f"{identifier}.0" for identifier in SCALARS.values()]))
            skipped: str | None = None
            for name, identifier in COLUMNS.items():
                table = identifier.rpartition(".")[0]
                if table == skipped:
                    continue
                found = [pair async for pair in session.getbulk(identifier)]
                count += len(found)
                if name in FIRSTS and not found:
                    skipped = table
            return count

    async def every() -> int:
        turn = asyncio.Semaphore(100)
        return sum(await asyncio.gather(*(one(target, turn) for target in targets)))

    print(asyncio.run(every()))


def floor(agents: Simulated) -> str:
    """The floor, as a line of the table."""
    before, played, begun = used(), agents.seconds(), time.monotonic()
    command = [sys.executable, __file__, "--walk", *agents.targets]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    wall, spent = time.monotonic() - begun, used() - before
    busy = agents.seconds() - played
    return f"gufo-snmp alone {wall:8.1f} {spent:8.2f} {busy:10.1f}   {int(done.stdout):,} values"


def main() -> int:
    """Start the agents, ask them both ways, and print what it took."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--devices", type=int, default=500)
    arguments.add_argument("--rate", type=float, default=100_000.0)
    arguments.add_argument("--walk", nargs="+", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.walk:
        walked(asked.walk)
        return 0
    try:
        with tempfile.TemporaryDirectory(prefix="clearband-snmp-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            with simulated(asked.devices, folder / "agents") as agents:
                print(f"{len(agents.targets)} agents of snmpsim are up", flush=True)
                rows = [discovered(agents, folder, asked.rate), floor(agents)]
    except CannotStartError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    print(f"{'':15} {'wall s':>8} {'CPU s':>8} {'agents CPU':>10}")
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
