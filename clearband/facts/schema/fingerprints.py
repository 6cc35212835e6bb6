"""``fingerprints/*.yaml``: rules that read what a device says of itself (sysDescr, banners, ENTITY-MIB)."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, computed_field, model_validator

from clearband.facts.schema.base import Slug, Sourced, Text
from clearband.facts.schema.fixed_words import fixed_words
from clearband.facts.schema.words import OrganisationId
from clearband.model.fingerprint import Strength

FieldName = Literal[
    "any",
    "sys-descr",
    "ent-physical",
    "firmware",
    "cli",
    "dhcp",
    "dns",
    "ftp",
    "h323",
    "http",
    "http-body",
    "http-cookie",
    "http-isapi",
    "http-path",
    "http-server",
    "http-title",
    "http-user-agent",
    "http-www-authenticate",
    "imap",
    "ldap",
    "mdns",
    "nntp",
    "ntp",
    "pjl",
    "pop3",
    "rtsp",
    "sip",
    "smb",
    "smtp",
    "ssh",
    "telnet",
    "upnp",
    "x11",
    "x509",
    "x509-issuer",
    "x509-subject",
]


class FingerprintFact(Sourced):
    """One rule: a pattern, what a match says, and texts that show it."""

    id: Slug
    fields: tuple[FieldName, ...] = Field(
        (), description="Where the text may be from; left out: as the file says. http stands for all http-…"
    )
    pattern: Text = Field(
        description="Regular expression, found anywhere in the text, capitals or not. No look-around and no "
        "back-references: the time of a search is then proportional to the text."
    )
    unless: Text | None = Field(None, description="Pattern that must not be found in the same text.")
    case: bool = Field(default=False, description="Capitals matter.")
    maker: OrganisationId | None = None
    says: Literal["nothing"] | None = Field(
        None,
        description="nothing: software that runs on anybody's box. Names inside the match are no evidence.",
    )
    brand: Text | None = Field(None, description="Name on the box, where it is not the maker's.")
    product: Text | None = Field(None, description="The product line, or the software.")
    category: Slug | None = Field(None, description="Equipment category that it implies.")
    strength: Strength = Field(
        "distinctive",
        description="distinctive: nobody else's devices write this. usual: nearly nobody's, or on relabelled "
        "boxes. weak: others' do, too; a second cue is needed. component: a part or software in the box.",
    )
    model: int | None = Field(None, ge=1, description="Number of the group with the model.")
    version: int | None = Field(None, ge=1, description="Number of the group with the software version.")
    serial: int | None = Field(None, ge=1, description="Number of the group with the serial number.")
    verified: bool = False
    examples: tuple[Text, ...] = Field(min_length=1, description="Texts that must match and give this maker.")
    counter_examples: tuple[Text, ...] = Field((), description="Texts that must not match.")
    note: Text | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def words(self) -> tuple[str, ...]:
        """One of these stands in every text that the pattern matches."""
        return fixed_words(self.pattern)

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if (self.maker is None) == (self.says is None):
            raise ValueError(
                f'"{self.id}" must say who makes it or that it says nothing; write maker or says'
            )
        groups = min(_groups(self.pattern), _groups(self.unless) if self.unless else 99)
        if groups < max(self.model or 0, self.version or 0, self.serial or 0):
            raise ValueError(
                f'"{self.pattern}" has {groups} groups; put the part in brackets, or correct the number'
            )
        if not all(word.strip() for word in self.words or ("",)):
            raise ValueError(f'"{self.pattern}" has no fixed word; write words that are in every match')
        return self


class FingerprintsFile(Sourced):
    """Rules of one field or family of fields.

    ``fields``, ``source`` and ``verified`` hold for the rules that do not say them.
    """

    title: Text
    fields: tuple[FieldName, ...] = ()
    verified: bool = False
    fingerprints: tuple[FingerprintFact, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, raw: Any) -> Any:
        """Give the rules what the file says for all of them."""
        if not isinstance(raw, dict) or not isinstance(raw.get("fingerprints"), list):
            return raw
        common = {key: raw[key] for key in ("fields", "source", "verified") if raw.get(key) is not None}
        rules = [{**common, **rule} if isinstance(rule, dict) else rule for rule in raw["fingerprints"]]
        return {**raw, "fingerprints": rules}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        seen: set[str] = set()
        for rule in self.fingerprints:
            if not rule.fields:
                raise ValueError(f'"{rule.id}" is for no field; write fields')
            if rule.id in seen:
                raise ValueError(f'"{rule.id}" stands twice; give each rule an id of its own')
            seen.add(rule.id)
        return self


def _groups(pattern: str) -> int:
    """How many groups a pattern has.

    Raises:
        ValueError: It is no regular expression of the engine that is used, which never goes back in the text.
    """
    import polars as pl
    from polars.exceptions import PolarsError

    try:
        if pl.Series([""]).str.contains(pattern).item():
            raise ValueError(f'"{pattern}" matches nothing at all, so everything; write words into it')
        found = pl.Series([""]).str.extract_groups(pattern) if "(" in pattern else None
    except PolarsError as error:
        why = str(error).partition("error: ")[2].partition("error: ")[2].partition("\n")[0] or "malformed"
        raise ValueError(f'"{pattern}" is no usable regular expression: {why}; correct it') from None
    return 0 if found is None else len(found.struct.fields)
