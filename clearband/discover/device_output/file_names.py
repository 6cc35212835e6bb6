"""What the name of a recording says: the device, and the command where it stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from clearband.discover.device_output.commands import OUTPUTS, WITHOUT_TEMPLATE

_ENDINGS: Final = frozenset({".txt", ".log", ".out", ".raw", ".text", ".cfg", ".output"})
_COMMAND: Final = re.compile(
    r"(?i)(?:(?P<host>.+?)[ _.\-]+)?(?P<command>(?:admin[ _-])?(?:show|display|get)[ _].+)"
)
_KNOWN: Final = {
    re.sub(r"\W+", " ", one): one for one in [*(output.command for output in OUTPUTS), *WITHOUT_TEMPLATE]
}


@dataclass(frozen=True)
class Named:
    """What a file's name says.

    Attributes:
        device: Id of the device; None where the name is a command alone and no folder names the device.
        command: In full where it is one of use here, else as it stands; None where none stands there.
        is_known: Whether the command is of use here.
    """

    device: str | None
    command: str | None
    is_known: bool = False


def read_file_name(path: PurePath, root: str | None) -> Named:
    """Read the name of a file.

    Args:
        path: Of the file, from the directory that was given; its name alone when it was given itself.
        root: Name of that directory; None when the file was given itself.
    """
    stem = path.stem if path.suffix.lower() in _ENDINGS else path.name
    folder = path.parent.as_posix() if path.parent.name else None
    found = _COMMAND.fullmatch(stem)
    if not found:
        return Named(f"{folder}/{stem}" if folder else stem, None)
    typed = re.sub(r"[\W_]+", " ", found["command"]).strip().lower()
    command = _KNOWN.get(typed)
    device = f"{folder}/{found['host']}" if folder and found["host"] else found["host"] or folder or root
    return Named(device, command or typed, command is not None)
