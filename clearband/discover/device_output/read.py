"""Read recordings of devices' output, from files and directories."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from clearband.discover.device_output.devices import Device
from clearband.discover.device_output.file_names import Named, read_file_name
from clearband.discover.device_output.limits import Limits
from clearband.discover.device_output.outputs import FileReader, Notes
from clearband.discover.device_output.recording import read_recording
from clearband.errors import InputError


@dataclass(frozen=True)
class Given:
    """A file to read.

    Attributes:
        path: Where it is.
        shown: How it is called in messages and records.
        named: What its name says.
    """

    path: Path
    shown: str
    named: Named


@dataclass
class DeviceOutputs:
    """What was read.

    Attributes:
        devices: In the order of the files.
        warnings: What was not read as it should be, a line each.
        unusable: Files that could not be read at all, a line each.
        parsed: Outputs that templates read, by platform.
        unparsed: Outputs of a device about itself that no template read, by platform ("?" where unknown).
        passed_over: Commands of no use here, with their number.
        files: Number of files read.
    """

    devices: list[Device] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    parsed: Counter[str] = field(default_factory=Counter)
    unparsed: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    files: int = 0


def read_device_outputs(
    inputs: Sequence[str], *, platform: str | None = None, limits: Limits | None = None
) -> DeviceOutputs:
    """Read files and directories of device output.

    Args:
        inputs: Files, or directories that are searched with all below them.
        platform: The platform of all of them, in the words of ntc-templates; None finds it.

    Raises:
        InputError: There is no file, there are too many, or none of them can be read.
    """
    bounds = limits or Limits()
    result = DeviceOutputs()
    devices: dict[str, Device] = {}
    notes = Notes(result.warnings, result.parsed, result.unparsed, result.passed_over)
    for given in _files(inputs, bounds):
        try:
            recording = read_recording(_bytes(given, bounds), given.shown, bounds)
        except InputError as error:
            result.unusable.append(error.one_line())
            continue
        if recording.cut:
            result.warnings.append(
                f"{given.shown} line {recording.cut[0]}: longer than "
                f"{bounds.max_line_characters} characters; the rest is cut off"
            )
        result.files += 1
        FileReader(given.shown, given.named, platform, bounds, notes).read(recording.lines, devices)
    result.devices = list(devices.values())
    if not result.files:
        raise InputError(
            "none of the files can be read" if result.unusable else "there are no files",
            where=" ".join(inputs),
            remedy=result.unusable[0] if result.unusable else "give recordings of device output",
        )
    return result


def _files(inputs: Sequence[str], limits: Limits) -> Iterator[Given]:
    count = 0
    for given in inputs:
        for one in _below(Path(given)):
            count += 1
            if count > limits.max_files:
                raise InputError(
                    f"more than {limits.max_files} files", where=given, remedy="give a part of them"
                )
            yield one


def _below(path: Path) -> Iterator[Given]:
    if not path.is_dir():
        if not path.exists():
            raise InputError("there is no such file", where=str(path), remedy="check the path")
        yield Given(path, path.name, read_file_name(PurePath(path.name), None))
        return
    root = path.resolve().name
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and file.is_file():
                inside = file.relative_to(path)
                yield Given(file, inside.as_posix(), read_file_name(PurePath(inside), root))


def _bytes(given: Given, limits: Limits) -> bytes:
    try:
        with given.path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=given.shown, remedy="check its permissions"
        ) from None
