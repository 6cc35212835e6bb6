"""One look-up must not wait for the column engines."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
from clearband.identify import resolve_name
from clearband.identify.mac_addresses import why_no_evidence
from clearband.register import load_register
register = load_register()
assert resolve_name("Huawai", register).org_id == "huawei"
assert why_no_evidence("04:ca:ed:cf:aa:08") is None
assert register.mac_blocks.lookup("04:ca:ed:cf:aa:08").org_id == "huawei"
print(sorted({"polars", "numpy"} & set(sys.modules)))
"""


def test_a_name_and_an_address_are_looked_up_without_polars_and_numpy() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
