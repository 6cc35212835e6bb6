"""The form of one directive file: what is known of a measure, and the clauses that the evaluator reads.

The facts (title, timeline, sources, what is unverified) stand in the file as they were found. ``entries`` and
``clauses`` say the same law in machine-read form; ``cases`` are its examples, which the tests run. The
language is explained for lawyers in ``docs/write-a-directive.md``. What a schema cannot see (references,
words, dates against each other) is checked by ``clearband.directives.crosscheck``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, Slug, Text
from clearband.facts.schema.cases import Case
from clearband.facts.schema.clauses import Clause, Entry
from clearband.facts.schema.dates import Event
from clearband.facts.schema.findings import Edition, FactScope, Relation, Source, Target
from clearband.facts.schema.own_words import OwnWords
from clearband.facts.schema.words import ActionId, ActorId, DefinitionId


class DirectiveFile(Fact):
    """One measure: a statute, order, rule, designation, direction, guidance or a policy of one's own."""

    id: Slug = Field(description="Its name, used nowhere else: small letters, digits, hyphens.")
    title: Text = Field(description="Its full title.")
    short_title: Text | None = Field(None, description="As answers call it. Left out: the title.")
    jurisdiction: str = Field(description="Whose law it is: US, UK, DE, EU, INTL …; the home of `made_in`.")
    issuer: Text = Field(description="Who issued it.")
    citation: Text = Field(description="Where it is published.")
    kind: Literal[
        "statute",
        "executive-order",
        "agency-rule",
        "designation",
        "guidance",
        "ministerial-direction",
        "finding",
        "policy",
    ] = Field(description="What it is; policy is a rule of one's own.")
    status: Literal["law", "draft"] = Field(
        "law",
        description="draft keeps it out of the law: it is evaluated beside it, under its own name, and "
        "changes no answer.",
    )
    force: Literal["binding", "enabling", "non-binding"] = Field(
        description="binding: it prohibits or requires. enabling: it gives a power. non-binding: advice."
    )
    timeline: Annotated[tuple[Event, ...], Field(min_length=1)] = Field(
        description="The dated events of its life; clauses refer to them."
    )
    actors: tuple[ActorId, ...] = Field((), description="Whom it binds. Left out: those of its clauses.")
    actions: tuple[ActionId, ...] = Field((), description="What it is about. Left out: as its clauses say.")
    targets: tuple[Target, ...] = Field((), description="Whom or what it aims at, as found.")
    scope: FactScope = Field(FactScope(), description="What it reaches, as found.")
    exceptions: tuple[str, ...] = Field((), description="Its exceptions in words; shown, not evaluated.")
    duties: tuple[str, ...] = Field((), description="Its duties in words; shown, not evaluated.")
    penalties: str | None = Field(None, description="What happens to who breaks it.")
    relations: tuple[Relation, ...] = Field((), description="How it stands to other measures.")
    disputes: tuple[str, ...] = Field((), description="What sources or courts disagree on.")
    verified: bool = Field(
        True, description="false where it rests wholly or partly on what nobody opened a source for."
    )
    unverified_parts: tuple[str, ...] = Field((), description="What exactly is not verified.")
    sources: tuple[Source, ...] = Field((), description="Where it was read.")
    money_usd: dict[str, str] = Field(default_factory=dict, description="Sums of money: what, how much.")
    telecom_members: tuple[Edition, ...] = Field((), description="Members of a list that matter here.")
    evaluation: Literal["clauses", "pending"] | None = Field(
        None,
        description="Follows from whether there are clauses. Of a measure without any (pending) the answer "
        "is review where its actors, actions, equipment and makers match while it is in force.",
    )
    affiliates_by: DefinitionId | None = Field(
        None,
        description="Whose definition of subsidiary and affiliate holds in all its clauses and the entries "
        "they cover. Where clauses of others cover its entries and name none, it holds for these, too.",
    )
    words: OwnWords | None = Field(
        None, description="Words that the vocabulary lacks, for the clauses and cases of files of one's own."
    )
    entries: tuple[Entry, ...] = Field(
        (), description="A list or definition, line by line, for this and other measures."
    )
    clauses: tuple[Clause, ...] = Field((), description="The measure in the form that is evaluated.")
    cases: tuple[Case, ...] = Field((), description="Examples; directives check asks every one.")

    @model_validator(mode="before")
    @classmethod
    def _said_by_the_clauses(cls, raw: Any) -> Any:
        """Fill in what the rest of the file says already."""
        if not isinstance(raw, dict):
            return raw
        found = raw.get("clauses")
        clauses = [clause for clause in found if isinstance(clause, dict)] if isinstance(found, list) else []
        filled = {
            "short_title": raw.get("title"),
            "evaluation": "clauses" if clauses else "pending",
            **{
                key: list(dict.fromkeys(word for clause in clauses for word in _words(clause.get(key))))
                for key in ("actors", "actions")
            },
        }
        return {**raw, **{key: value for key, value in filled.items() if raw.get(key) is None}}


def _words(value: Any) -> list[str]:
    """The words of a list that nothing has checked yet."""
    return [word for word in value if isinstance(word, str)] if isinstance(value, list | tuple) else []
