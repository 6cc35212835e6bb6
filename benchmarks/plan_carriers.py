"""The outputs of docs/plan-carriers.md: two made-up carriers, asked what a planner asks.

Usage: python benchmarks/plan_carriers.py [--write] [--only rural] [--large]

Runs the commands that the page shows, and prints what they print; with ``--write`` it goes into the page, in
the blocks that name this script. ``--large`` asks one of 20,000 sites, too, for the table of times.
CPU seconds are of the processor: other work on the machine takes nothing from them.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "plan-carriers.md"
SITES: Final = {"rural": 60, "regional": 2_000, "national": 20_000}
SEED: Final = 3
ASKED: Final = {
    "compare": "clearband plan compare {net} --scenario incumbents.yaml --scenario dear-open-ran.yaml",
    "frontier": "clearband plan frontier {net}",
    "explain": "clearband plan explain {net} {net}-plan --quiet --most 5",
    "samples": "clearband plan compare {net} --samples 20 --gap 0.01 "
    "--only as-told --only no-ban-30 --only open-ran",
}
_CUT: Final = {
    # What scenarios change is told above, and is the same for each carrier.
    "compare": ("\nas-told: ", None),
    "samples": ("\nPrices from low to high", 0),
    "explain": ("\nMoney for products by maker", 0),
}
"""Where what is shown ends (None behind it) or begins (0)."""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and the CPU seconds it took."""

    command: str
    text: str
    seconds: float


def ask(folder: Path, command: str) -> Ran:
    """Run a command of the page."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], cwd=folder, capture_output=True, text=True,
        check=False, env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout}{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(command, done.stdout, spent)


def carrier(net: str, folder: Path, kinds: list[str]) -> Iterator[tuple[str, Ran]]:
    """All that is asked of one carrier."""
    yield "generate", ask(folder, f"clearband plan generate --sites {SITES[net]} --seed {SEED} --out {net}")
    yield "solve", ask(folder, f"clearband plan solve {net} --out {net}-plan --quiet")
    for kind in kinds:
        yield kind, ask(folder, ASKED[kind].format(net=net))


def shown(kind: str, ran: Ran) -> str:
    """What the page shows of it."""
    text = ran.text.rstrip() + "\n"
    mark, begins = _CUT.get(kind, ("", None))
    at = text.find(mark) if mark else -1
    if at >= 0:
        text = "...\n" + text[at + 1 :] if begins == 0 else text[: at + 1] + "...\n"
    return f"$ {ran.command}\n{text}"


def put(page: str, name: str, text: str) -> str:
    """The page with another block of this name."""
    block = re.compile(rf"(<!-- benchmarks/plan_carriers.py: {name} -->\n```text\n).*?(```)", re.DOTALL)
    if not block.search(page):
        raise SystemExit(f"{PAGE.name} has no block {name}")
    return block.sub(lambda found: found[1] + text + found[2], page)


def times(seconds: dict[str, dict[str, float]]) -> str:
    """The table of times."""
    nets = list(seconds)
    kinds = ["solve", *ASKED]
    rows = [
        f"{'CPU seconds':<12}" + "".join(f"{f'{SITES[net]:,} sites':>14}" for net in nets),
        *(
            f"{kind:<12}"
            + "".join(
                f"{seconds[net][kind]:>14,.1f}" if kind in seconds[net] else f"{'':>14}" for net in nets
            )
            for kind in kinds
        ),
    ]
    return "\n".join(row.rstrip() for row in rows) + "\n"


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="Put the outputs into the page.")
    parser.add_argument("--only", choices=["rural", "regional"], help="One carrier; no table of times.")
    parser.add_argument("--large", action="store_true", help="Compare and frontier at 20,000 sites, too.")
    asked = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    seconds: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        for name, body in re.findall(r"```yaml\n# file: ([\w.-]+)\n(.*?)```", page, re.DOTALL):
            (folder / name).write_text(body, encoding="utf-8")
        for net in [asked.only] if asked.only else ["rural", "regional", *(["national"] * asked.large)]:
            kinds = list(ASKED) if net != "national" else ["compare", "frontier"]
            for kind, ran in carrier(net, folder, kinds):
                seconds.setdefault(net, {})[kind] = ran.seconds
                text = shown(kind, ran)
                print(f"{text}({ran.seconds:.1f} CPU s)\n", flush=True)
                if net != "national" and kind in ASKED:
                    page = put(page, f"{net} {kind}", text)
    if not asked.only:
        page = put(page, "times", times(seconds))
        print(times(seconds))
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
