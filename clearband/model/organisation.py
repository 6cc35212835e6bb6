"""Organisations and what is known of them: names, identifiers, ownership, designations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal[
    "controlled",
    "affiliate",
    "minority",
    "joint-venture",
    "state-holding",
    "alleged",
    "brand",
    "manufacturing",
]
"""What an ownership link says: majority or sole owner; named affiliate; shareholder without known majority;
joint venture; holding by a state body; relation only alleged; brand of; factory named in a filing."""

ReadIn = Literal["anywhere", "user-agent"]
"""Where a scheme of model numbers is looked for."""

Relation = Literal["self", "controlled", "affiliate", "parent", "minority", "alleged", "former"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an organisation.

    Attributes:
        text: The name as written.
        kind: legal, brand, product-brand, native, spelling, former-name, acquired …
        lang: BCP 47 tag of the script, where told.
        ambiguous: Other organisations are called so too: never enough alone.
        until: Last date (ISO, as exact as known) on which the name was this organisation's.
    """

    text: str
    kind: str
    verified: bool
    source: str | None = None
    lang: str | None = None
    ambiguous: bool = False
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ControlLink:
    """``owner`` holds ``owned``, in the way ``kind`` says, between two dates.

    Attributes:
        share_pct: Share as text, in per cent, where known: ``48``, ``>50``, ``<10`` or ``20-30``.
        begins: First date, ISO, as exact as known; None when not known.
        ends: Last date; None while it lasts or is not known to have ended.
        known_from: Date on which it became known, where it differs from its first.
        end_known_from: Date on which its end became known, where it differs from the end.
        share_verified: Whether the share, too, was read in a source.
    """

    owner: str
    owned: str
    kind: LinkKind
    relation: str
    verified: bool
    source: str | None = None
    share_pct: str | None = None
    begins: str | None = None
    ends: str | None = None
    known_from: str | None = None
    note: str | None = None
    end_known_from: str | None = None
    share_verified: bool = True


@dataclass(frozen=True, slots=True)
class ControlPath:
    """How a maker stands to another organisation on a date.

    Attributes:
        target: The other organisation.
        relation: ``self``; ``controlled`` by it; an ``affiliate``; its ``parent``; ``minority``-held or a
            joint venture; only ``alleged``; ``former`` when it ended before the date.
        links: The path, from the maker's end.
        verified: Whether every link was read in a named source.
    """

    target: str
    relation: Relation
    links: tuple[ControlLink, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Designation:
    """An organisation's place on a list.

    Attributes:
        list_id: The list: ``fcc-covered-list``, ``ndaa-889``, ``bis-entity-list``, ``ndaa-1260h`` …
        begins: First day on the list, ISO, where known.
        ends: Day of removal, where known.
        editions: Dates of the editions in which the name was read.
    """

    list_id: str
    name_on_list: str
    verified: bool
    source: str
    begins: str | None = None
    ends: str | None = None
    editions: tuple[str, ...] = ()
    scope: str | None = None
    listed_under: str | None = None


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """A pattern of model numbers of one maker.

    Attributes:
        pattern: Regular expression, matched without regard to case on the trimmed model text with the vendor
            word removed.
        kind: Product kind as in the facts.
        category: Equipment category id it implies, where it implies one.
        distinctive: Whether the pattern alone tells the maker; otherwise a second cue is needed.
        yields: The mere shape of numbers, given up where a distinctive pattern of another maker is met.
        read_in: ``user-agent`` where it means the device in a browser's user agent only.
        counter_example: Somebody else's number that comes close and does not meet it.
        sure_as: Category under which the inventory has to hold the number for it to tell the maker alone.
    """

    pattern: str
    kind: str
    family: str
    distinctive: bool
    verified: bool
    source: str | None = None
    category: str | None = None
    example: str | None = None
    note: str | None = None
    yields: bool = False
    read_in: ReadIn = "anywhere"
    counter_example: str | None = None
    sure_as: str | None = None


@dataclass(frozen=True, slots=True)
class WhiteLabel:
    """A brand that sells this organisation's hardware under its own name.

    ``products`` are the kinds of products that it sells so; none means all that the organisation makes.
    """

    brand: str
    relation: str
    verified: bool
    source: str
    brand_id: str | None = None
    as_of: str | None = None
    note: str | None = None
    confidence: str | None = None
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the register.

    Attributes:
        group: covered | affiliate | listed | divested | watch | white-label-brand | negative | owner. A
            ``negative`` is on no prohibition list that was read, which does not mean safe.
        country: ISO 3166-1 alpha-2 or None.
        makes: Product kinds.
        sells_for: The maker of the hardware that bears this name, where this is only a sales company.
    """

    id: str
    name: str
    group: str
    country: str | None
    country_verified: bool
    makes: tuple[str, ...]
    legal_names: tuple[str, ...]
    aliases: tuple[Alias, ...]
    oui_names: tuple[str, ...]
    designations: tuple[Designation, ...]
    model_families: tuple[ModelFamily, ...]
    white_label: tuple[WhiteLabel, ...]
    notes: tuple[str, ...]
    sells_for: str | None = None
