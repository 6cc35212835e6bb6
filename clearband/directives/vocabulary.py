"""Actors and actions: the words questions are asked in, and the nearest one to a word that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clearband.errors import UsageError


@dataclass(frozen=True, slots=True)
class Word:
    """One actor or action.

    Attributes:
        side: ``holder`` of equipment, ``supply`` side, or ``state``.
        wider: Actors: the wider classes it belongs to.
        new: Actions: whether it is done with equipment that is new on the day.
    """

    id: str
    title: str
    side: str
    jurisdiction: str = ""
    wider: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Actors and actions by id, and the phrases that mean any maker."""

    actors: dict[str, Word]
    actions: dict[str, Word]
    any_maker: frozenset[str]

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> Vocabulary:
        """Build from the compiled ``vocabulary`` part."""
        return cls(
            {
                raw["id"]: Word(
                    raw["id"], raw["title"], raw["side"], raw["jurisdiction"], tuple(raw.get("is", ()))
                )
                for raw in facts.get("actors", ())
            },
            {
                raw["id"]: Word(raw["id"], raw["title"], raw["side"], new=raw.get("new", False))
                for raw in facts.get("actions", ())
            },
            frozenset(phrase.casefold() for phrase in facts.get("any_maker_phrases", ())),
        )

    def check(self, actors: Iterable[str], actions: Iterable[str]) -> None:
        """Refuse unknown words.

        Raises:
            UsageError: Names the nearest known word.
        """
        for kind, given, known in (("actor", actors, self.actors), ("action", actions, self.actions)):
            for word in given:
                if word not in known:
                    remedy = f"{nearest(word, known)} clearband directives list --vocabulary shows all"
                    if kind == "actor":
                        remedy += "; one that a file of your own declares needs --facts"
                    raise UsageError(f'"{word}" is no {kind} the law knows', remedy=remedy.strip())

    def actor(self, written: str) -> str:
        """The actor that a word means, in any case and with spaces for hyphens.

        Raises:
            UsageError: Names the nearest known word.
        """
        found = _plain(written)
        self.check((found if found in self.actors else written,), ())
        return found

    def action(self, written: str) -> str:
        """The action that a word means, as for actors.

        Raises:
            UsageError: Names the nearest known word.
        """
        found = _plain(written)
        self.check((), (found if found in self.actions else written,))
        return found

    def as_also(self, actor: str) -> frozenset[str]:
        """An actor and every wider class it belongs to (a defence agency is a federal agency)."""
        found: set[str] = set()
        waiting = [actor]
        while waiting:
            word = waiting.pop()
            if word not in found:
                found.add(word)
                waiting.extend(self.actors[word].wider if word in self.actors else ())
        return frozenset(found)


def _plain(word: str) -> str:
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())


def nearest(word: str, known: Iterable[str]) -> str:
    """``did you mean …?`` for a word that is not known; empty when nothing is near."""
    close = difflib.get_close_matches(_plain(word), list(known), 1, 0.5)
    return f'did you mean "{close[0]}"?' if close else ""
