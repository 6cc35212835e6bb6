"""The example list: a plain TUF client and ours take it, and refuse it once it was tampered with."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from securesystemslib.signer import Signer
from tuf.api.exceptions import (
    BadVersionNumberError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.ngclient import Updater

from clearband.cli.approved import publishing
from clearband.listing.keys import signer_of
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import Lives, commit, root_keys_of
from tests import example_list
from tests.cli.conftest import Clearband
from tests.listing.made_repository import served

AUTHORITY = "example-authority"
KEYS = ("--key", "keys/officer-b", "--key", "keys/spare", "--passphrase-file", "keys/passphrase")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the script made."""
    return example_list.ran(tmp_path_factory).folder


class Consumer:
    """A copy of what the script made, and both clients, each with a memory of its own."""

    def __init__(self, folder: Path, clearband: Clearband) -> None:
        self.files = RepositoryFiles(folder / "repository")
        self.root = (folder / "root.json").read_bytes()
        self.clearband = clearband

    def plain(self, target: str, now: datetime | None = None) -> bytes:
        """A target, by python-tuf alone, over HTTP."""
        for name in ("plain", "plain-targets"):
            Path(name).mkdir(exist_ok=True)
        with served(self.files.folder) as address:
            updater = Updater(
                "plain", f"{address}/metadata/", "plain-targets", f"{address}/targets/", bootstrap=self.root
            )
            if now is not None:
                updater._trusted_set.reference_time = now
            updater.refresh()
            info = updater.get_targetinfo(f"{AUTHORITY}/{target}")
            assert info is not None
            return Path(updater.download_target(info)).read_bytes()

    def ours(self) -> Any:
        """``approved verify``, over HTTP."""
        with served(self.files.folder) as address:
            return self.clearband(
                "approved", "verify", address, "--root", "root.json", "--state", "ours", "--json"
            )

    def online(self) -> Signer:
        """The key of snapshot and timestamp, as who has broken into the server has it."""
        passphrase = Path("keys/passphrase").read_text(encoding="utf-8").strip()
        known = root_keys_of(self.files).online
        return signer_of("keys/online", {known.keyid: known}, lambda _: passphrase)

    def change(self, how: Callable[[dict[str, Any]], None]) -> None:
        """Change the authority's metadata, and let what the online key signs agree with it."""
        path = self.files.metadata_path(AUTHORITY, 1)
        raw = json.loads(path.read_bytes())
        how(raw)
        path.write_text(json.dumps(raw), encoding="utf-8")
        now = publishing.now()
        commit(self.files, {AUTHORITY: self.files.read(AUTHORITY, 1)}, self.online(), Lives(), now)


@pytest.fixture
def consumer(ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clearband: Clearband) -> Consumer:
    folder = tmp_path / "made"
    shutil.copytree(ran, folder)
    monkeypatch.chdir(folder)
    return Consumer(folder, clearband)


def test_a_plain_client_and_ours_get_the_list(consumer: Consumer) -> None:
    page = consumer.plain("index.html").decode()
    assert "Illustration: the authority does not exist" in page
    table = consumer.plain("list.csv").decode("utf-8-sig")
    for maker, state in (("ericsson", "listed-conditional"), ("nokia", "listed-interim"), ("zte", "revoked")):
        assert any(line.startswith(maker) and f",{state}," in line for line in table.splitlines()), table
    found = json.loads(consumer.ours().out)["lists"]
    assert [(one["authority"], one["entries"], one["recomputed"]) for one in found] == [(AUTHORITY, 3, True)]


def test_two_of_three_decided_and_the_revocation_names_evidence_of_its_assessment(consumer: Consumer) -> None:
    log = [
        json.loads(line) for line in Path("approved-list/log.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    decided = [one for one in log if one["kind"] in ("decide", "revoke", "appeal-decided")]
    assert [one["entry"] for one in decided] == ["ericsson", "nokia", "zte", "zte", "zte"]
    assert all(len({sign["keyid"] for sign in one["signatures"]}) == 2 for one in decided)
    assert len({sign["keyid"] for one in decided for sign in one["signatures"]}) == 3
    evidence = json.loads(Path("zte-examined.json").read_text(encoding="utf-8"))["evidence"]
    assert set(decided[3]["ground"]["evidence"]) <= {one["id"] for one in evidence}
    assert decided[3]["ground"]["evidence"]
    published = {name.partition(".")[0] for name in named(consumer, "assessments")}
    assert {one["ground"]["assessment"] for one in decided if "assessment" in one["ground"]} <= published


def named(consumer: Consumer, folder: str) -> list[str]:
    """Files of a folder among the authority's targets; the server puts the hash of each before its name."""
    return [one.name for one in (consumer.files.folder / "targets" / AUTHORITY / folder).iterdir()]


def tampered_target(consumer: Consumer) -> None:
    path = next((consumer.files.folder / "targets" / AUTHORITY).glob("*.list.csv"))
    path.write_bytes(path.read_bytes().replace(b"revoked", b"listed "))


def tampered_metadata(consumer: Consumer) -> None:
    def other_hash(raw: dict[str, Any]) -> None:
        raw["signed"]["targets"][f"{AUTHORITY}/list.csv"]["hashes"]["sha256"] = "0" * 64

    consumer.change(other_hash)


def one_signature(consumer: Consumer) -> None:
    consumer.change(lambda raw: raw["signatures"].pop())


def same_signer_twice(consumer: Consumer) -> None:
    def twice(raw: dict[str, Any]) -> None:
        first, second = raw["signatures"]
        second["sig"] = first["sig"]

    consumer.change(twice)


@pytest.mark.parametrize(
    ("done", "theirs", "says"),
    [
        (tampered_target, LengthOrHashMismatchError, "tampered with"),
        (tampered_metadata, UnsignedMetadataError, "0/2 keys"),
        (one_signature, UnsignedMetadataError, "1/2 keys"),
        (same_signer_twice, UnsignedMetadataError, "1/2 keys"),
    ],
)
def test_what_was_done_to_it_is_refused_by_both(
    consumer: Consumer, done: Callable[[Consumer], None], theirs: type[RepositoryError], says: str
) -> None:
    done(consumer)
    with pytest.raises(theirs):
        consumer.plain("list.csv")
    refused = consumer.ours()
    assert refused.status == 3
    assert says in refused.one_line
    assert refused.out == ""


def test_rolled_back_it_is_refused_by_both(consumer: Consumer) -> None:
    shutil.copytree("repository", "before")
    again = consumer.clearband("approved", "publish", "repository", "--online-key", "keys/online", *KEYS)
    assert "version 2" in again.out, again.err
    consumer.plain("list.csv")
    assert consumer.ours().status == 0
    shutil.rmtree("repository")
    shutil.copytree("before", "repository")
    with pytest.raises(BadVersionNumberError):
        consumer.plain("list.csv")
    refused = consumer.ours()
    assert refused.status == 3
    assert "rolled back" in refused.one_line


def test_frozen_it_is_refused_by_both(consumer: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now(UTC) + timedelta(days=2)
    with pytest.raises(ExpiredMetadataError):
        consumer.plain("list.csv", later)
    monkeypatch.setattr(publishing, "now", lambda: later)
    refused = consumer.ours()
    assert refused.status == 3
    assert "expired" in refused.one_line


def test_the_script_overwrites_no_list(ran: Path) -> None:
    done = subprocess.run(
        ["sh", example_list.SCRIPT, ran], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "name another folder" in done.stderr
