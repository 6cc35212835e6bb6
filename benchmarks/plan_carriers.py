"""Two made-up carriers, asked what a planner asks: the output that docs/plan-carriers.md quotes.

Usage: python benchmarks/plan_carriers.py [--out FILE]

Runs the commands of the page on a network of 60 sites and on one of 2,000, and writes all that they print,
with the time each took, to docs/plan-carriers-output.txt. Scenario files are those of the page. A test holds
that the page quotes what is there. CPU seconds are those of the processor, to which other work on the machine
adds little; the clock on the wall counts it all.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
PAGE: Final = DOCS / "plan-carriers.md"
OUTPUT: Final = DOCS / "plan-carriers-output.txt"
SEED: Final = 3
SITES: Final = {"rural": 60, "regional": 2_000}
DRAWS: Final = {"rural": 20, "regional": 10}
OWN: Final = "--scenario incumbents.yaml --scenario open-ran-dear.yaml --scenario haste.yaml"
ASKED: Final = {
    "solve": "clearband plan solve {net} --out {net}-plan --quiet",
    "compare": f"clearband plan compare {{net}} --against no-ban-30 {OWN}",
    "frontier": "clearband plan frontier {net}",
    "explain": "clearband plan explain {net} {net}-plan --quiet --most 6",
    "samples": "clearband plan compare {net} --samples {draws} --gap 0.01 "
    "--only as-told --only no-ban-30 --only open-ran",
}
"""By what the page calls it."""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and the seconds that it took: of the processor, and of the clock."""

    command: str
    text: str
    cpu: float
    wall: float


def run(folder: Path, command: str) -> Ran:
    """Run a command of the page in a folder.

    Raises:
        SystemExit: It ended otherwise than well.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], cwd=folder, capture_output=True, text=True,
        check=False, env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout}{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(command, done.stdout, spent, time.monotonic() - began)


def put_scenarios(folder: Path) -> None:
    """The scenario files of the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name, body in re.findall(r"```yaml\n# file: ([\w.-]+)\n(.*?)```", page, re.DOTALL):
        (folder / name).write_text(body, encoding="utf-8")


def asked_for_cost_alone(network: Path) -> None:
    """Change the network as the page says: exposure has no price."""
    path = network / "network.yaml"
    text = path.read_text(encoding="utf-8")
    if text.count("exposure_price: 50.0\n") != 1:
        raise SystemExit(f"{path} is otherwise than the page says")
    path.write_text(text.replace("exposure_price: 50.0\n", "exposure_price: 0.0\n"), encoding="utf-8")


def carrier(folder: Path, net: str) -> Iterator[tuple[str, Ran]]:
    """All that is asked of one carrier."""
    yield (
        "generate",
        run(folder, f"clearband plan generate --sites {SITES[net]} --seed {SEED} --out {net}"),
    )
    asked_for_cost_alone(folder / net)
    for kind, command in ASKED.items():
        yield kind, run(folder, command.format(net=net, draws=DRAWS[net]))


def compile_first(folder: Path) -> None:
    """Run what compiles itself on first use, so that it counts nowhere."""
    run(folder, f"clearband plan generate --sites {SITES['rural']} --seed {SEED + 1} --out first")
    run(folder, f"clearband plan compare first {OWN}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUTPUT, help="File to write.")
    out: Path = parser.parse_args().out
    parts, times = [], [f"{'':<18}{'CPU seconds':>12}{'by the clock':>14}"]
    with tempfile.TemporaryDirectory() as parent:
        put_scenarios(Path(parent))
        compile_first(Path(parent))
        for net in SITES:
            for kind, ran in carrier(Path(parent), net):
                parts.append(f"$ {ran.command}\n{ran.text.rstrip()}\n")
                times.append(f"{f'{net} {kind}':<18}{ran.cpu:>12.1f}{ran.wall:>14.1f}")
                print(f"{parts[-1]}{times[-1]}\n", flush=True)
    parts.append(f"{os.cpu_count()} cores, other work going on\n" + "\n".join(times) + "\n")
    out.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
