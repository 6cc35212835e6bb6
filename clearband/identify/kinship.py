"""Which organisations count as one when evidence is added up, and which brands sell whose hardware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clearband.identify.folding import fold_words
from clearband.identify.folding import slug as name_slug
from clearband.identify.name_forms import without_legal_form
from clearband.model.organisation import ControlPath
from clearband.register import Register

_ONE_HOUSE = frozenset({"controlled", "affiliate", "parent"})


@dataclass(frozen=True, slots=True)
class HardwareMaker:
    """Whose hardware a brand is known or said to sell.

    Attributes:
        sure: Whether it was read in a source and is not only rumoured.
        relation: How they stand, with the day or year of the statement.
        products: Kinds of products that are sold so; none means all.
    """

    maker: str
    brand: str
    sure: bool
    relation: str
    source: str
    products: tuple[str, ...] = ()


class Kinship:
    """Groups of organisations on a date.

    Args:
        register: The organisations.
        on: Day on which ownership is looked at.
    """

    def __init__(self, register: Register, on: date) -> None:
        self._register = register
        self._on = on
        self._kin: dict[str, frozenset[str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._hardware = _hardware_makers(register)

    def are_akin(self, one: str, other: str) -> bool:
        """Whether two makers agree: the same, one controls the other, or both are one group's companies."""
        return one == other or other in self._kin_of(one) or one in self._kin_of(other)

    def controls(self, one: str, other: str) -> bool:
        """Whether the first maker stands over the second."""
        self._kin_of(other)
        return one in self._above.get(other, frozenset())

    def _kin_of(self, maker: str) -> frozenset[str]:
        """The maker's group on the day.

        Mere holders of shares (group ``owner``) unite nobody: a state that holds two companies does not make
        one of them.
        """
        kin = self._kin.get(maker)
        if kin is None:
            paths = self._paths(maker)
            kin = self._kin[maker] = frozenset(path.target for path in paths)
            self._above[maker] = frozenset(path.target for path in paths if path.relation == "controlled")
        return kin

    def _paths(self, maker: str) -> list[ControlPath]:
        organisations = self._register.organisations
        if maker not in organisations:
            return []
        return [
            path
            for path in self._register.relations(maker, self._on)
            if path.relation in _ONE_HOUSE
            and path.target in organisations
            and not any(self._is_holder(link.owner) for link in path.links)
        ]

    def _is_holder(self, owner: str) -> bool:
        organisation = self._register.organisations.get(owner)
        return organisation is not None and organisation.group == "owner"

    def hardware_makers(self, maker: str) -> tuple[HardwareMaker, ...]:
        """Who makes hardware that is sold under this maker's or brand's name."""
        return self._hardware.get(maker, ())


def _hardware_makers(register: Register) -> dict[str, tuple[HardwareMaker, ...]]:
    found: dict[str, list[HardwareMaker]] = {}
    for organisation in register.organisations.values():
        for label in organisation.white_label:
            sure = label.verified and label.confidence != "low"
            relation = f"{label.relation}, as of {label.as_of}" if label.as_of else label.relation
            entry = HardwareMaker(organisation.id, label.brand, sure, relation, label.source, label.products)
            keys = {label.brand_id} if label.brand_id else set()
            for part in label.brand.replace("(", "/").replace(")", "/").split("/"):
                keys.add(name_slug(without_legal_form(fold_words(part))))
            for key in keys - {None, "", organisation.id}:
                found.setdefault(str(key), []).append(entry)
    return {key: tuple(sorted(entries, key=lambda entry: entry.maker)) for key, entries in found.items()}


@lru_cache(maxsize=8)
def kinship(register: Register, on: date) -> Kinship:
    """The groups on a date, shared by all calls."""
    return Kinship(register, on)
