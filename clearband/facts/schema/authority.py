"""``authority.yaml``: who decides on an approved list, with which keys, and by how many."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text

_ED25519: Final = re.compile(r"[0-9a-f]{64}")
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class DeciderFact(Fact):
    """A key of a decider, which is an office or an organisation, never a person; it may have several."""

    id: Slug
    keyid: Hash
    scheme: Literal["ed25519", "ecdsa-sha2-nistp256"] = "ed25519"
    public: Annotated[str, StringConstraints(min_length=64, max_length=400)] = Field(
        description="The public key: hexadecimal for ed25519, PEM for ECDSA."
    )
    since: FullDate
    until: FullDate | None = Field(None, description="Last day on which the key decides.")

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if self.scheme == "ed25519" and not _ED25519.fullmatch(self.public):
            raise ValueError(f"{self.id}: an ed25519 key is 64 small hexadecimal digits")
        if self.scheme != "ed25519" and "-----BEGIN PUBLIC KEY-----" not in self.public:
            raise ValueError(f"{self.id}: an ECDSA key is PEM text (BEGIN PUBLIC KEY)")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"{self.id}: the key's last day lies before its first")
        return self


def _material(one: DeciderFact) -> str:
    """The key itself, however its text is broken into lines: one written in two ways is one key."""
    if one.scheme == "ed25519":
        return one.public
    try:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

        key = load_pem_public_key(one.public.encode())
        return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint).hex()
    except (ImportError, ValueError, TypeError):
        return "".join(one.public.split())


Silence = Literal["accepted", "lapses", "listed", "refused", "dismissed", "upheld", "reminder"]
"""What silence means when a time has run out; it holds once a step has recorded it."""


class ClockFact(Fact):
    """How long a case or an appeal may wait, and what silence after that means."""

    case: Literal["submitted", "incomplete", "accepted", "assessing", "proposed", "appeal"]
    days: int = Field(ge=1, le=3650)
    silence: Silence = "reminder"


class AuthorityFile(Fact):
    """An authority and its deciders."""

    id: Slug
    title: Text
    profile: Slug | None = Field(None, description="Profile of criteria that it assesses with.")
    quorum: int = Field(ge=2, le=50, description="Least number of deciders' signatures; four eyes at least.")
    reply_days: int = Field(30, ge=0, le=365, description="Days that a maker has to reply to a proposal.")
    grants: Slug | None = Field(
        None, description="Approval, of the vocabulary of law, that is held by what may be bought under it."
    )
    clocks: Annotated[tuple[ClockFact, ...], Field(max_length=20)] = ()
    deciders: Annotated[tuple[DeciderFact, ...], Field(min_length=2, max_length=200)]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        keyids = [one.keyid for one in self.deciders]
        if len(set(keyids)) < len(keyids) or len({_material(one) for one in self.deciders}) < len(keyids):
            raise ValueError("a key stands twice; each decider has keys of its own")
        cases = [one.case for one in self.clocks]
        if len(set(cases)) < len(cases):
            raise ValueError("clocks: a case has two clocks")
        if len({one.id for one in self.deciders}) < self.quorum:
            raise ValueError("there are fewer deciders than the quorum")
        return self
