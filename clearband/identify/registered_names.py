"""Names that companies have registered with IEEE, by their comparable forms.

There are tens of thousands, and a run asks for few: until it asks for many, only those are put into their
forms that may have the one asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from clearband.identify.folding import fold_words
from clearband.identify.name_forms import core, without_legal_form

_LETTERS: Final = str.maketrans(
    {sign: sign.lower() if sign.isalnum() or sign == "\n" else None for sign in map(chr, range(128))}
)
_MANY_NAMES: Final = 2_000
"""So many names that may have a form, or forms asked for, and all are put into their forms."""
_MANY_FORMS: Final = 200


class RegisteredNames:
    """Tells whether a form is that of a registered name.

    Args:
        names: As they are registered, each on one line.
    """

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        self._left = [name for name in names if name.isascii()]
        """Names of ASCII signs, as long as not all are put into their forms."""
        # The forms of a name are words of it that follow one another: so do their letters in its letters.
        self._letters = "\n".join(self._left).translate(_LETTERS)
        self._ends = list(accumulate(len(letters) + 1 for letters in self._letters.split("\n")))
        self._asked: set[str] = set()
        self._forms: dict[str, bool] = {}
        """Forms found, and whether one is that of a name without its legal form only."""
        self._add(name for name in names if not name.isascii())

    def has(self, form: str) -> bool:
        """Whether it is the form of a name without its legal form, or without words of trade and place."""
        self._look_for(form)
        return form in self._forms

    def has_in_full(self, form: str) -> bool:
        """Whether it is the form of a name without its legal form only."""
        self._look_for(form)
        return self._forms.get(form, False)

    def _look_for(self, form: str) -> None:
        if not self._left or form in self._asked:
            return
        alike = self._with_letters(form)
        if len(alike) < _MANY_NAMES and len(self._asked) < _MANY_FORMS:
            self._add(alike)
            self._asked.add(form)
        else:
            self._add(self._left)
            self._left = []

    def _with_letters(self, form: str) -> list[str]:
        """The first names whose letters have those of a form in them."""
        found: list[str] = []
        left, at = self._left, self._letters.find(form)
        while at >= 0 and len(found) < _MANY_NAMES:
            number = bisect_right(self._ends, at)
            found += left[number : number + 1]
            at = self._letters.find(form, self._ends[number]) if number < len(self._ends) else -1
        return found

    def _add(self, names: Iterable[str]) -> None:
        for name in names:
            words = without_legal_form(fold_words(name))
            self._forms["".join(words)] = True
            self._forms.setdefault("".join(core(words)), False)
