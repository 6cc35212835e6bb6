"""A draft directive beside the law: the law without it, the law as if it were adopted, and whom it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from clearband.directives.directive_files import DirectiveSource, read_own
from clearband.directives.law import Law, law_of
from clearband.directives.makers import Maker
from clearband.directives.timeline import Span, timeline
from clearband.directives.truth import FALSE, TRUE
from clearband.errors import UsageError
from clearband.facts.store import compiled
from clearband.impact.form import ClauseTold, DraftTold, MakerTold
from clearband.model.directive import Effect, Limb
from clearband.register import Register


@dataclass(frozen=True)
class DraftInUse:
    """A draft, read and checked.

    Attributes:
        alone: The law as it is; the draft is asked beside it.
        adopted: The law as it would be.
        own: The user's other directive files.
    """

    source: DirectiveSource
    alone: Law
    adopted: Law
    register: Register
    own: tuple[DirectiveSource, ...]

    @property
    def raw(self) -> dict[str, Any]:
        """The file as compiled."""
        return self.source.raw

    @property
    def id(self) -> str:
        """Of the measure."""
        return str(self.raw["id"])

    @cached_property
    def limbs(self) -> tuple[Limb, ...]:
        """The parts of its own clauses."""
        return tuple(limb for limb in self.adopted.limbs if limb.directive == self.id)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """When its clauses hold; none for those of which no day is settled."""
        # The day asks nothing here: stretches of clauses hang on no day.
        rows = timeline(self.adopted, self.register, date.min.replace(year=2000), directives=[self.id]).rows
        return rows[0].spans if rows else ()

    def day_of_all(self, today: date) -> date:
        """The first day, from today on, on which all of it has begun."""
        return max([today, *(span.begins for span in self.spans if span.begins is not None)])

    def meant(self, orgs: Iterable[str], on: date) -> dict[str, bool]:
        """Organisations whose products it prohibits by who made them: True for certain, False where open."""
        rules = [limb.makers for limb in self.limbs if limb.effect is Effect.PROHIBITS and limb.makers]
        found = {}
        for org in orgs:
            maker = Maker(org, "identified", self.register, on, None)
            truth = max((maker.match(rule).truth for rule in rules), default=FALSE)
            if truth != FALSE:
                found[org] = truth == TRUE
        return found

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Organisations that its prohibitions name."""
        limbs = (limb for limb in self.limbs if limb.effect is Effect.PROHIBITS)
        every = (named.org for limb in limbs for rule in limb.makers for named in rule.named)
        return tuple(dict.fromkeys(every))

    def name(self, org: str) -> str:
        """Of an organisation, as the register has it."""
        held = self.register.organisations.get(org)
        return held.name if held else org

    def told(self, on: date) -> DraftTold:
        """It, in the published form."""
        held = [org for org in self.named if org in self.register.organisations]
        meant = self.meant(held, on) | {org: True for org in self.named if org not in held}
        spans: dict[str, Span] = {}
        for span in self.spans:
            spans.setdefault(span.label, span)
        return DraftTold(
            id=self.id,
            title=self.raw["title"],
            short_title=self.raw["short_title"],
            issuer=self.raw["issuer"],
            jurisdiction=self.raw["jurisdiction"],
            file=self.source.record["file"],
            sha256=self.source.sha256,
            clauses=tuple(_clause(one, spans.get(one["id"])) for one in self.raw.get("clauses", ())),
            makers=tuple(
                MakerTold(id=org, name=self.name(org), meant="yes" if sure else "open")
                for org, sure in meant.items()
            ),
            sources=("draft",),
            verified=self.raw["verified"],
        )


def _clause(raw: dict[str, Any], span: Span | None) -> ClauseTold:
    return ClauseTold(
        clause=raw["id"],
        cite=raw.get("cite") or raw["id"],
        effect=raw["effect"],
        says=raw.get("says"),
        actors=tuple(raw.get("actors", ())),
        actions=tuple(raw.get("actions", ())),
        begins=span.begins if span else None,
        ends=span.ends if span else None,
    )


def read_draft(path: Path, facts: Sequence[Path], register: Register) -> DraftInUse:
    """A draft from its file, whatever ``status`` it has.

    Args:
        facts: Other directive files of the user's own: they are law here, or drafts as they say.

    Raises:
        FactsError: A file cannot be used; names file, line and remedy.
        InputError: A file does not exist.
        UsageError: A folder is named, or a file of the packaged law.
    """
    if path.is_dir():
        raise UsageError("is a folder", where=str(path), remedy="name the file of one draft")
    held = compiled()
    files = read_own([path, *facts], held, register)
    drafts = [file for file in files if file.name == str(path)]
    if not drafts:
        raise UsageError("is law already", where=str(path), remedy="name the file of a draft")
    draft = drafts[0]
    others = [file for file in files if file is not draft]
    raws = [file.raw for file in others]
    return DraftInUse(
        draft,
        law_of(held, [*raws, {**draft.raw, "status": "draft"}]),
        law_of(held, [*raws, {**draft.raw, "status": "law"}]),
        register,
        tuple(others),
    )
