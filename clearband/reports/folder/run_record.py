"""``run.json``: what a run rested on and what it gave, so that it can be repeated and checked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from clearband import __version__
from clearband.errors import UsageError

RUN_SCHEMA: Final = "https://clearband.dev/schema/run-1.json"
_INPUT_KEYS: Final = ("file", "format", "sha256", "bytes")


def run_record(
    run: Mapping[str, Any], outputs: Mapping[str, str], created: datetime | None
) -> dict[str, Any]:
    """The content of ``run.json``.

    Args:
        run: ``Screening.run``.
        outputs: File name to SHA-256 of every other file of the folder.
        created: When the run was made; None leaves it out, and ``SOURCE_DATE_EPOCH`` overrides it, so that
            the same input gives the same bytes.
    """
    time = created_time(created)
    return {
        "schema": RUN_SCHEMA,
        "clearband": run.get("clearband", __version__),
        "facts_sha256": run.get("facts_sha256"),
        **({"own_facts": run["own_facts"]} if run.get("own_facts") else {}),
        **({"enterprise_numbers": run["enterprise_numbers"]} if run.get("enterprise_numbers") else {}),
        **({"approved": run["approved"]} if run.get("approved") else {}),
        **({"again": run["again"]} if run.get("again") else {}),
        **({"created": time} if time else {}),
        # Folders are left out: where a file lay says nothing of the run and much of the machine.
        "inputs": [
            {key: entry[key] for key in _INPUT_KEYS if key in entry} for entry in run.get("inputs", ())
        ],
        "settings": run.get("settings", {}),
        "outputs": dict(sorted(outputs.items())),
    }


def created_time(created: datetime | None) -> str | None:
    """The time of a run in UTC to the second, honouring ``SOURCE_DATE_EPOCH`` (reproducible-builds.org).

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            created = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH={epoch[:40]} is not a number of seconds since 1970",
                remedy="unset or correct it",
            ) from None
    return created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if created else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
