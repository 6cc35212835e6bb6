"""What it costs to publish and to verify a great list: time and memory, beside writing and hashing its bytes.

Usage: python benchmarks/publish_list.py [--listings 1000000] [--events 3] [--lives 10000] [--oscal]

A list of ``--listings`` entries with ``--events`` events each is published in a repository, verified by a
consumer who sees it for the first time, published again with one entry changed, and verified again; each in a
process of its own. The floor writes the same bytes once and hashes them (SHA-256). These listings are made,
not replayed; ``--lives`` publishes and verifies a list of so many entries with ten events each, three of them
signed, from its log, made anew by the consumer. With ``--oscal`` both lists go out as OSCAL, too, and that is
made anew by the consumer. Times are in seconds; memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from approved_list import AUTHORITY, KEYS, ON, write_list
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, SSlibKey

from clearband.listing.authority import read_authority
from clearband.listing.content import write_content
from clearband.listing.log import NOTHING, read_log
from clearband.listing.publish import begin, publish, staging
from clearband.listing.record import ListFolder
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import Lives, RootKeys
from clearband.listing.verify import make_content, verify
from clearband.model.assessment import Subject
from clearband.model.listing import Condition, Listing, State, Use
from clearband.reports.published.oscal import made_anew, write_oscal

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def _signer(key: Ed25519PrivateKey, keyid: str) -> CryptoSigner:
    public = key.public_key().public_bytes_raw().hex()
    return CryptoSigner(key, SSlibKey(keyid, "ed25519", "ed25519", {"public": public}))


OFFICERS = [_signer(key, str(n) * 64) for n, key in enumerate(KEYS, start=1)]
ONLINE = _signer(Ed25519PrivateKey.from_private_bytes(bytes([9] * 32)), "9" * 64)
DECIDERS = AUTHORITY + "".join(
    f"- {{id: officer-{n}, keyid: '{str(n) * 64}', since: '2020-01-01', "
    f"public: '{key.public_key().public_bytes_raw().hex()}'}}\n"
    for n, key in enumerate(KEYS, start=1)
)


def listings(count: int, changed: bool) -> Iterator[Listing]:
    """Listings one after the other, as `as_of` makes them; the first is suspended where it is changed."""
    uses = {use: ("yes" if use is not Use.REMOVE_BY else "no", None) for use in Use}
    for n in range(count):
        subject = Subject(
            "product-line", f"radio-{n}", f"Made Radio {n}", f"maker-{n % 5000}", f"T{n % 4 + 1}", "US",
            "radio-unit", f"{n % 9}.{n % 7}", None, (("cage", f"{n:05X}"), ("certificate", f"cmvp-{n}")),
        )  # fmt: skip
        yield Listing(
            entry=f"entry-{n}",
            authority="bench",
            subject=subject,
            state=State.SUSPENDED if changed and n == 0 else State.LISTED,
            since=date(2026, 2, 1),
            until=date(2028, 1, 31),
            evidence_until=date(2027, 6, 30),
            conditions=(
                Condition("rebuild", "Rebuild the release", "ENG-01", "Made Networks", ON, "a report"),
            ),
            open_conditions=("rebuild",),
            flags=(),
            uses=uses,  # type: ignore[arg-type]
            depends=(f"certificate:cmvp-{n}",),
            history=(n * 3, n * 3 + 1, n * 3 + 2),
            why=(
                f"2026-02-01 decide listed: assessment-passed; criteria ENG-01, GOV-01; ev-{n} (event {n})",
            ),
        )  # fmt: skip


def lines(count: int) -> Iterator[bytes]:
    """Lines chained as those of a log, of the length of events."""
    previous = NOTHING
    for n in range(count):
        line = (
            f'{{"authority":"bench","cause":"assessment-passed","effective":"2026-02-01","entry":"entry-{n}",'
            f'"ground":{{"assessment":"{"a" * 64}","criteria":["GOV-01","VUL-03"],"evidence":["ev-{n}"],'
            f'"text":"Made for a measurement"}},"kind":"submit","number":{n},"previous":"{previous}",'
            f'"recorded":"2026-07-01T00:00:00Z",'
            f'"signatures":[{{"keyid":"{"1" * 64}","signature":"{"2" * 128}"}}]}}'
        ).encode()
        previous = hashlib.sha256(line).hexdigest()
        yield line


def _files(folder: Path) -> RepositoryFiles:
    files = RepositoryFiles(folder / "repository")
    if not files.newest_root():
        (folder / "authority.yaml").write_text(DECIDERS, encoding="utf-8")
        keys = RootKeys([one.public_key for one in OFFICERS], 2, ONLINE.public_key)
        authority = read_authority(folder / "authority.yaml")
        root = begin(files, keys, [authority], OFFICERS[:2], Lives(), NOW)
        (folder / "root.json").write_bytes(root.read_bytes())
    return files


def published(folder: Path, count: int, events: int, oscal: bool, changed: bool = False) -> str:
    """Publish made listings."""
    files = _files(folder)
    authority = read_authority(folder / "authority.yaml")
    with staging(files) as staged:
        (staged / "c").mkdir()
        total = count * events + changed
        made = write_content(staged / "c", authority, ON, listings(count, changed), count, lines(total))
        extra = {"authority.yaml": folder / "authority.yaml"}
        if oscal:
            extra |= write_oscal(staged / "c", made.header, staged)
        done = publish(files, authority, staged / "c", made.names, extra, OFFICERS[:2], ONLINE, Lives(), NOW)
    return f"{done.targets} files, {done.new_bytes / 1e6:,.1f} MB new"


def verified(folder: Path, recompute: bool) -> str:
    """Verify as a consumer does."""
    state, before = folder / "state", _written(folder / "state")
    root = (folder / "root.json").read_bytes()
    _, found = verify(str(folder / "repository"), root, state, NOW, recompute=recompute, beside=made_anew)
    header = found[0].header
    moved = sum(path.stat().st_size for path, _ in _written(state) - before)
    parts = [*header["entries"]["bins"], *header["keys"]["bins"], *header["log"]["parts"]]
    size = sum(one["bytes"] for one in parts)
    counts = f"{header['entries']['count']:,} entries, {header['keys']['count']:,} keys"
    return f"{counts}, {header['log']['size']:,} events, {size / 1e6:,.0f} MB; {moved / 1e6:,.1f} MB fetched"


def _written(folder: Path) -> set[tuple[Path, int]]:
    """Files fetched, told apart by when they were written."""
    fetched = (path for path in (folder / "targets").rglob("*") if path.name != "log.jsonl")
    return {(path, path.stat().st_mtime_ns) for path in fetched if path.is_file()}


def floor(folder: Path) -> str:
    """Write the bytes of all parts once more, and hash them."""
    digest, size = hashlib.sha256(), 0
    took = 0.0
    with (folder / "floor").open("wb") as file:
        for path in sorted((folder / "repository" / "targets").rglob("*.gz")):
            raw = zlib.decompress(path.read_bytes(), 31)
            begun = time.perf_counter()
            file.write(raw)
            digest.update(raw)
            took += time.perf_counter() - begun
            size += len(raw)
    (folder / "floor").unlink()
    return f"{took:.3f} {size / 1e6:,.0f} MB"


def replayed(folder: Path, count: int, oscal: bool) -> str:
    """Publish a list from its log."""
    write_list(folder, count * 10)
    files = _files(folder)
    begun = time.perf_counter()
    found = ListFolder(folder).replayed(afresh=True)
    with staging(files) as staged:
        (staged / "c").mkdir()
        made = make_content(staged / "c", found, ON, (line.raw for line in read_log(folder / "log.jsonl")))
        extra = {"authority.yaml": folder / "authority.yaml"}
        if oscal:
            extra |= write_oscal(staged / "c", made.header, staged)
        publish(files, found.authority, staged / "c", made.names, extra, OFFICERS[:2], ONLINE, Lives(), NOW)
    return f"{time.perf_counter() - begun:.3f} {count:,} entries, {found.count:,} events"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=3)
    parser.add_argument("--lives", type=int, default=10_000)
    parser.add_argument("--oscal", action="store_true")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    work: dict[str, Callable[[Path], str]] = {
        "publish": lambda folder: published(folder, asked.listings, asked.events, asked.oscal),
        "floor": floor,
        "verify": lambda folder: verified(folder, recompute=False),
        "publish one change": lambda folder: published(
            folder, asked.listings, asked.events, asked.oscal, True
        ),
        "verify one change": lambda folder: verified(folder, recompute=False),
        "publish from log": lambda folder: replayed(folder, asked.lives, asked.oscal),
        "verify anew from log": lambda folder: verified(folder, recompute=True),
    }
    if asked.one:
        name, place = asked.one
        begun = time.perf_counter()
        told = work[name](Path(place))
        took = time.perf_counter() - begun
        if name in ("floor", "publish from log"):  # these measure their own part
            first, _, told = told.partition(" ")
            took = float(first)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps([took, peak, told]))
        return
    print(f"{'work':<22} {'s':>8} {'MB':>7}  what", flush=True)
    for names in (tuple(work)[:5], tuple(work)[5:]):
        least, seen = 0.0, {}
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                took, peak, told = _measured(name, folder, asked)
                seen[name] = took
                least = took if name == "floor" else least
                ratio = f"; {took / least:.0f} times the floor" if least and name != "floor" else ""
                print(f"{name:<22} {took:>8.2f} {peak:>7}  {told}{ratio}", flush=True)
            if least:
                print(f"publish is {seen['publish'] / least:.0f} times the floor", flush=True)


def _measured(name: str, folder: str, asked: argparse.Namespace) -> tuple[float, int, str]:
    sizes = ["--listings", str(asked.listings), "--events", str(asked.events), "--lives", str(asked.lives)]
    sizes += ["--oscal"] if asked.oscal else []
    command = [sys.executable, __file__, "--one", name, folder, *sizes]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    took, peak, told = json.loads(done.stdout)
    return took, peak, told


if __name__ == "__main__":
    main()
