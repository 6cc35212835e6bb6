"""The form of one directive file: what is known of a measure, and the clauses that the evaluator reads.

The facts (title, timeline, sources, what is unverified) stand in the file as they were found. ``entries`` and
``clauses`` say the same law in machine-read form; ``cases`` are its examples, which the tests run. The
language is explained for lawyers in ``docs/directives.md``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FactDate, Slug, Text

FullDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
EventName = Literal[
    "proposed", "expected", "signed", "published", "effective", "extended", "amended", "stayed", "delayed",
    "vacated", "expired", "compliance-deadline", "superseded",
]  # fmt: skip
Answer = Literal[
    "prohibited", "not-yet", "exempt", "not-covered", "review", "advised-against", "unidentified"
]  # fmt: skip
Reach = Literal["subsidiaries", "affiliates", "parents"]


class Event(Fact):
    """One dated event of a measure's life.

    ``known_from`` is the day on which the event was announced (default: its own date); ``earliest`` is given
    when sources disagree on the day: between ``earliest`` and ``date`` the answer is ``review``.
    """

    date: FactDate
    event: EventName
    known_from: FullDate | None = None
    earliest: FullDate | None = None
    verified: bool = True
    note: str | None = None


class Moment(Fact):
    """A date of a clause that is not an event of the timeline, or an event known from another day.

    ``event`` is a reference ``NAME DATE`` into the file's own timeline.
    """

    event: str | None = None
    date: FactDate | None = None
    known_from: FullDate | None = None
    verified: bool = True
    note: str | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.event is None) == (self.date is None):
            raise ValueError("a moment has either an event or a date")
        return self


When = str | Moment | tuple[str | Moment, ...]
"""``effective 2019-08-13`` (an event of the timeline), a moment, or a history: the last one known counts."""


class NamedMaker(Fact):
    """An organisation the law names, and how far the law reaches around it.

    ``unconfirmed`` reaches were not read in the law's own words: such a relation gives ``review``. ``which``
    names relatives that the law does not mean and that go by the same name: which of them it is, is asked.
    """

    org: Slug
    reach: tuple[Reach, ...] = ()
    unconfirmed: tuple[Reach, ...] = ()
    which: tuple[Reach, ...] = ()


class Criterion(Fact):
    """A test that needs a person or a list we do not hold.

    ``presumed: no`` means that without a known determination the test is not met and stands in what would
    change the answer; ``presumed: unknown`` makes it a question (``review``).
    """

    text: Text
    presumed: Literal["no", "unknown"] = "no"


class RegisterList(Fact):
    """Membership of a published list as the register keeps it (``bis-entity-list``, ``ndaa-1260h`` …)."""

    list_id: Slug = Field(alias="list")
    reach: tuple[Reach, ...] = ()


class Makers(Fact):
    """Whose products: any of the named ones, of the members of a list, or of those a criterion finds.

    ``affiliates_by`` names the definition (``control_definitions.yaml``) of who is a subsidiary or affiliate.
    """

    named: tuple[NamedMaker, ...] = ()
    member_of: RegisterList | None = None
    criterion: Criterion | None = None
    affiliates_by: Slug | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.named or self.member_of or self.criterion):
            raise ValueError("say whose products: named, member_of or criterion (without makers: anybody's)")
        return self


class Condition(Fact):
    """What an exception asks of the item: every part that is given must hold."""

    purposes: tuple[Slug, ...] = ()
    equipment: tuple[Slug, ...] = ()
    approvals: tuple[Slug, ...] = ()


class Exemption(Fact):
    """A carve-out, with its own dates.

    It helps only when it is known to hold. When it is not known, ``if_unknown: ignore`` leaves the
    prohibition and says what would change it; ``if_unknown: review`` makes it the question.
    """

    id: Slug
    text: Text
    cite: str | None = None
    when: Condition
    actions: tuple[Slug, ...] = ()
    from_: When | None = Field(default=None, alias="from")
    until: When | None = None
    through: When | None = None
    if_unknown: Literal["ignore", "review"] = "ignore"
    question: str | None = None


class Scope(Fact):
    """The conditions on the thing itself, shared by entries and clauses."""

    makers: Makers | None = None
    equipment: tuple[Slug, ...] = ()
    purposes: tuple[Slug, ...] = ()
    made_in: str | tuple[str, ...] | None = None
    component_test: str | None = None


class Entry(Scope):
    """One line of a list or definition that clauses refer to with ``covers``.

    ``see`` takes over the entries of another measure. ``added`` is the day the line was put on the list.
    """

    id: Slug
    says: str | None = None
    see: Slug | None = None
    added: FactDate | None = None
    known_from: FullDate | None = None
    exceptions: tuple[Exemption, ...] = ()
    would_change: tuple[str, ...] = ()


class Clause(Scope):
    """One prohibition, duty, permission or piece of advice.

    ``covers`` names a measure whose entries say what is caught (its own id included); conditions of the
    clause narrow them. ``relaxes`` makes a licence an exception to every prohibition of that measure.
    ``delay_days`` starts the clause that long after an entry was added. ``asks`` is a condition only a
    person can answer. ``new_equipment`` names actions that in this clause speak of equipment that is new on
    the day, beside those that always do (vocabulary). ``ask_only_when_named`` says why the clause is asked
    only of an actor that was named: it would make an open question of every item. ``dealings`` marks a
    clause about dealing with the named ones themselves: whose hardware a brand sells is then no question.
    """

    id: Slug
    cite: Text
    effect: Literal["prohibits", "advises", "enables", "requires", "licenses"]
    says: Text
    actors: tuple[Slug, ...]
    actions: tuple[Slug, ...]
    covers: Slug | None = None
    added_through: FullDate | None = None
    delay_days: int = 0
    from_: When = Field(alias="from")
    until: When | None = None
    through: When | None = None
    asks: str | None = None
    new_equipment: tuple[Slug, ...] = ()
    ask_only_when_named: Text | None = None
    dealings: bool = False
    exceptions: tuple[Exemption, ...] = ()
    duties: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    relaxes: Slug | None = None
    verified: bool = True
    notes: tuple[str, ...] = ()


class Case(Fact):
    """An example of the law: a question about this measure alone, and its right answer.

    ``clause`` decides, ``date`` is the date of its event, ``exception`` holds or has run out. The answer
    ``advised-against`` means that nothing is prohibited and this measure advises against it.
    """

    on: FullDate
    known_on: FullDate | None = None
    actor: Slug
    action: Slug
    maker: str
    equipment: str | None = None
    purpose: str | None = None
    made_in: str | None = None
    holding: Slug | None = None
    obtained: FullDate | None = None
    answer: Answer
    date: FactDate | None = None
    clause: Slug | None = None
    exception: Slug | None = None
    why: str | None = None


class Target(Fact):
    """Whom or what a measure aims at, as found (not machine-read, except ``organisations`` while pending)."""

    type: Literal["named", "list", "country-rule", "criteria", "reference"]
    names: tuple[str, ...] = ()
    organisations: tuple[Slug, ...] = ()
    list_: str | None = Field(default=None, alias="list")
    id: Slug | None = None
    rule: str | None = None
    countries: tuple[str, ...] = ()
    applies_to: str | None = None
    reach: str | None = None
    equipment: str | None = None
    purpose_limit: str | tuple[str, ...] | None = None
    note: str | None = None


class FactScope(Fact):
    """What a measure reaches, as found."""

    equipment: tuple[str, ...] = ()
    note: str | None = None
    purpose_limit: tuple[str, ...] = ()
    component_test: str | None = None
    capability_test: str | None = None
    flow_down: str | None = None
    definitions: dict[str, str] = Field(default_factory=dict)


class Relation(Fact):
    """How a measure stands to another."""

    type: str
    id: Slug


class Source(Fact):
    """Where something was read; ``seen: false`` marks a citation that was not opened."""

    title: Text
    citation_or_url: Text
    supports: Text
    seen: bool = True


class Edition(Fact):
    """Members of a list since an edition, or names looked for and not found."""

    since: FullDate | None = None
    names: tuple[str, ...] = ()
    not_found_on_list: tuple[str, ...] = ()
    note: str | None = None


class DirectiveFile(Fact):
    """One measure: a statute, order, rule, designation, direction, guidance or a policy of one's own.

    ``affiliates_by`` names the definition of who is a subsidiary or affiliate, for all its clauses and the
    entries they cover; where clauses of others cover its entries and name none, it holds for these, too.

    ``status: draft`` keeps it out of the law: it is evaluated beside the law, under its own name. Actors and
    actions are, where not given, those of its clauses; ``short_title`` is its title; ``evaluation`` follows
    from whether there are clauses.
    """

    id: Slug
    title: Text
    short_title: Text | None = None
    jurisdiction: str
    issuer: Text
    citation: Text
    kind: Literal[
        "statute",
        "executive-order",
        "agency-rule",
        "designation",
        "guidance",
        "ministerial-direction",
        "finding",
        "policy",
    ]
    status: Literal["law", "draft"] = "law"
    force: Literal["binding", "enabling", "non-binding"]
    timeline: tuple[Event, ...]
    actors: tuple[Slug, ...] = ()
    actions: tuple[Slug, ...] = ()
    targets: tuple[Target, ...] = ()
    scope: FactScope = FactScope()
    exceptions: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    penalties: str | None = None
    relations: tuple[Relation, ...] = ()
    disputes: tuple[str, ...] = ()
    verified: bool = True
    unverified_parts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    money_usd: dict[str, str] = Field(default_factory=dict)
    telecom_members: tuple[Edition, ...] = ()
    evaluation: Literal["clauses", "pending"] | None = None
    affiliates_by: Slug | None = None
    entries: tuple[Entry, ...] = ()
    clauses: tuple[Clause, ...] = ()
    cases: tuple[Case, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _said_by_the_clauses(cls, raw: Any) -> Any:
        """Fill in what the rest of the file says already."""
        if not isinstance(raw, dict):
            return raw
        clauses = [clause for clause in raw.get("clauses") or () if isinstance(clause, dict)]
        filled = {
            "short_title": raw.get("title"),
            "evaluation": "clauses" if clauses else "pending",
            **{
                key: list(dict.fromkeys(word for clause in clauses for word in clause.get(key) or ()))
                for key in ("actors", "actions")
            },
        }
        return {**raw, **{key: value for key, value in filled.items() if raw.get(key) is None}}

    @model_validator(mode="after")
    def _machine_form(self) -> Self:
        if (self.evaluation == "clauses") != bool(self.clauses):
            raise ValueError("evaluation is `clauses` for a file with clauses, `pending` without")
        for clause in self.clauses:
            if stray := set(clause.new_equipment) - set(clause.actions):
                raise ValueError(
                    f"clause {clause.id}: new_equipment {sorted(stray)} is not among its actions"
                )
        known = {f"{event.event} {event.date}" for event in self.timeline}
        for reference in _event_references(self):
            if reference not in known:
                raise ValueError(f'"{reference}" is no event of the timeline (write NAME DATE)')
        return self


def _event_references(file: DirectiveFile) -> list[str]:
    exceptions = [exception for clause in file.clauses for exception in clause.exceptions]
    exceptions += [exception for entry in file.entries for exception in entry.exceptions]
    dated: list[Clause | Exemption] = [*file.clauses, *exceptions]
    moments = [moment for part in dated for moment in (part.from_, part.until, part.through)]
    items = [item for moment in moments for item in (moment if isinstance(moment, tuple) else (moment,))]
    named = [item if isinstance(item, str) else item.event for item in items if item is not None]
    return [reference for reference in named if reference is not None]
