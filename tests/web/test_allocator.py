"""A server gives the memory back that a request needed for a moment."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HELD = """
import sys
from pathlib import Path
import numpy as np
from clearband.web.allocator import give_memory_back

def anonymous():
    told = Path("/proc/self/status").read_text().partition("RssAnon:")[2]
    return int(told.split()[0]) >> 10

if sys.argv[1] == "set":
    assert give_memory_back()
before = anonymous()
# As glibc has it, blocks up to the size of the largest that was freed are kept from then on.
np.ones(2 << 20)
blocks, pins = [], []
for _ in range(100):
    blocks.append(np.ones(1 << 17))
    pins.append(np.ones(500))
del blocks
print(anonymous() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library than glibc")
def test_what_is_freed_between_what_is_held_goes_back() -> None:
    def held(how: str) -> int:
        done = subprocess.run([sys.executable, "-c", HELD, how], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert held("set") < 20
    assert held("as it is") > 80, "the C library does it by itself: the setting is not needed"
