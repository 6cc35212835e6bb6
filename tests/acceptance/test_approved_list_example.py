"""The worked example: from keys to a repository that a client who knows nothing of us verifies."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

from tuf.ngclient import Updater

from tests.listing.made_repository import served

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "examples" / "approved-list" / "run.sh"


def test_the_example_publishes_what_a_plain_client_verifies(tmp_path: Path) -> None:
    place = tmp_path / "made"
    clearband = Path(sys.executable).with_name("clearband")
    done = subprocess.run(
        [str(RUN), str(place)],
        env={**os.environ, "CLEARBAND": str(clearband)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "(one signature decides nothing)" in done.stdout
    assert "name:quux radio, example-authority: not on the list, proved among 12 keys" in done.stdout
    (tmp_path / "client").mkdir()
    with served(place / "repository") as address:
        updater = Updater(
            str(tmp_path / "client"),
            f"{address}/metadata/",
            str(tmp_path / "client"),
            f"{address}/targets/",
            bootstrap=(place / "root.json").read_bytes(),
        )
        info = updater.get_targetinfo("example-authority/entries/all.jsonl.gz")
        assert info is not None
        lines = gzip.decompress(Path(updater.download_target(info)).read_bytes()).splitlines()
    states = {one["entry"]: one["state"] for one in (json.loads(line)["listing"] for line in lines)}
    assert states == {"huawei": "refused", "nokia": "listed-conditional", "zte": "revoked"}
    keys = place / "keys"
    assert all(b"ENCRYPTED" in path.read_bytes() for path in keys.glob("*.key"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in keys.glob("*.key"))
