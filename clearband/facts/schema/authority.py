"""``authority.yaml``: who decides on an approved list, with which keys, and by how many."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text

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
    deciders: Annotated[tuple[DeciderFact, ...], Field(min_length=2, max_length=200)]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        keyids = [one.keyid for one in self.deciders]
        if len(set(keyids)) < len(keyids) or len({one.public for one in self.deciders}) < len(keyids):
            raise ValueError("a key stands twice; each decider has keys of its own")
        if len({one.id for one in self.deciders}) < self.quorum:
            raise ValueError("there are fewer deciders than the quorum")
        return self
