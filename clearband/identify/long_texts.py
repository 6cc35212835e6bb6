"""The part of a long text that is read: a cell can hold a whole document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from clearband.identify.observation import Observation

LONGEST: Final = 2000
"""Names are looked for in so many characters of a text."""
MOST_PARTS: Final = 64
"""So many parts of a stated text ("Huawei / ZTE / …") are read one by one."""
CUT: Final = f"only the first {LONGEST:,} characters were read"
CUT_PARTS: Final = f"only the first {MOST_PARTS} parts were read one by one"


def head(text: str) -> str:
    """The part of a text that is read."""
    return text[:LONGEST]


def reads_head(observe: Callable[[str], Observation], text: str) -> Observation:
    """What the first part of a text says, with a note on its pieces where the text is longer."""
    observation = observe(head(text))
    return observation if len(text) <= LONGEST else with_note(observation, CUT)


def with_note(observation: Observation, note: str) -> Observation:
    """An observation that says in each of its pieces how its text was read."""
    return replace(
        observation,
        evidence=tuple(replace(piece, note=_also(piece.note, note)) for piece in observation.evidence),
        mentions=tuple(replace(mention, why=_also(mention.why, note)) for mention in observation.mentions),
        silent=_also(observation.silent, note) if observation.silent else None,
    )


def _also(said: str, note: str) -> str:
    return f"{said}; {note}" if said else note
