"""What is wrong with a fact file, in words a lawyer reads: file, line, key, what, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from clearband.errors import FactsError

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
"""Keys and places in lists, from the top of the document."""
Found = tuple[Severity, Path, str, str]
"""Severity, place, what is wrong, what to do: a problem of a document that is known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        severity: An ``error`` keeps the file from being used; a ``warning`` is to be looked at.
        line: From 1; None where the file as a whole is meant.
        key: The place in the document, such as ``clauses[0].actors``; empty for the whole.
    """

    severity: Severity
    file: str
    line: int | None
    key: str
    what: str
    remedy: str

    @property
    def where(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file} line {self.line}"

    def one_line(self) -> str:
        """The whole on one line."""
        what = f"{self.key}: {self.what}" if self.key else self.what
        return " ".join(f"{self.where}: {what}{'; ' + self.remedy if self.remedy else ''}".split())


def nearest_or(word: str, known_words: Collection[str], otherwise: str) -> str:
    """A remedy: the nearest known word, else where to look."""
    near = difflib.get_close_matches(word, list(known_words), n=3, cutoff=0.6)
    return f"nearest: {', '.join(near)}" if near else otherwise


def key_of(path: Iterable[str | int]) -> str:
    """A path as people write it: ``clauses[0].actors[1]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def raise_first(problems: Sequence[Problem], shown_by: str = "") -> None:
    """Raise the first error as the error of the whole, saying how many more there are; warnings pass.

    Args:
        problems: All problems.
        shown_by: The command that shows all of them, where there is one.

    Raises:
        FactsError: There is an error.
    """
    errors = [problem for problem in problems if problem.severity == "error"]
    if not errors:
        return
    first = errors[0]
    all_of_them = f"; {shown_by} shows all" if shown_by else ""
    more = f" (and {len(errors) - 1} more{all_of_them})" if len(errors) > 1 else ""
    what = f"{first.key}: {first.what}" if first.key else first.what
    raise FactsError(what + more, where=first.where, remedy=first.remedy)
