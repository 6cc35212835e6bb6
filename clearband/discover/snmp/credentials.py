"""Communities and users, from files or the environment: never from the command line, shown nowhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from clearband.discover.snmp.session import Credential
from clearband.discover.snmp.usm import CIPHERS, HASHES, User
from clearband.discover.token import secret_in_file
from clearband.errors import UsageError

COMMUNITY_VARIABLE: Final = "CLEARBAND_SNMP_COMMUNITY"
USERS_VARIABLE: Final = "CLEARBAND_SNMP_USERS"
_MOST: Final = 20
_SHORTEST: Final = 8
_KEYS: Final = ("user", "auth", "auth-password", "priv", "priv-password")


@dataclass(frozen=True)
class Credentials:
    """What devices are asked with, in the order in which it is tried.

    Attributes:
        warnings: What its keeper should look at.
    """

    tried: tuple[Credential, ...] = field(repr=False)
    warnings: tuple[str, ...] = ()


def read_credentials(
    communities: Path | None, users: Path | None, environment: Mapping[str, str] = os.environ
) -> Credentials:
    """Users first, then communities, each in the order of its file.

    Args:
        communities: One a line. Without a file: `COMMUNITY_VARIABLE`.
        users: YAML. Without a file: `USERS_VARIABLE`.

    Raises:
        UsageError: There is none, or one cannot be used; the message says where, and nothing of it.
    """
    warnings: list[str] = []

    def text(file: Path | None, variable: str) -> tuple[str, str]:
        if file is None:
            return environment.get(variable, ""), variable
        content, told = secret_in_file(file, "the credentials")
        warnings.extend(told)
        return content, str(file)

    found: tuple[Credential, ...] = (
        *_users(*text(users, USERS_VARIABLE)),
        *_communities(*text(communities, COMMUNITY_VARIABLE)),
    )
    if not found:
        raise UsageError(
            "there is no community and no user",
            where=str(communities or users or f"{COMMUNITY_VARIABLE}, {USERS_VARIABLE}"),
            remedy=f"name a file by --community-file or --user-file, or set {COMMUNITY_VARIABLE}",
        )
    if len(found) > _MOST:
        raise UsageError(f"more than {_MOST} communities and users", remedy="each is tried at every address")
    return Credentials(found, tuple(warnings))


def _communities(text: str, where: str) -> tuple[bytes, ...]:
    found: dict[bytes, None] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        community = line.strip().encode("utf-8", "surrogateescape")
        if not community or community.startswith(b"# "):
            continue
        if len(community) > 255:
            raise UsageError(
                "longer than 255 bytes", where=f"{where} line {number}", remedy="one community a line"
            )
        found[community] = None
    return tuple(found)


def _users(text: str, where: str) -> tuple[User, ...]:
    if not text.strip():
        return ()
    try:
        # Texts only, so that a password like 012345678 stays what it is. Errors would quote the file.
        document: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but texts
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise UsageError("not YAML", where=f"{where}{line}", remedy=_form()) from None
    entries = document if isinstance(document, list) else [document]
    return tuple(_user(entry, f"{where} user {number}") for number, entry in enumerate(entries, start=1))


def _user(entry: Any, where: str) -> User:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise UsageError("no user", where=where, remedy=_form())
    if unknown := [key for key in entry if key not in _KEYS]:
        raise UsageError(f"{len(unknown)} keys that a user does not have", where=where, remedy=_form())
    name, auth, priv = (str(entry.get(key, "")).strip() for key in ("user", "auth", "priv"))
    auth, priv = (word.lower().replace("sha-", "sha").replace("aes-", "aes") for word in (auth, priv))
    auth = {"sha": "sha1"}.get(auth, auth)
    priv = {"aes": "aes128"}.get(priv, priv)
    if not 1 <= len(name.encode()) <= 32:
        raise UsageError("a user's name has 1 to 32 bytes", where=where, remedy=_form())
    if auth not in HASHES:
        raise UsageError("auth is none that is known", where=where, remedy=f"one of {', '.join(HASHES)}")
    if priv and priv not in CIPHERS:
        raise UsageError("priv is none that is known", where=where, remedy=f"one of {', '.join(CIPHERS)}")
    passwords = [str(entry.get(f"{kind}-password", "")).encode() for kind in ("auth", "priv")]
    for kind, password in zip(("auth", "priv"), passwords, strict=True):
        if len(password) < _SHORTEST and (kind == "auth" or priv):
            raise UsageError(f"{kind}-password has less than {_SHORTEST} bytes", where=where)
    if passwords[1] and not priv:
        raise UsageError("a priv-password without priv", where=where, remedy=f"one of {', '.join(CIPHERS)}")
    return User(name, auth, passwords[0], priv or None, passwords[1])


def _form() -> str:
    return f"write a list of users, each with the keys {', '.join(_KEYS)}"
