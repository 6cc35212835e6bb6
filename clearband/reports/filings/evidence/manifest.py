"""The manifest of an evidence pack: every file with its hash."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from clearband.facts.schema.base import Fact
from clearband.reports.filings.form import RestsOn

SCHEMA: Final = "clearband/evidence-manifest/1"


class PackedFile(Fact):
    """A file of the pack.

    Attributes:
        path: In the pack, with ``/`` between folders.
    """

    path: str
    sha256: str
    bytes: int
    what: str


class Manifest(Fact):
    """All files but the manifest itself and ``SHA256SUMS``, which holds the manifest too; sorted by path."""

    form: Literal["clearband/evidence-manifest/1"] = Field(SCHEMA, alias="schema")
    on: date = Field(description="The day that the run is about.")
    rests_on: RestsOn
    files: tuple[PackedFile, ...]
    left_out: tuple[str, ...] = Field(
        (), description="Files that lay in the folder and are no part of the run."
    )


def sums(files: tuple[PackedFile, ...], manifest_sha256: str) -> bytes:
    """``SHA256SUMS``, for ``sha256sum --check``."""
    lines = {one.path: one.sha256 for one in files} | {"manifest.json": manifest_sha256}
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(lines.items())).encode()
