"""A server gives the memory back that a request needed for a moment."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HELD = """
import sys, time
from pathlib import Path
import numpy as np
from clearband.web.allocator import give_memory_back

how, size, pin = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

def anonymous():
    told = Path("/proc/self/status").read_text().partition("RssAnon:")[2]
    return int(told.split()[0]) >> 10

if how == "set":
    assert give_memory_back(every=0.1)
before = anonymous()
# As glibc has it, blocks up to the size of the largest that was freed are kept from then on.
np.ones(2 << 20)
blocks, pins = [], []
for _ in range((100 << 20) // size):
    blocks.append(np.ones(size, dtype=np.uint8))
    pins.append(np.ones(pin, dtype=np.uint8))
del blocks
wait = time.monotonic() + (30 if how == "set" else 1)
while anonymous() - before > 40 and time.monotonic() < wait:
    time.sleep(0.1)
print(anonymous() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library than glibc")
@pytest.mark.parametrize(
    ("size", "pin"), [(1 << 20, 4_000), (100_000, 2_000)], ids=["large blocks", "small blocks"]
)
def test_what_is_freed_between_what_is_held_goes_back(size: int, pin: int) -> None:
    def held(how: str) -> int:
        words = [sys.executable, "-c", HELD, how, str(size), str(pin)]
        return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    assert held("set") < 40
    assert held("as it is") > 80, "the C library does it by itself: the setting is not needed"
