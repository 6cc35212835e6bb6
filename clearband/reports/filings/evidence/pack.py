"""Writes an evidence pack: one archive, whole or not at all, the same bytes for the same run and facts."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from clearband.errors import InputError, UsageError
from clearband.reports.filings.evidence.index import HOW, index
from clearband.reports.filings.evidence.manifest import Manifest, PackedFile, sums
from clearband.reports.filings.evidence.relied_on import clauses_relied_on, evidence_sources
from clearband.reports.filings.form import DRAFT
from clearband.reports.filings.page import as_page
from clearband.reports.filings.screened import Screened, cited_measures
from clearband.reports.filings.shown import hashes
from clearband.reports.filings.write import as_json
from clearband.reports.folder import verify_run
from clearband.reports.folder.write import json_text
from clearband.reports.whole_file import whole_file

_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""Of every file: the earliest that an archive can say. When a run was made stands in run.json."""
_AT_ONCE: Final = 1 << 20
_OURS: Final = frozenset({"index.html", "index.json", "manifest.json", "SHA256SUMS", "VERIFY.txt"})
_PACKED: Final = frozenset({".parquet", ".zip", ".png", ".jpg", ".pdf", ".xlsx", ".gz", ".zst"})
"""Endings of files that are packed already."""
_WHAT: Final = {
    "run.json": "versions, hashes and settings of the run",
    "equipment.parquet": "every record with its verdict, evidence and answer",
    "findings.parquet": "every finding",
    "findings.csv": "every finding, for spreadsheets",
    "deadlines.csv": "what is due, and when",
    "summary.json": "counts, questions, deadlines",
    "report.html": "the report",
}


@dataclass(frozen=True)
class Extra:
    """A file from elsewhere that goes into the pack, such as the trail of a workspace.

    Attributes:
        path: In the pack, below a folder of its own, such as ``workspace/trail.jsonl``.
        content: Its bytes, or the file that holds them.
        what: What it is, for the first page.
    """

    path: str
    content: bytes | Path
    what: str


@dataclass(frozen=True)
class Pack:
    """What was written.

    Attributes:
        sha256: Of the archive.
        sums_sha256: Of ``SHA256SUMS`` in it.
    """

    manifest: Manifest
    sha256: str
    sums_sha256: str


def write_pack(screened: Screened, out: Path, extra: Sequence[Extra] = ()) -> Pack:
    """Write the pack of a run.

    Args:
        screened: The run, as `read_screened` gave it.
        out: The archive; one that is there is replaced.
        extra: Further files.

    Raises:
        InputError: A file of the run is not what it was when it was read.
        UsageError: A further file has a place that it may not have.
        OutputError: The archive cannot be written.
    """
    _check_places(extra)
    with whole_file(out) as staged:
        with zipfile.ZipFile(staged, "w") as archive:
            manifest, sums_sha256 = _Packing(archive, screened).write(extra)
        digest = _hash_of(staged)
    return Pack(manifest, digest, sums_sha256)


def _check_places(extra: Sequence[Extra]) -> None:
    seen: set[str] = set()
    for one in extra:
        path = PurePosixPath(one.path)
        # A line of SHA256SUMS is a line, and a place is the same place on every system.
        plain = one.path.isprintable() and not set(one.path) & set("\\:")
        inside = len(path.parts) > 1 and path.parts[0] not in {"run", "facts"} | _OURS
        if (
            not plain
            or path.is_absolute()
            or ".." in path.parts
            or str(path) != one.path
            or not inside
            or one.path in seen
        ):
            raise UsageError(
                f'"{one.path}" is no place for a further file',
                remedy="give each a place in a folder of its own",
            )
        seen.add(one.path)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Packing:
    def __init__(self, archive: zipfile.ZipFile, screened: Screened) -> None:
        self.archive, self.screened = archive, screened
        self.files: list[PackedFile] = []

    def write(self, extra: Sequence[Extra]) -> tuple[Manifest, str]:
        """Everything, in the order of places within each part."""
        screened = self.screened
        self._run()
        clauses = clauses_relied_on(screened)
        sources = (*cited_measures([one["directive"] for one in clauses]), *evidence_sources(screened))
        told: dict[str, tuple[Any, str]] = {
            "facts/clauses.json": (clauses, "the clauses relied on, with their text and where it stands"),
            "facts/sources.json": (
                [one.model_dump(mode="json") for one in sources],
                "the sources of measures and of evidence",
            ),
        }
        for path, (value, what) in told.items():
            self._add(path, json_text(value).encode(), what)
        for one in sorted(extra, key=lambda one: one.path):
            self._add(one.path, one.content, one.what)
        steps = (f"{at}. {one}" for at, one in enumerate(HOW, 1))
        named = (f"{name}: {value}" for name, value in hashes(screened.rests_on()))
        how = "\n".join(
            (DRAFT, "", "How to check this pack", "", *steps, "", "What it rests on", "", *named, "")
        )
        self._add("VERIFY.txt", how.encode(), "how to check this pack")
        left_out = verify_run(screened.folder).added
        page = index(screened, sorted(self.files, key=lambda one: one.path), clauses, sources, left_out)
        self._add("index.html", as_page(page), "the first page")
        self._add("index.json", as_json(page), "the first page as data")
        manifest = Manifest(
            on=screened.on,
            rests_on=screened.rests_on(),
            files=tuple(sorted(self.files, key=lambda one: one.path)),
            left_out=left_out,
        )
        text = json_text(manifest.model_dump(mode="json", by_alias=True)).encode()
        listed = sums(manifest.files, hashlib.sha256(text).hexdigest())
        self._put("manifest.json", text)
        self._put("SHA256SUMS", listed)
        return manifest, hashlib.sha256(listed).hexdigest()

    def _run(self) -> None:
        """The files of the run: each must be what ``run.json`` says while it is packed, not only before."""
        wanted = dict(self.screened.run.record["outputs"]) | {"run.json": self.screened.run.sha256}
        for name in sorted(wanted):
            packed = self._add(f"run/{name}", self.screened.folder / name, _WHAT.get(name, "part of the run"))
            if packed.sha256 != wanted[name]:
                raise InputError(
                    f"{name} was changed while it was packed",
                    where=str(self.screened.folder),
                    remedy="pack again when nobody writes there",
                )

    def _add(self, path: str, content: bytes | Path, what: str) -> PackedFile:
        sha256, size = self._put(path, content)
        self.files.append(PackedFile(path=path, sha256=sha256, bytes=size, what=what))
        return self.files[-1]

    def _put(self, path: str, content: bytes | Path) -> tuple[str, int]:
        info = zipfile.ZipInfo(path, _TIME)
        packed = PurePosixPath(path).suffix in _PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as target:

            def take(part: bytes) -> None:
                nonlocal size
                digest.update(part)
                size += len(part)
                target.write(part)

            _give(content, take)
        return digest.hexdigest(), size


def _give(content: bytes | Path, take: Callable[[bytes], None]) -> None:
    if isinstance(content, bytes):
        take(content)
        return
    try:
        with content.open("rb") as file:
            while part := file.read(_AT_ONCE):
                take(part)
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(content)) from None
