"""Secrets: read from the environment or a file, sent in one header, shown nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clearband.errors import UsageError

_LONGEST = 1_000
_LARGEST_FILE = 100_000


@dataclass(frozen=True)
class Token:
    """A secret; neither ``repr`` nor a message shows it.

    Args:
        secret: Printable ASCII without spaces.
        warnings: What its keeper should look at.
    """

    secret: str = field(repr=False)
    warnings: tuple[str, ...] = ()

    def hidden_in(self, text: str) -> str:
        """A text of the service's, with the secret taken out should it have repeated it."""
        for part in sorted({self.secret, *self.secret.split(".")}, key=len, reverse=True):
            if len(part) >= 8:
                text = text.replace(part, "***")
        return text


def token_from(variable: str, file: Path | None, environment: Mapping[str, str] = os.environ) -> Token:
    """The token in ``file``, or else in an environment variable.

    Raises:
        UsageError: There is none, or it is not one word of ASCII.
    """
    warnings: tuple[str, ...] = ()
    if file is None:
        where, text = variable, environment.get(variable, "")
    else:
        where = str(file)
        text, warnings = secret_in_file(file, "the token")
    secret = text.strip()
    if not secret:
        raise UsageError(
            "there is no token", where=where, remedy=f"name a file by --token-file, or set {variable}"
        )
    if len(secret) > _LONGEST or not all("!" <= letter <= "~" for letter in secret):
        raise UsageError("this is no token", where=where, remedy="it is one word of ASCII letters and digits")
    return Token(secret, warnings)


def secret_in_file(file: Path, what: str) -> tuple[str, tuple[str, ...]]:
    """What a file with secrets holds, and what its keeper should look at.

    Args:
        what: The secrets in words: ``the token``.

    Raises:
        UsageError: It cannot be read, or is larger than a file of secrets.
    """
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
                raise UsageError("is no file", where=str(file), remedy=f"name a file with {what}")
            content = opened.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(error.strerror or "cannot be read", where=str(file)) from None
    if len(content) > _LARGEST_FILE:
        raise UsageError(f"larger than {_LARGEST_FILE} bytes", where=str(file))
    warnings: tuple[str, ...] = ()
    if stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH):
        warnings = (f"{file}: other users of this machine can read {what}; chmod 600 {file}",)
    return content.decode("utf-8", "replace"), warnings
