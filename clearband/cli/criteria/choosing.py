"""A profile by the name of one that ships, or by a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.model.criterion import Profile

DEFAULT: Final = "example-us"


def chosen_profile(word: str) -> Profile:
    """The profile of that name, or of that file.

    Raises:
        UsageError: Nothing of that name ships, and no file is called so.
        FactsError: The file is no profile.
    """
    from clearband.assess.profiles import read_profile, shipped_profiles

    held = shipped_profiles()
    if word in held:
        return held[word]
    path = Path(word)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return read_profile(path)
    remedy = nearest_or(word, held, "`clearband criteria list --profiles` shows them; a file ends in .yaml")
    raise UsageError(f'"{word}" is no profile', remedy=remedy)
