"""Results of scripts that repeat one thing up to the limit: read in time proportional to their length.

Nothing is timed: a search that goes back for every letter would take minutes here.
"""

from __future__ import annotations

import pytest

from clearband.sources.nmap.host import Host
from clearband.sources.nmap.scripts import READERS, Script, read_script
from clearband.sources.nmap.services import read_service

LONGEST = 32_767
REPEATED = [
    "\n",
    "\n ",
    " ",
    "a",
    "a: b\n",
    "; ",
    ":",
    ": ",
    " a",
    "/a=b",
    "/1",
    ".1",
    "\\xE5",
    'realm="',
    "realm= a",
]


@pytest.mark.parametrize("begin", ["", "Subject: ", "Basic ", "HTTP/1.0 200 OK\n", "MAC: "])
@pytest.mark.parametrize("repeated", REPEATED, ids=repr)
def test_what_repeats_is_read(repeated: str, begin: str) -> None:
    text = (begin + repeated * LONGEST)[:LONGEST]
    host = Host(1)
    for name in READERS:
        for fields in ([], [("NULL", text)], [("subject.commonName", text)]):
            read_script(Script(name, text, "x", list(fields)), host)
    for attribute in ("product", "extrainfo", "version"):
        read_service({"product": "x", attribute: f"{text} SNMPv3 server", "method": "probed"}, [], host)
    assert host.scripts == 0
