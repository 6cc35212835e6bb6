"""``organisations/*.yaml`` (one corporate group a file), ``lookalikes.yaml`` and the trap files."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from clearband.facts.schema.base import Fact, FactDate, Slug, Sourced, Text
from clearband.model.organisation import LinkKind, ReadIn

Group = Literal[
    "covered", "affiliate", "listed", "divested", "watch", "white-label-brand", "negative", "owner"
]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return pattern


Pattern = Annotated[Text, AfterValidator(_compiles)]
"""A regular expression, met without regard to case at the start of the text."""


class AliasFact(Sourced):
    """A name by which the organisation is known."""

    text: Text
    kind: Slug
    lang: Text | None = None
    ambiguous: bool = False
    to: FactDate | None = None
    note: Text | None = None


Share = Annotated[
    str, StringConstraints(pattern=r"^([<>] ?)?\d{1,3}(\.\d+)?$|^\d{1,3}(\.\d+)?-\d{1,3}(\.\d+)?$")
]
"""A share in per cent: ``48``, ``>50`` (more than), ``<10`` (less than) or ``20-30``."""


class OwnershipFact(Sourced):
    """Who holds this organisation, how, from when to when, and since when that is known.

    ``known_from`` is the day on which the holding became known (default: its first day), ``end_known_from``
    that on which its end did (default: the end). ``share_verified: false`` marks a share that was not read in
    a source although the holding was.
    """

    owner: Slug
    kind: LinkKind
    relation: Text
    share_pct: Share | None = None
    share_verified: bool = True
    from_: FactDate | None = Field(default=None, alias="from")
    to: FactDate | None = None
    known_from: FactDate | None = None
    end_known_from: FactDate | None = None
    note: Text | None = None


class DesignationFact(Sourced):
    """A place on a list, with the dates known."""

    list: Slug
    name_on_list: Text
    from_: FactDate | None = Field(default=None, alias="from")
    to: FactDate | None = None
    act_of: FactDate | None = None
    effective: FactDate | None = None
    editions: tuple[FactDate, ...] = ()
    removed_or_superseded: tuple[FactDate, ...] = ()
    federal_register: tuple[Text, ...] = ()
    listed_under: Text | None = None
    scope: Text | None = None
    note: Text | None = None


class EnterpriseNumberFact(Fact):
    """A private enterprise number as IANA registers it."""

    registered_name: Text
    formerly: Text | None = None


class OidPrefixFact(Sourced):
    """A sysObjectID prefix and what it means; with ``second_cue`` it needs another signal beside it."""

    prefix: Text
    means: Text
    caution: Text | None = None
    second_cue: bool = False


class ModelFamilyFact(Sourced):
    """A pattern of model numbers."""

    pattern: Pattern
    kind: Slug
    family: Text
    distinctive: bool = Field(
        description="Whether such a number alone tells the maker; false where others use such numbers."
    )
    yields: bool = Field(
        False,
        description="A mere shape: given up where a distinctive pattern of another maker is met.",
    )
    read_in: ReadIn = Field(
        "anywhere",
        description="user-agent: a name or number that means the device in a browser's user agent only.",
    )
    sure_as: Slug | None = Field(
        None,
        description="Where the inventory calls the thing this category, such a number tells the maker.",
    )
    category: Slug | None = None
    example: Text | None = Field(None, description="A number that meets the pattern; held by a test.")
    counter_example: Text | None = Field(
        None, description="A number of somebody else that comes close and must not meet it; held by a test."
    )
    note: Text | None = None


class OuiNameFact(Fact):
    """A name under which IEEE registered address blocks."""

    name: Text
    blocks: int


class GranteeCodeFact(Sourced):
    """An FCC grantee code."""

    code: Text
    registrant: Text
    example_fcc_id: Text | None = None


class WhiteLabelFact(Sourced):
    """A brand that sells this organisation's hardware."""

    brand: Text
    relation: Text
    as_of: Text | None = None
    brand_id: Slug | None = None
    products: tuple[Slug, ...] = Field(
        (), description="Kinds of products that the brand is said to sell of it; none: all that it makes."
    )
    confidence: Text | None = None
    note: Text | None = None


class SellsForFact(Sourced):
    """The maker of the hardware that bears a sales company's name."""

    maker: Slug


class OrganisationFact(Fact):
    """One organisation, with all that is known of it."""

    id: Slug
    name: Text
    group: Group
    legal_names: tuple[Text, ...]
    aliases: tuple[AliasFact, ...] = ()
    country: Text | None = None
    country_verified: bool = False
    country_source: Text | None = None
    country_note: Text | None = None
    hq: Text | None = None
    makes: tuple[Slug, ...] = ()
    sells_for: SellsForFact | None = None
    ownership: tuple[OwnershipFact, ...] = ()
    designations: tuple[DesignationFact, ...] = ()
    iana_pens: dict[str, EnterpriseNumberFact] = Field(default_factory=dict)
    sysobjectid_prefixes: tuple[OidPrefixFact, ...] = ()
    oui_org_names: tuple[OuiNameFact, ...] = ()
    fcc_grantee_codes: tuple[GranteeCodeFact, ...] = ()
    model_families: tuple[ModelFamilyFact, ...] = ()
    white_label: tuple[WhiteLabelFact, ...] = ()
    notes: tuple[Text, ...] = ()


class OrganisationsFile(Fact):
    """One corporate group."""

    title: Text
    organisations: tuple[OrganisationFact, ...]


class LookalikeFact(Sourced):
    """A name that resembles a listed organisation's and is somebody else's."""

    name: Text
    resembles: tuple[Slug, ...]
    why_different: Text
    kind: Slug
    registry: Text | None = None
    blocks: int | None = None
    pen: Text | None = None


class LookalikesFile(Fact):
    """All look-alikes."""

    lookalikes: tuple[LookalikeFact, ...]


class TextTrapFact(Sourced):
    """A phrase in which a maker's name is no evidence."""

    phrase: Text
    resembles: tuple[Slug, ...]
    why_different: Text
    example: Text
    kind: Slug


class TextTrapsFile(Fact):
    """All phrases."""

    text_traps: tuple[TextTrapFact, ...]


class TrappedRecordFact(Fact):
    """What an inventory holds of a device that bears such an identifier."""

    manufacturer: Text | None = None
    model: Text | None = None
    part_number: Text | None = None
    category: Text | None = None
    mac: Text | None = None
    sys_object_id: Text | None = None
    sys_descr: Text | None = None
    http_server: Text | None = None


class TrapCaseFact(Fact):
    """A device and who is to be found: a case that the tests run."""

    given: TrappedRecordFact
    maker: Slug | None = Field(description="The maker that is told; null where none may be.")
    brand: Text | None = Field(None, description="The name on the box, where the case asks for it.")


class IdentifierTrapFact(Sourced):
    """An identifier that points to the wrong maker.

    For an SNMP identifier ``speaks_for`` holds the organisations that may have made what answers so (none: it
    tells nothing), ``seldom`` those that may have in rarer cases, and ``brand`` the name on such a box; with
    ``second_cue`` it is a hint that another signal has to confirm.
    """

    identifier: Text
    looks_like: Slug | None = None
    really: Text
    rule: Text
    speaks_for: tuple[Slug, ...] = ()
    seldom: tuple[Slug, ...] = ()
    brand: Text | None = None
    second_cue: bool = False
    cases: tuple[TrapCaseFact, ...] = ()


class IdentifierTrapsFile(Fact):
    """All such identifiers."""

    identifier_traps: tuple[IdentifierTrapFact, ...]
