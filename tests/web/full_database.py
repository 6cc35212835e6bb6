"""What a server says whose database is on a full disk, or stopped, and how it goes on when it is back.

Usage: python -m tests.web.full_database DIR
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from clearband.workspace.place import open_workspace
from clearband.workspace.verify import verify
from tests.postgres import cluster, free_port
from tests.web.conftest import served
from tests.web.full_disk import MADE, PAGE, Team, fill, said


def asked(of: Team) -> dict[str, Any]:
    """Things that need the database, and whether it is well."""
    return {
        "comment": said(of.comment()),
        "upload": said(of.upload(b"a,b\nHuawei,AR617\n")),
        "run": said(of.screen()),
        "page": said(of.http.get("/inventories", headers=PAGE)),
        "ready": of.http.get("/health/ready").status_code,
        "live": of.http.get("/health/live").status_code,
    }


def main(folder: Path) -> dict[str, Any]:
    """Fill the database's disk, make room, stop the database, start it again."""
    folder.chmod(0o711)
    data, port = folder / "data", free_port()
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as other, ExitStack() as whole:
        database = ExitStack()
        url = f"{database.enter_context(cluster(data, port))}/postgres"
        address, process = whole.enter_context(served(Path(other) / "team", "--database", url))
        of = Team(address)
        kept = sum(of.comment().status_code in MADE for _ in range(3))
        fill(folder)
        comments = [of.comment() for _ in range(60)]
        kept += sum(one.status_code in MADE for one in comments)
        told["full"] = asked(of)
        (folder / "ballast").unlink()
        told["room"] = asked(of)
        database.close()
        told["stopped"] = asked(of)
        whole.enter_context(cluster(data, port))
        told["back"] = asked(of)
        kept += sum(told[when]["comment"][0] in MADE for when in ("room", "back"))
        told["kept"] = [kept, of.there()]
        told["server"] = process.poll()
        told["log"] = [one for one in (Path(other) / "serve.log").read_text().splitlines() if "defect" in one]
        told["problems"] = verify(open_workspace(Path(other) / "team", url)).problems
        whole.pop_all().close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
