"""What a server says whose disk is full: a real process on a small disk, which is filled and has room again.

Usage: python -m tests.web.full_disk DIR
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2

from clearband.workspace.place import open_workspace
from clearband.workspace.verify import verify
from tests.web.conftest import served
from tests.web.test_work import EXAMPLE

PAGE = {"accept": "text/html"}
LARGE = b"a,b\n" + b"Huawei,AR617\n" * 200_000
MADE = (200, 201, 303)


def fill(folder: Path) -> None:
    """Take all that is left."""
    with suppress(OSError), (folder / "ballast").open("wb") as file:
        while True:
            os.write(file.fileno(), b"\0" * 4096)


class Team:
    """Somebody alone with a server, and what it answered."""

    def __init__(self, address: str) -> None:
        self.http = httpx2.Client(base_url=address, headers={"origin": address}, timeout=60)
        page = self.http.get("/tokens", headers=PAGE).text
        self.form = {"form_token": page.partition('name="form_token" value="')[2].partition('"')[0]}
        self.inventory = self.http.post("/inventories", json={"name": "North"}).json()["id"]
        sent = self.upload(EXAMPLE.read_bytes())
        upload = self.http.get(sent.headers["location"]).json()["upload"]
        self.http.post(f"/uploads/{upload['id']}/take", json={}, headers={"if-match": '"1"'})
        self.run = self.screen().headers["location"]
        assert self.ended(self.run) == "done"

    def upload(self, data: bytes, **headers: str) -> httpx2.Response:
        """Send an inventory."""
        return self.http.post(
            f"/inventories/{self.inventory}/uploads",
            data=self.form,
            files={"file": ("rural.csv", data)},
            headers=headers,
        )

    def attach(self, data: bytes) -> httpx2.Response:
        """Send evidence."""
        return self.http.post(
            f"{self.run}/records/0/attachments", data=self.form, files={"file": ("letter.pdf", data)}
        )

    def screen(self) -> httpx2.Response:
        """Ask for a run."""
        return self.http.post(f"/inventories/{self.inventory}/runs", json={"on": "2026-06-01"})

    def comment(self, text: str = "x" * 3000) -> httpx2.Response:
        """Say something of a record."""
        return self.http.post(f"{self.run}/records/0/comments", json={"text": text})

    def ended(self, run: str) -> str:
        """State of a run when it is over, or after a minute."""
        for _ in range(300):
            state = str(self.http.get(run).json()["progress"]["state"])
            if state not in ("queued", "running"):
                break
            time.sleep(0.2)
        return state

    def there(self) -> int:
        """Comments of the record."""
        return len(self.http.get(f"{self.run}/records/0").json()["comments"])


def said(answer: httpx2.Response) -> list[Any]:
    """Status, and in what words."""
    kind = answer.headers.get("content-type", "")
    if "problem+json" in kind:
        return [answer.status_code, answer.json().get("detail"), answer.json().get("remedy")]
    return [answer.status_code, kind.partition(";")[0], "disk is full" in answer.text]


def main(folder: Path) -> dict[str, Any]:
    """Fill the disk, ask for everything, make room, and go on."""
    scratch = folder / "scratch"
    scratch.mkdir()
    with served(folder / "team", env={"TMPDIR": str(scratch)}) as (address, process):
        of = Team(address)
        kept = sum(of.comment().status_code in MADE for _ in range(3))
        fill(folder)
        # What is left in pages that are there already is used up.
        comments = [of.comment() for _ in range(60)]
        kept += sum(one.status_code in MADE for one in comments)
        told = {
            "comment": said(comments[-1]),
            "upload": said(of.upload(LARGE)),
            "upload-page": said(of.upload(LARGE, **PAGE)),
            "attachment": said(of.attach(LARGE)),
            "decision": said(
                of.http.post(
                    f"{of.run}/records/0/decisions", json={"kind": "confirmed", "reason": "y" * 9000}
                )
            ),
            "run": said(of.screen()),
            "pack": said(of.http.get(f"{of.run}/reports/evidence.zip")),
            "overview": said(of.http.get("/", headers=PAGE)),
            "findings": said(of.http.get(f"{of.run}/findings", params={"q": "huawei"}, headers=PAGE)),
            "record": said(of.http.get(f"{of.run}/records/0", headers=PAGE)),
            "ready": of.http.get("/health/ready").status_code,
            "live": of.http.get("/health/live").status_code,
            "left": sorted(path.name for path in scratch.iterdir()),
        }
        told["kept"] = [kept, of.there()]
        (folder / "ballast").unlink()
        later = of.screen()
        told["afterwards"] = {
            "comment": of.comment().status_code,
            "upload": of.upload(LARGE).status_code,
            "attachment": of.attach(b"%PDF-1.7").status_code,
            "pack": of.http.get(f"{of.run}/reports/evidence.zip").status_code,
            "run": of.ended(later.headers["location"]),
        }
        told["server"] = process.poll()
    told["log"] = [line for line in (folder / "serve.log").read_text().splitlines() if "defect" in line]
    told["problems"] = verify(open_workspace(folder / "team")).problems
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
