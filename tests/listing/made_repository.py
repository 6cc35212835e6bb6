"""A repository made in a folder: three officers, two of whom sign, and one online key."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Signer, SSlibKey

from clearband.listing.authority import authority_text
from clearband.listing.publish import begin, publish, staging
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import Lives, RootKeys
from clearband.listing.verify import make_content
from clearband.model.authority import Authority
from tests.listing.made_list import AUTHORITY, MadeList

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ON = date(2026, 6, 1)
LIVES = Lives()


def signer(seed: int, keyid: str | None = None) -> Signer:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))
    public = key.public_key().public_bytes_raw().hex()
    keyid = keyid or f"{seed:x}" * 64
    return CryptoSigner(key, SSlibKey(keyid, "ed25519", "ed25519", {"public": public}))


OFFICERS = [signer(n) for n in (1, 2, 3)]
ONLINE = signer(9)
ROOT_KEYS = RootKeys([one.public_key for one in OFFICERS], 2, ONLINE.public_key)


class MadeRepository:
    """A list and the repository in which it is published."""

    def __init__(self, folder: Path, keys: RootKeys = ROOT_KEYS, authority: Authority = AUTHORITY) -> None:
        self.files = RepositoryFiles(folder)
        self.list = MadeList(authority)
        root = begin(self.files, keys, [AUTHORITY], OFFICERS[:2], LIVES, NOW)
        self.root = root.read_bytes()

    def publish(
        self,
        now: datetime = NOW,
        on: date = ON,
        signers: Sequence[Signer] = OFFICERS[:2],
        lives: Lives = LIVES,
        beside: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        with staging(self.files) as folder:
            (folder / "content").mkdir()
            made = make_content(folder / "content", self.list.replay, on, iter(self.list.lines))
            (folder / "authority.yaml").write_text(
                authority_text(self.list.replay.authority), encoding="utf-8"
            )
            extra = {"authority.yaml": folder / "authority.yaml", **beside}
            publish(self.files, AUTHORITY, folder / "content", made.names, extra, signers, ONLINE, lives, now)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine, by the plain server of the standard library."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
