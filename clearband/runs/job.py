"""What a run in parts is to do, and what it is known by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from clearband import __version__
from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.facts.store import content_hash
from clearband.register import Register
from clearband.screening.settings import Settings
from clearband.sources.stream import Dataset, PartsFile
from clearband.sources.stream.partitions import PartitionedFile
from clearband.sources.stream.sizes import Sizes

if TYPE_CHECKING:
    from clearband.runs.again import Earlier

RUN_IN_PARTS: Final = "https://clearband.dev/schema/run-in-parts-1.json"
Columns = Literal["all", "ids"]


@dataclass(frozen=True)
class Job:
    """What is to be done.

    Attributes:
        dataset: The inventory.
        settings: Who asks, on which dates, and what the equipment is for.
        columns: Whether parts have all columns of the input, or only the one that names the records.
        sizes: Of chunks; a part is a chunk.
        again: An earlier run, whose parts are taken over where they still hold, and that is compared.
    """

    dataset: Dataset
    settings: Settings
    register: Register
    law: Law
    columns: Columns = "all"
    sizes: Sizes = Sizes()  # noqa: RUF009
    again: Earlier | None = None

    def description(self) -> dict[str, Any]:
        """What must be the same for a run to go on, as plain JSON values."""
        again = {} if self.again is None else {"again": self.again.run.as_json()}
        return {
            "schema": RUN_IN_PARTS,
            "clearband": __version__,
            "facts_sha256": content_hash(),
            "own_facts": list(self.settings.own_facts),
            "enterprise_numbers": self.settings.enterprise_numbers,
            "settings": {**self.settings.as_json(), "reading": self.settings.reading},
            "columns": self.columns,
            "chunk_rows": self.sizes.rows,
            "chunk_bytes": self.sizes.bytes,
            "inputs": [
                {"file": file.label, "format": file.format, **_stamp(file.path)}
                for file in self.dataset.files
            ],
            **again,
        }

    @cached_property
    def standings(self) -> Standings:
        """How makers stand to the law, for all that the run asks of it."""
        return Standings(self.settings.questions, self.law, self.register)

    @property
    def of_parts(self) -> bool:
        """Whether the records are those of the earlier run's parts."""
        return isinstance(self.dataset.files[0], PartsFile)

    @property
    def id_column(self) -> str | None:
        """Name of the input's column of ids."""
        at = self.dataset.layout.columns.fields.get("record_id")
        return None if at is None else self.dataset.text_columns[at]

    @property
    def kept(self) -> tuple[str, ...]:
        """Columns of the input that parts have."""
        if self.columns == "all":
            return self.dataset.columns
        return (self.id_column,) if self.id_column else ()


def _stamp(path: Path) -> dict[str, int]:
    found = path.stat()
    return {"bytes": found.st_size, "changed_ns": found.st_mtime_ns}


def hashes_of(dataset: Dataset) -> list[dict[str, Any]]:
    """What a record of a run says of each input: ``file``, ``format``, ``sha256``, ``bytes``."""
    return [
        {
            "file": file.label,
            "format": file.format,
            "sha256": sha256_of(file.path),
            "bytes": file.path.stat().st_size,
            # What the names of folders say is content, too: the same file elsewhere says something else.
            **({"of_path": dict(file.values)} if isinstance(file, PartitionedFile) else {}),
        }
        for file in dataset.files
    ]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
