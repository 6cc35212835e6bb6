"""50 people who read and 5 who upload, on a workspace with a million findings: how long pages take.

A server process of its own (`clearband serve`), its worker of runs beside it, and this program as the people,
all on the same machine. A reader opens a page, looks at it for a while, and opens another: overview, table of
findings with filters, orders, searches and pages drawn at random, records, the map. An uploader sends an
inventory of some thousand rows, looks at what its columns were taken for, takes it and has it screened, and
begins again. Told are times of pages in milliseconds (median, 95th and 99th of a hundred), errors, and
the server's memory over time. With ``--think 0`` nobody looks at anything, and the machine is full.

    python benchmarks/serve_load.py --findings 1000000 --minutes 5
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
from generate_inventory import generate

PAGE = {"accept": "text/html"}
LARGE = "Large"
PER_RECORD = 7.5
"""Findings of a record of the made-up inventory, about."""


@dataclass
class Seen:
    """What was measured."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    uploads: int = 0
    runs: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)
    """Every half minute: anonymous and file-backed bytes of the server."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[bytes]

    def memory(self) -> tuple[int, int]:
        """Bytes of the server's process: its own, and those of mapped files, which the system takes back."""
        told = Path(f"/proc/{self.process.pid}/status").read_text()
        own, files = (int(told.partition(f"{name}:")[2].split()[0]) for name in ("RssAnon", "RssFile"))
        return own * 1024, files * 1024


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--uploaders", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument(
        "--think", type=float, default=2.0, help="seconds that a reader looks at a page, on average"
    )
    parser.add_argument("--upload-rows", type=int, default=2_000)
    parser.add_argument("--workspace", type=Path, help="keep it here, and use it again")
    asked = parser.parse_args()
    folder = asked.workspace or Path(tempfile.mkdtemp(prefix="clearband-load-"))
    try:
        server = start(folder)
        try:
            run_id = prepared(server, folder, round(asked.findings / PER_RECORD))
            measure(server, run_id, folder, asked)
        finally:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(timeout=30)
    finally:
        if asked.workspace is None:
            shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> Server:
    """Start a server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "clearband", "serve", "--workspace", str(folder), "--port", str(port)]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        with suppress(httpx2.HTTPError):
            if httpx2.get(f"{address}/health/live").status_code == 200:
                return Server(address, process)
        time.sleep(0.1)
    raise SystemExit("the server does not come up")


def prepared(server: Server, folder: Path, rows: int) -> str:
    """The id of a run over an inventory of so many rows, made where it is not there."""
    with httpx2.Client(base_url=server.address, timeout=3_600, headers={"origin": server.address}) as client:
        kept = [
            one for one in client.get("/inventories?limit=200").json()["inventories"] if one["name"] == LARGE
        ]
        if kept and kept[0]["latest"]:
            return str(kept[0]["latest"]["id"])
        table = folder / "large.csv"
        generate(table, rows)
        begun = time.perf_counter()
        run_id = uploaded(client, LARGE, table)
        while (state := client.get(f"/runs/{run_id}").json()["run"]["state"]) in ("queued", "running"):
            time.sleep(1)
        total = client.get(f"/runs/{run_id}/findings", params={"table": "findings", "size": 1}).json()[
            "total"
        ]
        took = time.perf_counter() - begun
        print(f"prepared: {rows:,} records, {total:,} findings, {state} after {took:.0f} s")
        return run_id


def uploaded(client: httpx2.Client, name: str, table: Path) -> str:
    """Upload a file to a new inventory, take it, and ask for a run; gives the run's id."""
    of = client.post("/inventories", json={"name": name}).json()["id"]
    with table.open("rb") as file:
        sent = client.post(
            f"/inventories/{of}/uploads",
            data={"form_token": token_of(client)},
            files={"file": (table.name, file)},
        )
    upload = sent.headers["location"]
    client.post(f"{upload}/take", json={}, headers={"if-match": '"1"'}).raise_for_status()
    return str(client.post(f"/inventories/{of}/runs", json={}).raise_for_status().json()["id"])


def token_of(client: httpx2.Client) -> str:
    """The token of forms."""
    text = client.get("/inventories", headers=PAGE).text
    return text.partition('name="form_token" value="')[2].partition('"')[0]


def measure(server: Server, run_id: str, folder: Path, asked: argparse.Namespace) -> None:
    """Let people read and upload, and tell how it went."""
    table = folder / "small.csv"
    generate(table, asked.upload_rows)
    seen = Seen()
    asyncio.run(crowd(server, run_id, table, asked, seen, seconds=10))
    seen = Seen()
    over = threading.Event()
    watcher = threading.Thread(target=watch, args=(server, seen, over))
    watcher.start()
    begun = time.perf_counter()
    asyncio.run(crowd(server, run_id, table, asked, seen, seconds=asked.minutes * 60))
    took = time.perf_counter() - begun
    over.set()
    watcher.join()
    every = [one for times in seen.times.values() for one in times]
    who = f"{asked.readers} readers (looking {asked.think:g} s at a page), {asked.uploaders} uploaders"
    print(f"{who}, {took:.0f} s")
    print(f"{'page':24} {'times':>7} {'median':>8} {'p95':>8} {'p99':>8} {'most':>8} ms")
    for name, times in [*sorted(seen.times.items()), ("all pages", every)]:
        print(
            f"{name:24} {len(times):7,} " + " ".join(f"{part(times, q):8.0f}" for q in (0.5, 0.95, 0.99, 1))
        )
    print(f"{len(every) / took:.1f} pages a second, {seen.uploads} uploads, {len(seen.errors)} errors")
    own = [one >> 20 for one, _ in seen.memory]
    print(f"the server's own memory every half minute: {', '.join(map(str, own))} MiB")
    if len(own) >= 8:
        quarter, half = len(own) // 4, len(own) // 2
        third, last = own[half : half + quarter], own[-quarter:]
        grown = sum(last) / len(last) / (sum(third) / len(third)) - 1
        print(f"of its fourth quarter beside its third: {grown:+.1%}")
    if len(own) >= 30:
        # Of fewer, what it happened to hold just then would say more than what it grew by.
        print(f"in its last half it grew by {slope(own[len(own) // 2 :]) * 120:+.0f} MiB an hour")
    print(f"mapped of files at the end: {seen.memory[-1][1] >> 20} MiB")
    print(f"this program as the people: {resource.getrusage(resource.RUSAGE_SELF).ru_utime / took:.2f} cores")
    for error in seen.errors[:5]:
        print(f"error: {error}")
    if seen.errors:
        raise SystemExit(1)


def watch(server: Server, seen: Seen, over: threading.Event) -> None:
    """Note the server's memory twice a minute."""
    while True:
        seen.memory.append(server.memory())
        if over.wait(30):
            return


def slope(values: list[int]) -> float:
    """How much values grow from one to the next, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in range(len(values)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(values)) / spread


def part(times: list[float], share: float) -> float:
    """The time that a share of them does not exceed, in ms."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1_000 if times else 0.0


async def crowd(
    server: Server, run_id: str, table: Path, asked: argparse.Namespace, seen: Seen, seconds: float
) -> None:
    """All of them at once, for some seconds."""
    end = time.perf_counter() + seconds
    limits = httpx2.Limits(max_connections=200)
    async with httpx2.AsyncClient(
        base_url=server.address, timeout=60, limits=limits, headers={"origin": server.address}
    ) as client:
        readers = [read(client, run_id, seen, end, asked.think, number) for number in range(asked.readers)]
        uploaders = [upload(client, table, seen, end, number) for number in range(asked.uploaders)]
        await asyncio.gather(*readers, *uploaders)


async def read(
    client: httpx2.AsyncClient, run_id: str, seen: Seen, end: float, think: float, number: int
) -> None:
    """One reader."""
    chance = random.Random(number)
    await asyncio.sleep(chance.random() * min(think, 1))
    while time.perf_counter() < end:
        name, address = page(chance, run_id)
        begun = time.perf_counter()
        try:
            got = await client.get(address, headers=PAGE)
            seen.times[name].append(time.perf_counter() - begun)
            if got.status_code != 200:
                seen.errors.append(f"{got.status_code} {address}")
        except httpx2.HTTPError as error:
            seen.errors.append(f"{error!r} {address}")
        await asyncio.sleep(chance.expovariate(1 / think) if think else 0)


def page(chance: random.Random, run_id: str) -> tuple[str, str]:
    """A page that somebody opens: its kind and its address."""
    drawn = chance.random()
    run = f"/runs/{run_id}"
    if drawn < 0.1:
        return "overview", "/"
    if drawn < 0.15:
        return "map", f"{run}/map"
    if drawn < 0.45:
        return "record", f"{run}/records/{chance.randrange(10_000)}"
    asked: list[tuple[str, Any]] = [("table", chance.choice(["records", "findings"]))]
    if chance.random() < 0.6:
        asked.append(("answer", chance.choice(["prohibited", "review", "unidentified", "not-covered"])))
    if chance.random() < 0.4:
        asked.append(("maker", chance.choice(["huawei", "zte", "nokia", "hikvision", "dahua", "ericsson"])))
    if chance.random() < 0.3:
        asked.append(("sort", chance.choice(["site", "model", "maker", "quantity", "confidence"])))
    if chance.random() < 0.2:
        return (
            "findings, searched",
            f"{run}/findings?{urlencode([*asked, ('q', f'SITE-{chance.randrange(4000):04}')])}",
        )
    asked.append(("page", chance.choice([1, 1, 1, 2, 3, 50])))
    return "findings", f"{run}/findings?{urlencode(asked)}"


async def upload(client: httpx2.AsyncClient, table: Path, seen: Seen, end: float, number: int) -> None:
    """One uploader: a file, a look at it, a run, and again once that is done."""
    text = (await client.get("/inventories", headers=PAGE)).text
    token = text.partition('name="form_token" value="')[2].partition('"')[0]
    data = table.read_bytes()
    for sent_before in itertools.count():
        if time.perf_counter() >= end:
            break
        # No two files are the same, of which a server would know what it saw.
        own = data.replace(b"A-000000001", f"U-{os.getpid()}-{number}-{sent_before}".encode(), 1)
        try:
            of = (await client.post("/inventories", json={"name": f"Upload {number}"})).json()["id"]
            files = {"file": ("small.csv", own)}
            sent = await client.post(f"/inventories/{of}/uploads", data={"form_token": token}, files=files)
            address = sent.headers["location"]
            begun = time.perf_counter()
            looked = await client.get(address, headers=PAGE)
            seen.times["preview of an upload"].append(time.perf_counter() - begun)
            taken = await client.post(f"{address}/take", json={}, headers={"if-match": '"1"'})
            asked = await client.post(f"/inventories/{of}/runs", json={})
            bad = [one for one in (looked, taken, asked) if one.status_code not in (200, 201)]
            seen.errors += [f"{one.status_code} {one.request.url}: {one.text[:200]}" for one in bad]
            seen.uploads += 1
            while time.perf_counter() < end and not bad:
                state = (await client.get(f"/runs/{asked.json()['id']}")).json()["run"]["state"]
                if state not in ("queued", "running"):
                    seen.runs += 1
                    if state != "done":
                        seen.errors.append(f"a run is {state}")
                    break
                await asyncio.sleep(1)
        except httpx2.HTTPError as error:
            seen.errors.append(f"{error!r} while uploading")
        await asyncio.sleep(1)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
