"""A form of a page as its template sees it: empty, or as somebody filled it in, with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clearband.web.problems import Problem


@dataclass
class Wrong:
    """A form that was not taken.

    Attributes:
        form: Its name.
        problem: What is wrong.
        typed: Field to what was given; no files.
        fields: Field to what is wrong with it.
        shown: Of the fields on the page that are wrong: the id there, and the label.
    """

    form: str
    problem: Problem
    typed: dict[str, Any]
    fields: dict[str, str]
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """What is wrong with fields that the page does not show."""
        return [one for one in self.fields.items() if one[0] not in self.shown]


class Form:
    """A form of a page, as its template sees it.

    Args:
        name: Of the form.
        wrong: The form that was not taken, which may be another one of the page.
    """

    def __init__(self, name: str, wrong: Wrong | None) -> None:
        self._name = name
        self._wrong = wrong if wrong is not None and wrong.form == name else None

    @property
    def wrong(self) -> bool:
        """Whether it is the one that was not taken."""
        return self._wrong is not None

    def id(self, name: str) -> str:
        """Of a field on the page."""
        return f"f-{self._name}-{name}"

    def value(self, name: str, otherwise: Any = None) -> Any:
        """What was typed; what the page has otherwise."""
        return otherwise if self._wrong is None else self._wrong.typed.get(name)

    def problem(self, name: str, label: str) -> str | None:
        """What is wrong with a field, which is then told of at the top by its label."""
        found = None if self._wrong is None else self._wrong.fields.get(name)
        if found is not None and self._wrong is not None:
            self._wrong.shown[name] = (self.id(name), label)
        return found
