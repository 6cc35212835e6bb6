"""Give damaged files to a reader of inventories until time is up: each is read, or refused in one line.

    python scripts/fuzz_sources.py --parser nmap --minutes 30
    python scripts/fuzz_sources.py --parser nmap --minutes 1 --seed 7 --keep found/

Seeds are the example files of the parser, and every damaged file that made the reader say something new (a
new refusal, a new warning), so that the search goes where the reader decides. Anything else than an inventory
or an ``InputError`` of one line, and anything that takes longer than ``--seconds``, is a finding: its bytes
are kept, and the exit status is 1. To add a parser, add it to ``PARSERS`` of `fuzz_readers`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fuzz_readers import PARSERS, Parser

from clearband.errors import InputError

MOST_SEEDS: Final = 2_000
LONGEST: Final = 60_000
_RESHAPED: Final = 0.7
"""So much of what is tried keeps its form, where a parser says how."""


@dataclass
class Search:
    """A search for bytes that a reader cannot stand."""

    parser: Parser
    chance: random.Random
    slow: float
    seeds: list[bytes] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[str, bytes]] = field(default_factory=list)

    def step(self) -> None:
        """One more damaged file."""
        data = self.damaged()
        start = time.process_time()
        try:
            said = [_plain(told) for told in self.parser.read(data)]
            self.outcomes["read"] += 1
        except InputError as error:
            said = [_plain(error.one_line())]
            self.outcomes["refused"] += 1
        except Exception:
            self.found(traceback.format_exc(), data)
            return
        if (took := time.process_time() - start) > self.slow:
            self.found(f"took {took:.1f} s", data)
        fresh = [told for told in said if told not in self.seen]
        if fresh and len(self.seeds) < MOST_SEEDS:
            self.seen.update(fresh)
            self.seeds.append(data)

    def found(self, what: str, data: bytes) -> None:
        """Keep one finding of each kind."""
        self.outcomes["findings"] += 1
        kind = what.strip().splitlines()[-1][:200]
        if kind not in self.seen:
            self.seen.add(kind)
            self.findings.append((what, data))

    def damaged(self) -> bytes:
        """A seed with one to eight changes."""
        data = bytearray(self.chance.choice(self.seeds))
        if self.parser.reshape is not None and self.chance.random() < _RESHAPED:
            return self.parser.reshape(bytes(data), self.chance)[:LONGEST]
        for _ in range(self.chance.choice((1, 1, 2, 3, 8))):
            self._change(data)
        return bytes(data[:LONGEST])

    def _change(self, data: bytearray) -> None:
        chance = self.chance
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 4, 30, 300, 3_000)))
        kind = chance.randrange(8)
        if kind == 0:
            data[at:at] = chance.choice(self.parser.words or (b"x",))
        elif kind == 1:
            del data[at:end]
        elif kind == 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 9))
        elif kind == 3:
            data[at:end] = bytes(chance.randrange(256) for _ in range(min(end - at, 8)))
        elif kind == 4 and data:
            data[min(at, len(data) - 1)] = chance.randrange(256)
        elif kind == 5:
            other = chance.choice(self.seeds)
            begin = chance.randint(0, len(other))
            data[at:end] = other[begin : begin + chance.choice((10, 100, 1_000))]
        elif kind == 6:
            self._swap_tags(data)
        elif chance.random() < 0.3:
            del data[at:]

    def _swap_tags(self, data: bytearray) -> None:
        """Put one tag in the place of another, so that the change is more often still a document."""
        tags = [found.span() for found in re.finditer(rb"<[^<>]{1,300}>", bytes(data[:LONGEST]))]
        if len(tags) > 1:
            (begin, end), (first, last) = self.chance.sample(tags, 2)
            data[begin:end] = data[first:last]


def _plain(told: str) -> str:
    """A message without the numbers and quotations in it."""
    return re.sub(r'"[^"]*"|\d+', "#", told)[:120]


def main() -> int:
    """Search, and say what was found."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--parser", choices=sorted(PARSERS), required=True)
    arguments.add_argument("--minutes", type=float, default=1.0)
    arguments.add_argument(
        "--seed", type=int, default=None, help="repeats a search; default: another each time"
    )
    arguments.add_argument("--seconds", type=float, default=5.0, help="a file that takes longer is a finding")
    arguments.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for findings")
    asked = arguments.parse_args()
    seed = asked.seed if asked.seed is not None else time.time_ns() % 1_000_000
    parser = PARSERS[asked.parser]()
    search = Search(parser, random.Random(seed), asked.seconds, seeds=list(parser.seeds))  # noqa: S311 - a search, no secret
    end = time.monotonic() + asked.minutes * 60
    count = 0
    while time.monotonic() < end:
        search.step()
        count += 1
    kinds = ", ".join(f"{what} {number:,}" for what, number in sorted(search.outcomes.items()))
    print(f"{asked.parser}: {count:,} executions in {asked.minutes:g} minutes, seed {seed}: {kinds}")
    print(f"{len(search.seen):,} different messages, {len(search.findings)} kinds of findings")
    for number, (what, data) in enumerate(search.findings):
        asked.keep.mkdir(parents=True, exist_ok=True)
        path = asked.keep / f"{asked.parser}-{seed}-{number}"
        path.write_bytes(data)
        print(f"\n{path}\n{what}", file=sys.stderr)
    return 1 if search.findings else 0


if __name__ == "__main__":
    sys.exit(main())
