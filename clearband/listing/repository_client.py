"""A client of a published repository: python-tuf's, over HTTP or a folder, with refusals in one line each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from tuf.api import exceptions as refused
from tuf.api.metadata import TargetFile, Targets
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from clearband.errors import InputError
from clearband.listing.safe_names import safe_name

MAX_TARGETS_METADATA: Final = 50_000_000
_CHUNK: Final = 2**20
_FOLDER: Final = "folder:/"

logging.getLogger("tuf").setLevel(logging.CRITICAL)


class PublicationRefusedError(InputError):
    """A published list is not to be trusted, and why."""


class UnreachableError(PublicationRefusedError):
    """The repository cannot be reached, or has not what it says it has."""


class ExpiredError(PublicationRefusedError):
    """What is published is no longer fresh."""


class FolderFetcher(FetcherInterface):
    """Reads a repository from a folder, and nothing outside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = unquote(url.removeprefix(_FOLDER))
        path = (self._folder / name).resolve()
        if ".." in name.split("/") or not path.is_relative_to(self._folder):
            raise refused.DownloadError(f"{name} leads out of the folder")
        if not path.is_file():
            raise refused.DownloadHTTPError(f"{name} is not there", 404)
        return _chunks(path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


class SeenFetcher(FetcherInterface):
    """Reads what was seen before from the state of a client, where the repository cannot be reached."""

    def __init__(self, state: Path) -> None:
        self._metadata = state / "metadata"

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = unquote(url.rpartition("/")[2])
        if name.endswith(".root.json"):
            path = self._metadata / "root_history" / name
        else:
            version, _, rest = name.partition(".")
            path = self._metadata / (rest if version.isdecimal() else name)
        if not path.is_file():
            raise refused.DownloadHTTPError(f"{name} was not fetched before", 404)
        return _chunks(path)


class RepositoryClient:
    """A repository as a consumer sees it, from the first root that it trusts on.

    Args:
        source: Address (``http://``, ``https://``) or folder of the repository; None: what was seen before.
        root: The first trusted root.
        state: Folder in which what was seen before is kept, against rollback.
        now: The moment; freshness is judged by it. None: whatever is expired counts as fresh.
    """

    def __init__(self, source: str | None, root: bytes, state: Path, now: datetime | None) -> None:
        self._state = state
        self.source = source or str(state)
        remote = self.source.startswith(("http://", "https://"))
        fetcher: FetcherInterface | None = None
        self._folder = source is not None and not remote
        self._got: set[str] = set()
        if source is None:
            fetcher = SeenFetcher(state)
        elif not remote:
            if not Path(source).is_dir():
                raise UnreachableError("there is no such folder", where=source)
            inner = Path(source) / "repository"
            if (inner / "metadata").is_dir() and not (Path(source) / "metadata").is_dir():
                raise UnreachableError("this is what fetch wrote", where=source, remedy=f"name {inner}")
            fetcher = FolderFetcher(Path(source))
        base = self.source.rstrip("/") if remote else _FOLDER.rstrip("/")
        (state / "metadata").mkdir(parents=True, exist_ok=True)
        config = UpdaterConfig(targets_max_length=MAX_TARGETS_METADATA, app_user_agent="clearband")
        with _in_one_line(self.source):
            self._updater = Updater(
                str(state / "metadata"),
                f"{base}/metadata/",
                target_dir=str(state / "targets"),
                target_base_url=f"{base}/targets/",
                fetcher=fetcher,
                config=config,
                bootstrap=root,
            )
        # python-tuf has no public way to judge by another moment; tests hold that this one works.
        self._trusted = self._updater._trusted_set
        self._trusted.reference_time = now.astimezone(UTC) if now else datetime.min.replace(tzinfo=UTC)

    def refresh(self) -> None:
        """Get and check the metadata.

        Raises:
            PublicationRefusedError: They are not to be trusted.
        """
        with _in_one_line(self.source):
            self._updater.refresh()

    def get(self, name: str) -> Path:
        """The target, downloaded where it is not there yet; its length and hash are those signed.

        What stands in a folder is read each time: who verifies a folder will open its files.

        Raises:
            PublicationRefusedError: It is not what was signed, or not signed by those who may.
        """
        path = self._state / "targets" / safe_name(name)
        with _in_one_line(self.source):
            info = self._updater.get_targetinfo(name)
            if info is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                anew = self._folder and name not in self._got
                if anew or self._updater.find_cached_target(info, str(path)) is None:
                    self._updater.download_target(info, str(path))
                self._got.add(name)
                return path
        raise PublicationRefusedError(f"{name} is not published, or not by who may", where=self.source)

    def targets(self, role: str) -> dict[str, TargetFile]:
        """What a role signed of its targets; its metadata must be loaded."""
        signed = self._trusted[role]
        assert isinstance(signed, Targets)
        return dict(signed.targets)

    def version(self, role: str) -> int:
        """The version of a role's metadata that are trusted."""
        return int(self._trusted[role].version)

    def fresh_until(self) -> datetime:
        """When the first of the metadata that were loaded expires."""
        return min(one.expires for one in self._trusted)


@contextmanager
def _in_one_line(source: str) -> Iterator[None]:
    try:
        yield
    except refused.ExpiredMetadataError as error:
        raise ExpiredError(
            f"{error}: it may be frozen", where=source, remedy="get a fresh one from the authority"
        ) from None
    except refused.UnsignedMetadataError as error:
        raise PublicationRefusedError(f"too few valid signatures: {error}", where=source) from None
    except refused.BadVersionNumberError as error:
        raise PublicationRefusedError(
            f"rolled back, or mixed from several publications: {error}", where=source
        ) from None
    except (refused.LengthOrHashMismatchError, refused.DownloadLengthMismatchError) as error:
        raise PublicationRefusedError(f"tampered with: {error}", where=source) from None
    except refused.DownloadError as error:
        raise UnreachableError(f"cannot be fetched: {error}{_cause(error)}", where=source) from None
    except (refused.RepositoryError, ValueError) as error:
        raise PublicationRefusedError(f"no valid metadata: {error}{_cause(error)}", where=source) from None


def _cause(error: BaseException) -> str:
    deepest = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    return "" if deepest is error else f" ({deepest})"
