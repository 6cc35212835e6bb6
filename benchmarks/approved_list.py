"""What an approved list costs to read: time and memory of it as of a day, beside reading the JSON alone.

Usage: python benchmarks/approved_list.py [--events 10000 1000000]

For each number a log is made (lives of ten steps, three of them signed by two deciders) and read, each time
in a process of its own: the floor (read the file, parse each line as JSON), the chain (hashes and forms
checked), the replay (signatures and table checked), and the list as of a day. Times are in seconds; memory is
the most that was resident.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clearband.listing.as_of import as_of
from clearband.listing.authority import read_authority
from clearband.listing.log import line_of, read_log, sha256_of
from clearband.listing.record import ListFolder, begin
from clearband.listing.signatures import body_of, signed_bytes
from clearband.model.assessment import Subject
from clearband.model.listing import Ground, ListEvent, Signature, State

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2, 3)]
ON = date(2026, 6, 30)
AUTHORITY = """\
id: bench
title: Bench
quorum: '2'
reply_days: '10'
deciders:
"""
LIFE: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("submit", "application", 0, {}),
    ("accept", "complete", 1, {}),
    ("assess", "assessment-begun", 2, {}),
    ("propose", "assessment-passed", 10, {"state": State.LISTED, "reply_days": 30}),
    ("reply", "information", 20, {"by": "The maker"}),
    ("decide", "assessment-passed", 45, {"state": State.LISTED, "until_days": 700, "evidence_days": 500}),
    ("review-opened", "periodic", 60, {}),
    ("review-closed", "nothing-found", 70, {}),
    ("suspend", "exploited-defect", 90, {"reply_days": 30}),
    ("reinstate", "finding-resolved", 130, {"state": State.LISTED}),
)
SIGNED = ("decide", "suspend", "reinstate")


def write_list(folder: Path, events: int) -> None:
    """A list of that many events, in the order of time, lives beside each other."""
    deciders = "".join(
        f"- {{id: officer-{n}, keyid: '{str(n) * 64}', since: '2020-01-01', "
        f"public: '{key.public_key().public_bytes_raw().hex()}'}}\n"
        for n, key in enumerate(KEYS, start=1)
    )
    (folder / "authority.yaml").write_text(AUTHORITY + deciders, encoding="utf-8")
    begin(ListFolder(folder), read_authority(folder / "authority.yaml"), now=datetime(2026, 7, 1, tzinfo=UTC))
    previous, heads = sha256_of((folder / "log.jsonl").read_bytes()[:-1]), dict[str, str]()
    with (folder / "log.jsonl").open("ab") as log:
        for number, (entry, at, begun) in enumerate(_order(events - 1), start=1):
            event = _event(number, entry, at, begun, previous, heads.get(entry))
            raw = line_of(event)
            previous = heads[entry] = sha256_of(raw)
            log.write(raw + b"\n")


def _order(events: int) -> Iterator[tuple[str, int, date]]:
    lives = -(-events // len(LIFE))
    left, group = events, 1000
    for first in range(0, lives, group):
        for at in range(len(LIFE)):
            for life in range(first, min(first + group, lives)):
                if left == 0:
                    return
                left -= 1
                yield f"entry-{life}", at, date(2026, 1, 1)


def _event(number: int, entry: str, at: int, begun: date, previous: str, after: str | None) -> ListEvent:
    kind, cause, days, more = LIFE[at]
    parts = dict(more)
    day = begun + timedelta(days)
    for name, target in (
        ("reply_days", "reply_until"),
        ("until_days", "until"),
        ("evidence_days", "evidence_until"),
    ):
        if name in parts:
            parts[target] = day + timedelta(parts.pop(name))
    # The moment of recording rises with the number, whatever the day of the step.
    moment = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(seconds=number)
    if kind == "propose":
        parts["reply_until"] = moment.date() + timedelta(10)
    if kind == "reply":
        cause = "final"
    event = ListEvent(
        number=number,
        kind=kind,
        authority="bench",
        entry=entry,
        effective=day,
        recorded=moment,
        cause=cause,
        ground=Ground(("GOV-01", "VUL-03"), (f"ev-{entry}",), "a" * 64, "Made for a measurement"),
        previous=previous,
        subject=Subject("product-line", entry, f"Radio {entry}", None, "T2", "US") if at == 0 else None,
        after=after if kind in SIGNED else None,
        **parts,
    )
    if kind not in SIGNED:
        return event
    data = signed_bytes(body_of(event))
    made = tuple(Signature(str(n) * 64, KEYS[n - 1].sign(data).hex()) for n in (1, 2))
    return ListEvent(**{name: getattr(event, name) for name in ListEvent.__slots__} | {"signatures": made})


def floor(folder: Path) -> int:
    """Read the file, parse each line, keep nothing."""
    count = 0
    with (folder / "log.jsonl").open("rb") as lines:
        for line in lines:
            count += len(json.loads(line)) > 0
    return count


def chain(folder: Path) -> int:
    """Read the log with its chain of hashes, keep nothing."""
    return sum(1 for _ in read_log(folder / "log.jsonl"))


def replayed(folder: Path) -> int:
    """Replay with every signature."""
    return ListFolder(folder).replayed(afresh=True).count


def listed(folder: Path) -> int:
    """The list as of a day, from the file on; signatures were checked before, if only once."""
    return len(as_of(ListFolder(folder).replayed(), ON))


WORK: dict[str, Callable[[Path], int]] = {
    "floor": floor,
    "chain": chain,
    "replay": replayed,
    "as of": listed,
    "as of 2": listed,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        name, folder = asked.one
        listed_states()
        begun = time.perf_counter()
        count = WORK[name](Path(folder))
        took = time.perf_counter() - begun
        print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, count)
        return
    print(f"{'events':>10} {'work':<8} {'s':>8} {'to floor':>9} {'MB':>7}")
    for events in asked.events:
        with tempfile.TemporaryDirectory() as name:
            write_list(Path(name), events)
            least = 0.0
            for work in WORK:
                took, memory = _measured(work, name)
                least = least or took
                print(f"{events:>10} {work:<8} {took:>8.2f} {took / least:>9.1f} {memory:>7}", flush=True)


def listed_states() -> None:
    """Load the facts, which every command does once, outside the measurement."""
    from clearband.listing.table import table

    table()


def _measured(work: str, folder: str) -> tuple[float, int]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", work, folder], capture_output=True, text=True, check=True
    )
    took, memory, _ = done.stdout.split()
    return float(took), int(memory)


if __name__ == "__main__":
    main()
