"""Runs killed at random moments and resumed, beside one that was left alone: the same files, no others.

Usage: python benchmarks/kill_runs.py [--rows 5000000] [--kills 20] [--chunk-rows 250000] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import CLEARBAND, PYTHON, run

GENERATOR = str(Path(__file__).parent / "generate_inventory.py")


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its name."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """Kill, resume, compare; exits with 1 where anything differs."""
    parser = argparse.ArgumentParser(description="Kill runs at random moments and resume them")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--chunk-rows", type=int, default=250_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inventory, alone, killed = folder / "inventory.parquet", folder / "alone", folder / "killed"
        run([PYTHON, GENERATOR, str(inventory), "--rows", str(options.rows)])
        command = [CLEARBAND, "screen", "--stream", str(inventory), "--on", "2026-11-01",
                   "--chunk-rows", str(options.chunk_rows), "--out"]  # fmt: skip
        began = time.monotonic()
        cost = run([*command, str(alone)])
        whole = time.monotonic() - began
        if cost.status != 0:
            sys.exit(cost.said)
        expected = digests(alone)
        kills = finished = 0
        while kills < options.kills:
            resume = ["--resume"] if (killed / ".unfinished" / "run.json").exists() else []
            if not resume and killed.exists():
                shutil.rmtree(killed)
            process = subprocess.Popen([*command, str(killed), *resume], stdout=subprocess.DEVNULL)
            try:
                # Most of a run; each start reads the register and the law anew.
                process.wait(draw.uniform(0.0, 0.7 * whole))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills += 1
                continue
            if process.returncode != 0 or digests(killed) != expected:
                sys.exit(f"after {kills} kills: exit {process.returncode}, or files differ")
            finished += 1
            shutil.rmtree(killed)
        resume = ["--resume"] if (killed / ".unfinished" / "run.json").exists() else []
        if not resume and killed.exists():
            shutil.rmtree(killed)
        last = run([*command, str(killed), *resume])
        found = digests(killed)
        same = last.status == 0 and found == expected
        print(f"{options.rows:,} rows in {len(expected)} files, alone in {whole:.1f} s")
        print(f"{kills} kills, {finished + 1} runs finished: {'the same files' if same else 'DIFFERENT'}")
        if not same:
            odd = sorted(set(found) ^ set(expected)) or [k for k in found if found[k] != expected[k]]
            sys.exit(f"exit {last.status}; {', '.join(odd[:10])}; {last.said}")


if __name__ == "__main__":
    main()
