"""A published list: a plain TUF client and ours take what is right, and both refuse what is not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import BadVersionNumberError as RolledBackError
from tuf.api.exceptions import (
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata
from tuf.ngclient import Updater

from clearband.errors import InputError, OutputError
from clearband.listing.publish import begin, prune, refresh, renew
from clearband.listing.repository_client import PublicationRefusedError
from clearband.listing.repository_roles import Lives, RootKeys
from clearband.listing.verify import Verified, verify
from clearband.model.listing import State
from tests.listing.made_list import AUTHORITY
from tests.listing.made_repository import (
    LIVES,
    NOW,
    OFFICERS,
    ONLINE,
    ROOT_KEYS,
    MadeRepository,
    served,
    signer,
)

LIST = "example-authority/list.json"
ENTRIES = "example-authority/entries/all.jsonl.gz"


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    repository = MadeRepository(tmp_path / "repository")
    repository.list.listed(entry="radio")
    repository.publish()
    return repository


class Consumer:
    """Both clients, each with a memory of its own, over HTTP."""

    def __init__(self, made: MadeRepository, folder: Path) -> None:
        self.made = made
        self.folder = folder

    def plain(self, now: object = NOW) -> bytes:
        """A plain client of python-tuf: refresh, and get the entries."""
        with served(self.made.files.folder) as address:
            (self.folder / "plain").mkdir(parents=True, exist_ok=True)
            (self.folder / "plain-targets").mkdir(exist_ok=True)
            updater = Updater(
                str(self.folder / "plain"),
                f"{address}/metadata/",
                str(self.folder / "plain-targets"),
                f"{address}/targets/",
                bootstrap=self.made.root,
            )
            updater._trusted_set.reference_time = now  # type: ignore[assignment]
            updater.refresh()
            info = updater.get_targetinfo(ENTRIES)
            if info is None:
                raise RepositoryError("not published by who may")
            return Path(updater.download_target(info)).read_bytes()

    def ours(self, now: object = NOW, **options: bool) -> Verified:
        with served(self.made.files.folder) as address:
            _, found = verify(address, self.made.root, self.folder / "ours", now, **options)  # type: ignore[arg-type]
        return found[0]


@pytest.fixture
def consumer(made: MadeRepository, tmp_path: Path) -> Consumer:
    return Consumer(made, tmp_path / "consumer")


def test_a_plain_client_that_knows_nothing_of_us_gets_the_list(consumer: Consumer) -> None:
    lines = gzip.decompress(consumer.plain()).splitlines()
    assert [json.loads(line)["listing"]["state"] for line in lines] == ["listed"]


def test_ours_verifies_the_list_and_makes_it_again_from_its_log(consumer: Consumer) -> None:
    found = consumer.ours()
    assert (found.authority, found.version, found.recomputed, found.stale) == (
        "example-authority",
        1,
        True,
        None,
    )
    assert found.header["log"]["size"] == len(consumer.made.list.lines)
    assert found.header["on"] == "2026-06-01"


def tampered_target(made: MadeRepository) -> None:
    path = next((made.files.folder / "targets" / "example-authority" / "entries").iterdir())
    raw = bytearray(path.read_bytes())
    raw[-9] ^= 1
    path.write_bytes(raw)


def test_a_file_beside_the_list_that_was_tampered_with_is_refused(
    made: MadeRepository, consumer: Consumer, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_bytes(b"entry,state\nradio,revoked\n")
    made.publish(beside={"list.csv": table})
    path = next((made.files.folder / "targets" / "example-authority").glob("*.list.csv"))
    path.write_bytes(path.read_bytes().replace(b"revoked", b"listed "))
    with pytest.raises(PublicationRefusedError, match="tampered with"):
        consumer.ours()


def test_the_repository_in_what_was_fetched_is_named(made: MadeRepository, tmp_path: Path) -> None:
    made.files.folder.rename(tmp_path / "repository")
    with pytest.raises(PublicationRefusedError, match="this is what fetch wrote"):
        verify(str(tmp_path), made.root, tmp_path / "state", NOW)


def lengthened_target(made: MadeRepository) -> None:
    path = next((made.files.folder / "targets" / "example-authority" / "entries").iterdir())
    path.write_bytes(path.read_bytes() + b"x")


@pytest.mark.parametrize("change", [tampered_target, lengthened_target])
def test_a_folder_that_was_verified_before_is_read_again(
    made: MadeRepository, tmp_path: Path, change: Callable[[MadeRepository], None]
) -> None:
    folder = made.files.folder
    verify(str(folder), made.root, tmp_path / "state", NOW)
    change(made)
    with pytest.raises(PublicationRefusedError, match="tampered with"):
        verify(str(folder), made.root, tmp_path / "state", NOW)


def tampered_metadata(made: MadeRepository) -> None:
    path = made.files.metadata_path("example-authority", 1)
    raw = json.loads(path.read_bytes())
    raw["signed"]["targets"][LIST]["hashes"]["sha256"] = "0" * 64
    path.write_text(json.dumps(raw), encoding="utf-8")
    agree(made)


def agree(made: MadeRepository) -> None:
    """Let snapshot and timestamp agree with the authority's metadata, as a thief of the online key can."""
    from clearband.listing.repository_roles import commit

    commit(made.files, {"example-authority": made.files.read("example-authority", 1)}, ONLINE, LIVES, NOW)


def resigned(*signers: object) -> Callable[[MadeRepository], None]:
    def change(made: MadeRepository) -> None:
        metadata = made.files.read("example-authority", 1)
        metadata.signed.targets[LIST].hashes["sha256"] = "0" * 64
        metadata.signatures.clear()
        for one in signers:
            metadata.sign(one, append=True)  # type: ignore[arg-type]
        made.files.write_metadata("example-authority", metadata, 1)
        agree(made)

    return change


def one_key_twice(made: MadeRepository) -> None:
    resigned(OFFICERS[0])(made)
    path = made.files.metadata_path("example-authority", 1)
    raw = json.loads(path.read_bytes())
    raw["signatures"] *= 2
    path.write_text(json.dumps(raw), encoding="utf-8")
    snapshot = made.files.read("snapshot", 2)
    meta = snapshot.signed.meta["example-authority.json"]
    meta.hashes, meta.length = None, None
    snapshot.sign(ONLINE)
    made.files.write_metadata("snapshot", snapshot, 2)
    timestamp = made.files.read("timestamp")
    timestamp.signed.snapshot_meta.hashes, timestamp.signed.snapshot_meta.length = None, None
    timestamp.sign(ONLINE)
    made.files.write_metadata("timestamp", timestamp)


@pytest.mark.parametrize(
    ("change", "theirs", "says"),
    [
        (tampered_target, LengthOrHashMismatchError, "tampered with"),
        (tampered_metadata, UnsignedMetadataError, "too few valid signatures"),
        (resigned(OFFICERS[0]), UnsignedMetadataError, "1/2 keys"),
        (one_key_twice, RepositoryError, "Multiple signatures found for keyid"),
        (resigned(signer(7), signer(8)), UnsignedMetadataError, "0/2 keys"),
        (resigned(ONLINE, ONLINE), UnsignedMetadataError, "0/2 keys"),
    ],
    ids=["target", "metadata", "one signature", "one key twice", "unknown keys", "online key"],
)
def test_what_was_tampered_with_is_refused_by_both(
    made: MadeRepository,
    consumer: Consumer,
    change: Callable[[MadeRepository], None],
    theirs: type[Exception],
    says: str,
) -> None:
    change(made)
    with pytest.raises(theirs):
        consumer.plain()
    with pytest.raises(PublicationRefusedError, match=says) as refused:
        consumer.ours()
    assert "\n" not in refused.value.one_line()


def test_a_rolled_back_repository_is_refused_by_both(
    made: MadeRepository, consumer: Consumer, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(made.files.folder, tmp_path / "before")
    made.list.listed_in_a_day("switch", "2026-06-01")
    made.publish()
    consumer.plain()
    assert consumer.ours().header["entries"]["count"] == 2
    shutil.rmtree(made.files.folder)
    shutil.copytree(tmp_path / "before", made.files.folder)
    with pytest.raises(RolledBackError):
        consumer.plain()
    with pytest.raises(PublicationRefusedError, match="rolled back"):
        consumer.ours()


@pytest.mark.parametrize(("days", "what"), [(2, "timestamp"), (100, "timestamp")])
def test_a_frozen_repository_is_refused_by_both(consumer: Consumer, days: int, what: str) -> None:
    later = NOW + timedelta(days=days)
    with pytest.raises(ExpiredMetadataError, match=what):
        consumer.plain(later)
    with pytest.raises(PublicationRefusedError, match=f"{what}.*frozen"):
        consumer.ours(later)


def test_an_expired_list_is_refused_by_both_however_fresh_the_timestamp(
    made: MadeRepository, consumer: Consumer
) -> None:
    later = NOW + timedelta(days=LIVES.authority)
    refresh(made.files, ONLINE, LIVES, later)
    with pytest.raises(ExpiredMetadataError, match="example-authority"):
        consumer.plain(later)
    with pytest.raises(PublicationRefusedError, match=r"example-authority.*expired"):
        consumer.ours(later)


def test_stale_use_is_possible_when_asked_for_and_is_marked(consumer: Consumer) -> None:
    consumer.ours()
    later = NOW + timedelta(days=3)
    found = consumer.ours(later, allow_stale=True)
    assert found.stale == "expired; fresh until 2026-06-02 12:00 UTC"
    _, lists = verify(
        "http://127.0.0.1:9", consumer.made.root, consumer.folder / "ours", NOW, allow_stale=True
    )
    assert lists[0].stale is not None
    assert "seen before" in lists[0].stale


def test_an_unreachable_repository_is_one_line(consumer: Consumer) -> None:
    with pytest.raises(PublicationRefusedError, match="cannot be fetched") as refused:
        verify("http://127.0.0.1:9", consumer.made.root, consumer.folder / "ours", NOW)
    assert "\n" not in refused.value.one_line()


def test_a_folder_is_verified_as_an_address_is(made: MadeRepository, tmp_path: Path) -> None:
    _, found = verify(str(made.files.folder), made.root, tmp_path / "state", NOW)
    assert found[0].recomputed


def test_a_list_that_its_log_does_not_make_is_refused(made: MadeRepository, consumer: Consumer) -> None:
    """The quorum itself signs a list in which an entry stands better than its log makes it."""
    published = made.list.replay.entries["radio"]
    standing = published.standing
    assert standing is not None
    from dataclasses import replace

    published.standing = replace(standing, state=State.LISTED, until=date(2030, 1, 1))
    made.publish()
    assert consumer.plain()
    with pytest.raises(PublicationRefusedError, match="not what its log makes of it"):
        consumer.ours()


def test_a_log_that_was_rewritten_is_not_published(made: MadeRepository) -> None:
    made.list.lines[3] = made.list.lines[3].replace(b"assess", b"asseSs")
    with pytest.raises(InputError, match="are not those published before"):
        made.publish()
    del made.list.lines[-1]
    with pytest.raises(InputError, match="were published before"):
        made.publish()


def test_history_rewritten_under_valid_signatures_is_refused(
    made: MadeRepository, consumer: Consumer, tmp_path: Path
) -> None:
    consumer.ours()
    other = MadeRepository(tmp_path / "other")
    other.list.listed(entry="router")
    other.list.listed(entry="switch", on="2026-05-20")
    other.publish()
    other.publish()
    consumer.made = other
    with pytest.raises(PublicationRefusedError, match="history was rewritten"):
        consumer.ours()
    shorter = MadeRepository(tmp_path / "shorter")
    shorter.list.step("submit", "2026-02-01", entry="radio")
    for _ in range(3):
        shorter.publish()
    consumer.made = shorter
    with pytest.raises(PublicationRefusedError, match="rolled back"):
        consumer.ours()


def test_too_few_signatures_publish_nothing(made: MadeRepository, consumer: Consumer) -> None:
    before = made.files.metadata_path("timestamp").read_bytes()
    made.list.listed_in_a_day("switch", "2026-06-01")
    for signers in ([OFFICERS[0]], [OFFICERS[0], OFFICERS[0]], [signer(7), signer(8)], []):
        with pytest.raises(InputError, match="signed by"):
            made.publish(signers=signers)
    assert made.files.metadata_path("timestamp").read_bytes() == before
    assert consumer.ours().header["entries"]["count"] == 1


def test_versions_only_grow(made: MadeRepository, consumer: Consumer) -> None:
    for version in (2, 3):
        made.publish(signers=OFFICERS[1:])
        assert consumer.ours().version == version


def test_a_root_is_renewed_by_a_quorum_of_its_keys(made: MadeRepository, consumer: Consumer) -> None:
    consumer.ours()
    new = [OFFICERS[0], OFFICERS[1], signer(4)]
    keys = RootKeys([one.public_key for one in new], 2, signer(5).public_key)
    with pytest.raises(InputError, match="by the keys before"):
        renew(made.files, [OFFICERS[0], signer(4)], signer(5), LIVES, NOW, keys=keys)
    assert renew(made.files, OFFICERS[:2], signer(5), LIVES, NOW, keys=keys) == 2
    assert consumer.plain()
    assert consumer.ours().version == 1
    with pytest.raises(InputError, match="online key"):
        refresh(made.files, ONLINE, LIVES, NOW)


def test_a_repository_is_begun_once_and_by_enough(made: MadeRepository, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="already"):
        begin(made.files, ROOT_KEYS, [AUTHORITY], OFFICERS, LIVES, NOW)
    from clearband.listing.repository_files import RepositoryFiles

    with pytest.raises(InputError, match="the root"):
        begin(RepositoryFiles(tmp_path / "new"), ROOT_KEYS, [AUTHORITY], OFFICERS[:1], LIVES, NOW)
    assert not (tmp_path / "new" / "metadata").exists()


def test_one_authority_cannot_publish_in_anothers_folder(made: MadeRepository, consumer: Consumer) -> None:
    metadata = made.files.read("example-authority", 1)
    metadata.signed.targets = {"another/list.json": metadata.signed.targets[LIST]}
    metadata.signatures.clear()
    for one in OFFICERS[:2]:
        metadata.sign(one, append=True)
    made.files.write_metadata("example-authority", metadata, 1)
    agree(made)
    with pytest.raises(RepositoryError):
        consumer.plain()
    with pytest.raises(PublicationRefusedError, match="not published, or not by who may"):
        consumer.ours()


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a//b", ".x", "a/.lock", "a\\b", "a%2e", ""])
def test_a_name_that_could_lead_out_of_its_folder_is_refused(made: MadeRepository, name: str) -> None:
    from clearband.listing.safe_names import safe_name

    with pytest.raises(InputError, match="no name"):
        safe_name(name)
    with pytest.raises(InputError, match="no name"):
        made.files.add_target(name, made.files.metadata_path("timestamp"))


def test_a_folder_is_never_left(made: MadeRepository, tmp_path: Path) -> None:
    from tuf.api.exceptions import DownloadError

    from clearband.listing.repository_client import FolderFetcher

    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (made.files.folder / "link").symlink_to(tmp_path / "secret")
    fetcher = FolderFetcher(made.files.folder)
    for url in ("folder:/../secret", "folder:/metadata/%2e%2e/%2e%2e/secret", "folder:/link"):
        with pytest.raises(DownloadError):
            fetcher.download_bytes(url, 100)
    assert fetcher.download_bytes("folder:/metadata/timestamp.json", 100_000)


def test_the_same_list_is_the_same_files_and_a_small_change_moves_few(made: MadeRepository) -> None:
    def targets() -> set[Path]:
        return {path for path in (made.files.folder / "targets").rglob("*") if path.is_file()}

    before = targets()
    made.publish()
    assert targets() == before
    made.list.listed_in_a_day("switch", "2026-06-01")
    made.publish()
    assert {path.name.partition(".")[2] for path in targets() - before} == {
        "list.json", "head.json", "all.jsonl.gz", "0000000000.jsonl.gz",
    }  # fmt: skip
    assert prune(made.files, keep=1) == 5
    assert targets() & before


def test_a_head_carries_the_proofs_to_the_heads_before(made: MadeRepository, consumer: Consumer) -> None:
    from clearband.listing.merkle import consistent

    first = consumer.ours().header["log"]
    made.list.listed_in_a_day("switch", "2026-06-01")
    made.publish()
    found = consumer.ours()
    head = json.loads((found.folder / "head.json").read_bytes())
    (earlier,) = head["earlier"]
    assert (earlier["size"], earlier["root"]) == (first["size"], first["root"])
    proof = [bytes.fromhex(one) for one in earlier["proof"]]
    old, new = bytes.fromhex(first["root"]), bytes.fromhex(head["root"])
    assert consistent(first["size"], head["size"], old, new, proof)


def test_a_publication_that_stops_half_way_changes_nothing(
    made: MadeRepository, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clearband.listing import repository_roles

    def full(path: Path, data: bytes) -> None:
        raise OutputError("no space left", where=str(path))

    made.list.listed_in_a_day("switch", "2026-06-01")
    monkeypatch.setattr(repository_roles, "write_durably", full)
    with pytest.raises(OutputError, match="no space"):
        made.publish()
    monkeypatch.undo()
    assert consumer.ours().header["entries"]["count"] == 1
    made.publish()
    assert consumer.ours().header["entries"]["count"] == 2


def test_lives_are_those_asked_for(made: MadeRepository) -> None:
    made.publish(lives=Lives(root=1, authority=2, snapshot=3, timestamp=4))
    expires = {
        role: Metadata.from_file(str(made.files.metadata_path(role, version))).signed.expires - NOW
        for role, version in (("example-authority", 2), ("snapshot", 2), ("timestamp", None))
    }
    assert [one.days for one in expires.values()] == [2, 3, 4]


def test_an_event_that_says_to_be_older_than_a_publication_that_lacks_it_is_refused(
    made: MadeRepository, consumer: Consumer, tmp_path: Path
) -> None:
    consumer.ours()
    made.list.step("submit", "2026-05-20", entry="switch")
    with pytest.raises(InputError, match="event 6 says to be of 2026-05-20, and was not in what"):
        made.publish()
    twin = MadeRepository(tmp_path / "twin")  # keys and log are the same; it never published the shorter log
    twin.list = made.list
    twin.publish()
    twin.publish()
    consumer.made = twin
    with pytest.raises(PublicationRefusedError, match="it was backdated"):
        consumer.ours()


def test_a_list_of_days_that_have_not_come_is_refused(made: MadeRepository, consumer: Consumer) -> None:
    made.publish(on=date(2026, 6, 3))
    with pytest.raises(PublicationRefusedError, match="2026-06-03, a day that has not come"):
        consumer.ours()
    made.list.step("submit", "2026-05-20", entry="switch", recorded="2026-07-01")
    made.publish()
    with pytest.raises(PublicationRefusedError, match="2026-07-01, a day that has not come"):
        consumer.ours()


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        (b'"cause":"assessment-begun"', b'"cause":"complete","cause":"assessment-begun"', "canonical form"),
        (b'"cause":"assessment-begun"', b'"cause":"assessment-begun","note":"x"', "note: Extra inputs"),
        (b"words", b"w\\u001b[2Jords", "ground.text: String should match pattern"),
    ],
)
def test_a_line_that_is_no_canonical_event_is_refused_even_when_the_quorum_signed_the_list(
    there: bytes, instead: bytes, told: str, tmp_path: Path
) -> None:
    from clearband.listing.log import LogLine, event_of, line_of, sha256_of

    made = MadeRepository(tmp_path / "repository")
    for kind in ("submit", "accept"):
        made.list.step(kind, "2026-05-01")
    event = made.list.event("assess", "2026-05-02")
    raw = line_of(event).replace(there, instead)
    made.list.replay.take(LogLine(event_of(raw), sha256_of(raw), raw))
    made.list.lines.append(raw)
    made.publish()
    with pytest.raises(PublicationRefusedError, match=told):
        Consumer(made, tmp_path / "consumer").ours()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "no header of a list"),
        (b'{"authority":"a","authority":"b"}', "no header of a list"),
    ],
)
def test_a_header_that_is_no_header_is_one_line(tmp_path: Path, raw: bytes, told: str) -> None:
    from clearband.listing.content_read import read_header

    path = tmp_path / "list.json"
    path.write_bytes(raw)
    with pytest.raises(PublicationRefusedError, match=told):
        read_header(path, "example-authority")
