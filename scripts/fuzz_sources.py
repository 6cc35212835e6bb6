"""Give damaged files to a reader of inventories until time is up: each is read, or refused in one line.

    python scripts/fuzz_sources.py --parser nmap --minutes 30
    python scripts/fuzz_sources.py --parser nmap --minutes 1 --seed 7 --keep found/

Seeds are the example files of the parser, and every damaged file that made the reader say something new (a
new refusal, a new warning), so that the search goes where the reader decides. Anything else than an inventory
or an ``InputError`` of one line, and anything that takes longer than ``--seconds``, is a finding: its bytes
are kept, and the exit status is 1. To add a parser, add its seeds to ``PARSERS``.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clearband.errors import InputError
from clearband.sources.detect_encoding import decode_text
from clearband.sources.detect_format import text_format
from clearband.sources.equipment_rows import equipment_rows
from clearband.sources.nmap import read_nmap
from clearband.sources.options import ReadOptions
from clearband.sources.snmp import SNMP_FORMATS, read_recording

ROOT: Final = Path(__file__).resolve().parent.parent
MOST_SEEDS: Final = 2_000
LONGEST: Final = 60_000
OPTIONS: Final = ReadOptions(
    max_cell_characters=20_000, max_xml_tag_bytes=30_000, max_hosts=200, max_xml_depth=20
)
"""Small limits, so that small files reach them."""


@dataclass(frozen=True)
class Parser:
    """A reader and what it is fed.

    Attributes:
        read: Reads bytes, and gives what is told of them (warnings); raises `InputError` to refuse.
        seeds: Files to damage.
        words: Pieces that mean something to the reader.
    """

    read: Callable[[bytes], Iterable[str]]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()


def nmap(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a scan."""
    text = decode_text(data, "f", None)
    if text_format(text.utf8, "f") != "nmap":
        return ("another format",)
    table = read_nmap(text.utf8, "f", OPTIONS)
    frame, report = equipment_rows(table, None, OPTIONS)
    assert frame["record_id"].n_unique() == frame.height
    assert frame["record_id"].null_count() == 0
    whole = re.search(rb"</nmaprun\s*>\s*(<!--.*-->|<\?.*\?>|\s)*$", text.utf8, re.DOTALL)
    if whole is None and not text.utf8.rstrip().endswith(b"/>"):
        assert any("breaks off" in told for told in report.warnings), "a scan that is cut says so"
    return report.warnings


def recordings(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a recording of SNMP."""
    text = decode_text(data, "f.txt", None)
    kind = text_format(text.utf8, "f.txt")
    if kind not in SNMP_FORMATS:
        return ("another format",)
    frame, report = equipment_rows(read_recording(kind, text.utf8, "f.txt", OPTIONS), None, OPTIONS)
    assert frame["record_id"].n_unique() == frame.height
    assert frame["record_id"][0] == "f"
    parents = frame["parent_id"].drop_nulls()
    assert parents.is_in(frame["record_id"].implode()).all(), "a part sits in a record of the file"
    return report.warnings


def _examples(*names: str) -> tuple[bytes, ...]:
    return tuple((ROOT / "examples" / name).read_bytes() for name in names)


_NMAP_WORDS: Final = (
    *rb"""
<host>
</host>
<status state="up"/>
<status state="down"/>
<address addr="
addrtype="mac"
<ports>
<port portid="1">
</port>
<state state="open"/>
<service method="probed"
product="
extrainfo="a; b: c"
devicetype="router"
<cpe>cpe:/h:a:b</cpe>
<script id="banner" output="
<script id="ssl-cert" output="Subject: commonName=a/organizationName=b"
<script id="http-auth" output="Basic realm=a b=c"
<script id="fingerprint-strings" output="
<script id="snmp-info" output="enterprise: a"
<script id="unknown" output=""/>
</script>
<table key="subject">
</table>
<elem key="commonName">
<elem>
</elem>
<hosthint>
</hosthint>
<osmatch name="x" accuracy="99"/>
<finished exit="error"/>
<hosts down="9"/>
<!DOCTYPE nmaprun>
<!ENTITY a 'b'>
&a;
&#xa;
&#x0;
<![CDATA[
]]>
<!--
-->
<?a ?>
/>
\xE5\x8D\x8E
\xFF\xFD
</nmaprun>
<nmaprun>
""".split(b"\n"),
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
    b"\xe5\x8d",
    b"\xed\xa0\x80",
    b"A" * 600,
    b"<table>" * 24,
)

_SNMP_WORDS: Final = (
    *rb"""
1.3.6.1.2.1.1.1.0|4|
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2011
1.3.6.1.2.1.47.1.1.1.1.4.1|2|1
1.3.6.1.2.1.47.1.1.1.1.5.1|2|3
1.3.6.1.2.1.47.1.1.1.1.11.1|4e|\\x
1.3.6.1.2.1.47.1.1.1.1.
1.0.8802.1.1.2.1.4.1.1.5.0.1.1|4x|000000000001
|4x|0
|2|99999999999999999999999999999999
|4:numeric|
.1.3.6.1.2.1.1.1.0 = STRING: "
iso.3.6.1.2.1.1.1.0 = Hex-STRING: 00 11
ENTITY-MIB::entPhysicalSerialNum.7 = STRING: "a
ENTITY-MIB::entPhysicalClass[7] = INTEGER: chassis(3)
= No Such Instance currently exists
= OID: CISCO-MIB::x
Wrong Type (should be OCTET STRING): INTEGER: 3
Timeout: No Response from x
00 11 zz
""".split(b"\n"),
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xe5\x8d",
    b'"' * 3,
    b"A" * 40_000,
)

PARSERS: Final[dict[str, Callable[[], Parser]]] = {
    "nmap": lambda: Parser(nmap, _examples("scan.xml"), _NMAP_WORDS),
    "snmp": lambda: Parser(recordings, _examples("walks/edge-1.snmprec", "walks/core-1.txt"), _SNMP_WORDS),
}


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
