"""Record what a real NetBox answers into ``tests/netbox/recorded``: ``make record-netbox``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from clearband.discover.address import address_of
from clearband.discover.netbox.api import authorization
from clearband.discover.netbox.changes import plan_of
from clearband.discover.netbox.filters import Filters
from clearband.discover.netbox.read import Reading
from clearband.discover.netbox.work_file import WorkFile
from clearband.discover.netbox.write_back import write_back
from clearband.discover.token import Token
from clearband.discover.web import Web
from tests.netbox.exchanges import recording
from tests.netbox.live import Live, live_netbox
from tests.netbox.marks import FIRST, SECOND

RECORDED = Path(__file__).parent / "recorded"
SITE = ("--site", "harbour", "--page-size", "20")
SOME = Filters(site=("harbour",), role=("core-router",))


def web_of(url: str, secret: str) -> Web:
    token = Token(secret)
    return Web(address_of(url), authorization(token), token)


def main() -> None:
    """Start a NetBox, fill it, and write one file a session."""
    RECORDED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, live_netbox(Path(folder)) as live:
        with recording(live.url, RECORDED / "read.jsonl") as url:
            status, said = live.clearband("discover", "netbox", url, "--out", "read.jsonl", *SITE)
            print(status, said)
        with recording(live.url, RECORDED / "refused.jsonl") as url:
            for words in (("--site", "nowhere"), ("--tag", "critical", "--status", "offline")):
                print(*live.clearband("discover", "netbox", url, "--out", "x.jsonl", *words))
        for token in ("stranger 2", "wrong"):
            with recording(live.url, RECORDED / f"{token.split()[0]}.jsonl") as url:
                print(*live.clearband("discover", "netbox", url, "--out", "x.jsonl", token=token))
        _in_process(live)
    print(*(f"{one.name} {one.stat().st_size}" for one in sorted(RECORDED.iterdir())), sep="\n")


def _in_process(live: Live) -> None:
    secret = live.tokens["keeper 2"]
    with recording(live.url, RECORDED / "before-4.2.jsonl") as url:
        web = web_of(url, secret)
        work = WorkFile(live.folder / "work", {}, resume=False)
        Reading(web, (4, 1), SOME, 500, work).snapshot()
        work.remove()
        web.close()
    with recording(live.url, RECORDED / "annotate.jsonl") as url:
        web = web_of(url, secret)
        for remarks in (FIRST, FIRST, SECOND):
            plan = plan_of(web, remarks, 500, lambda count: None)
            print([change.line for change in plan.changes], write_back(web, plan, lambda count: None))
        web.close()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
