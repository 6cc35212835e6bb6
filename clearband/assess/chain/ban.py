"""What is banned, as it is written on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from clearband.assess.chain.plain import plain_text
from clearband.errors import UsageError
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import nearest_or
from clearband.register import Register

BanKind = Literal["supplier", "country", "part", "certificate", "laboratory"]
MOST_BANS: Final = 100


@dataclass(frozen=True, slots=True)
class Ban:
    """What is banned: an organisation of the register with all it controls, a country with its makers, a part
    number, a certificate, a laboratory with all its certificates.
    """

    kind: BanKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


def read_bans(words: tuple[str, ...], register: Register) -> list[Ban]:
    """Bans as written, each once.

    Raises:
        UsageError: As of `read_ban`, or there are too many.
    """
    if len(words) > MOST_BANS:
        raise UsageError(f"{len(words)} bans, of at most {MOST_BANS}", where="--ban")
    return list(dict.fromkeys(read_ban(word, register) for word in words))


def read_ban(word: str, register: Register) -> Ban:
    """A ban as written: ``supplier:huawei``, ``country:CN``, ``part:Hi1822``, ``laboratory:Lab One``.

    Raises:
        UsageError: Another kind, an organisation that the register does not know, no country code, or a
            number or name without a letter or digit.
    """
    kind, _, value = word.partition(":")
    value = value.strip()
    if kind not in get_args(BanKind) or plain_text(value) is None:
        remedy = "write supplier:ID, country:CODE, part:NUMBER, certificate:ID or laboratory:NAME"
        raise UsageError(f'"{word}" is no ban', where="--ban", remedy=remedy)
    if kind == "supplier" and value not in register.organisations:
        near = nearest_or(value, register.organisations, "`clearband who NAME` shows its id")
        raise UsageError(f'"{value}" is no organisation of the register', where="--ban", remedy=near)
    if kind == "country":
        value = value.upper()
        if value not in country_codes():
            remedy = "write two letters, such as CN (ISO 3166-1 alpha-2)"
            raise UsageError(f'"{value}" is no country code', where="--ban", remedy=remedy)
    return Ban(cast(BanKind, kind), value)
