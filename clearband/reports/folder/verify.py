"""Check a run against the hashes in its ``run.json``: which file was changed, is missing, or was added."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearband.errors import InputError
from clearband.reports.folder.run_record import RUN_SCHEMA, sha256_of


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes:
        unchanged, changed, missing, added: File names; ``added`` are files that the run did not write.
    """

    unchanged: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether every file the run wrote is as it was. Added files do not change that."""
        return not self.changed and not self.missing

    def sentences(self) -> tuple[str, ...]:
        """The result in words, one sentence a file that is not as it was."""
        lines = [f"{name} was changed after the run" for name in self.changed]
        lines += [f"{name} is missing" for name in self.missing]
        lines += [f"{name} is not part of the run" for name in self.added]
        if self.intact:
            lines.insert(0, f"all {len(self.unchanged)} files of the run are as they were written")
        return tuple(lines)


def read_run_record(folder: Path) -> dict[str, Any]:
    """The ``run.json`` of a run.

    Raises:
        InputError: There is none, or it is not ours.
    """
    path = folder / "run.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            "holds no run.json", where=str(folder), remedy="name the folder that --out wrote"
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except ValueError:
        raise InputError("is not JSON", where=str(path), remedy="screen again") from None
    if not isinstance(record, dict) or record.get("schema") != RUN_SCHEMA:
        raise InputError("is not the record of a Clearband run of this form", where=str(path))
    outputs = record.get("outputs")
    if not isinstance(outputs, dict) or not all(
        Path(name).name == name and isinstance(sha256, str) for name, sha256 in outputs.items()
    ):
        raise InputError("outputs: is not a list of files with their hashes", where=str(path))
    return record


def verify_run(folder: Path) -> Verification:
    """Hash the files of a run again and compare.

    ``run.json`` itself is not covered: who can change a file can change the record too. Keep its hash
    elsewhere, or sign it, where that matters.

    Raises:
        InputError: The folder is no run.
    """
    outputs: dict[str, str] = read_run_record(folder)["outputs"]
    unchanged: list[str] = []
    changed: list[str] = []
    missing: list[str] = []
    for name, expected in outputs.items():
        path = folder / name
        try:
            found = sha256_of(path)
        except FileNotFoundError:
            missing.append(name)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
        else:
            (unchanged if found == expected else changed).append(name)
    added = sorted(path.name for path in folder.iterdir() if path.name not in {*outputs, "run.json"})
    return Verification(tuple(unchanged), tuple(changed), tuple(missing), tuple(added))
