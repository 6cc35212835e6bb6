"""Whether a verdict agrees with a label: names, ownership on a day, and families of makers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from clearband.identify.names import resolve_name
from clearband.model.label import Label
from clearband.register import Register

_ONE_HOUSE = frozenset({"controlled", "affiliate", "parent"})


class Mistake(StrEnum):
    """How a verdict differs from the label."""

    FALSE_ALARM = "false alarm"
    """A covered maker is named, and the label says another or that nothing tells."""
    MISSED = "covered maker missed"
    """The label is a covered maker, and the verdict is nobody or somebody else."""
    WRONG = "wrong maker"
    NOT_FOUND = "maker not found"
    GUESSED = "maker named where none can be known"


class Judge:
    """Says whether verdicts agree with labels, by names, ownership on a day, and the labels' families.

    Args:
        covered: Ids of the makers that count as covered, with those that belong to them (default: those that
            the FCC's list or section 889 names).
    """

    def __init__(
        self,
        register: Register,
        on: date,
        labels: Iterable[Label] = (),
        covered: Iterable[str] | None = None,
    ) -> None:
        self._register = register
        self._on = on
        self._family = {one.maker: one.family for one in labels if one.maker and one.family}
        self._known: dict[str, frozenset[str]] = {}
        listed = (one.id for one in register.organisations.values() if one.group == "covered")
        self._covered = frozenset(listed if covered is None else covered)

    def same(self, found: str | None, label: str) -> bool:
        """Whether a maker found is the labelled one, of its family, or its owner or part on the day.

        Args:
            found: Register id, or the slug of a name that the register does not know.
        """
        if found is None:
            return False
        known = self._names_of(label)
        if found in known or self._family.get(found, found) in known:
            return True
        if any(_same_start(found, name) for name in known):
            return True
        if found in self._register.organisations:
            return bool(self._owners(found) & known) or any(found in self._owners(name) for name in known)
        glued = _glued(found)
        return any(set(name.split("-")) <= set(found.split("-")) or _glued(name) == glued for name in known)

    def family(self, label: str | None) -> str | None:
        """What joins a labelled maker with those that are one company with it."""
        return self._family.get(label, label) if label else None

    def is_covered(self, maker: str | None) -> bool:
        """Whether a list names the maker, or one that it belongs to on the day."""
        return maker in self._covered or bool(maker and self._owners(maker) & self._covered)

    def mistake(self, found: str | None, label: Label) -> Mistake | None:
        """How the verdict differs from the label; None when it does not."""
        if label.maker is not None and self.same(found, label.maker):
            return None
        if label.covered:
            return Mistake.MISSED
        if self.is_covered(found):
            return Mistake.FALSE_ALARM
        if label.maker is None:
            return Mistake.GUESSED if found else None
        return Mistake.WRONG if found else Mistake.NOT_FOUND

    def _names_of(self, label: str) -> frozenset[str]:
        """The labelled maker, those of its family, and their ids in the register."""
        names = self._known.get(label)
        if names is None:
            family = self._family.get(label, label)
            plain = {label, family, *(one for one, other in self._family.items() if other == family)}
            resolved = (self._resolve(one) for one in plain)
            names = self._known[label] = frozenset(plain | {one for one in resolved if one})
        return names

    def _resolve(self, label: str) -> str | None:
        if label in self._register.organisations:
            return label
        found = resolve_name(label.replace("-", " "), self._register)
        return found.maker if found and found.known else None

    def _owners(self, maker: str) -> frozenset[str]:
        """Those a maker belongs to on the day."""
        if maker not in self._register.organisations:
            return frozenset()
        paths = self._register.relations(maker, self._on)
        return frozenset(path.target for path in paths if path.relation in _ONE_HOUSE)


def _glued(name: str) -> str:
    return name.replace("-", "")


def _same_start(one: str, other: str) -> bool:
    """Whether one id is the other with more words behind it (``fs`` and ``fs-com``)."""
    return one.startswith(f"{other}-") or other.startswith(f"{one}-")
