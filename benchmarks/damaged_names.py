"""Any number of names to match, all different, made of real ones by the damage that people and scanners do.

The real names are those of the companies that IEEE registered address blocks for, and those of the labelled
names where they are at hand. Name number k is one of them with one to three of these done to it, chosen by a
generator that begins with the same seed each time:

- two letters swapped, one left out, one doubled, one read wrongly by a scanner (o 0, l 1, rn m, s 5 ...);
- a word left out, two words swapped, two words written as one;
- the legal form left out, or another one added;
- all capitals, or a town or a kind of office added, as branches have them.

A name that was made before is damaged once more, until it is new.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

SEED: Final = 20_260_101
_SCANNED: Final = {"o": "0", "l": "1", "i": "l", "s": "5", "b": "8", "m": "rn", "w": "vv", "e": "c", "u": "v"}
_LEGAL: Final = (
    "Ltd",
    "Limited",
    "LLC",
    "GmbH",
    "S.A.",
    "Inc.",
    "Co., Ltd.",
    "OOO",
    "AB",
    "Pty Ltd",
    "B.V.",
    "SRL",
)
_FORMS: Final = frozenset(word.casefold().strip(".,") for form in _LEGAL for word in form.split())
_ADDED: Final = (
    "Lisbon",
    "Nairobi",
    "Oslo",
    "Quito",
    "Branch",
    "Sales Office",
    "Division",
    "Workshop",
    "Depot",
)

Random = random.Random


def damaged(names: Sequence[str], count: int) -> list[str]:
    """As many different names as asked.

    Args:
        names: Real names to begin with.
        count: How many.
    """
    chance = random.Random(SEED)
    seen: set[str] = set()
    made = []
    for number in range(count):
        name = names[number % len(names)]
        for _ in range(chance.randint(1, 3)):
            name = _once(name, chance)
        while name in seen:
            name = _once(name, chance)
        seen.add(name)
        made.append(name)
    return made


def _once(name: str, chance: Random) -> str:
    return " ".join(chance.choice(_WAYS)(name, chance).split())


def _place(name: str, chance: Random) -> int:
    return chance.randrange(max(len(name) - 1, 1))


def _swapped(name: str, chance: Random) -> str:
    at = _place(name, chance)
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def _dropped(name: str, chance: Random) -> str:
    at = _place(name, chance)
    return name[:at] + name[at + 1 :] if len(name) > 4 else f"{name} {chance.choice(_ADDED)}"


def _doubled(name: str, chance: Random) -> str:
    at = _place(name, chance)
    return name[: at + 1] + name[at : at + 1] + name[at + 1 :]


def _scanned(name: str, chance: Random) -> str:
    places = [at for at, sign in enumerate(name) if sign.lower() in _SCANNED]
    if not places:
        return _doubled(name, chance)
    at = chance.choice(places)
    return name[:at] + _SCANNED[name[at].lower()] + name[at + 1 :]


def _word_left_out(name: str, chance: Random) -> str:
    words = name.split()
    if len(words) < 3:
        return _swapped(name, chance)
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


def _words_swapped(name: str, chance: Random) -> str:
    words = name.split()
    if len(words) < 2:
        return _doubled(name, chance)
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def _words_as_one(name: str, chance: Random) -> str:
    words = name.split()
    if len(words) < 2:
        return _dropped(name, chance)
    at = chance.randrange(len(words) - 1)
    words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def _other_form(name: str, chance: Random) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].casefold().strip(".,") in _FORMS:
        words.pop()
    return " ".join([*words, chance.choice((*_LEGAL, ""))]).strip()


def _capitals(name: str, chance: Random) -> str:
    return name.upper() if name != name.upper() else f"{name} {chance.choice(_ADDED).upper()}"


def _added(name: str, chance: Random) -> str:
    return f"{name} {chance.choice(_ADDED)}"


_WAYS: Final[tuple[Callable[[str, Random], str], ...]] = (
    _swapped,
    _dropped,
    _doubled,
    _scanned,
    _word_left_out,
    _words_swapped,
    _words_as_one,
    _other_form,
    _capitals,
    _added,
)
