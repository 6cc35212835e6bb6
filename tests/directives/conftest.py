"""The real law, and a register of a few organisations that the examples need."""

from __future__ import annotations

from datetime import date

import pytest

from clearband.directives.law import Law, load_law
from clearband.model.organisation import ControlLink, ControlPath, Designation, Organisation
from clearband.register.control import ControlGraph
from clearband.register.holdings import Holdings


class SmallRegister:
    """Every organisation stands alone, except those given.

    Args:
        paths: Maker to its relations with others.
        lists: Organisation to its places on lists.
    """

    def __init__(
        self,
        paths: dict[str, tuple[ControlPath, ...]] | None = None,
        lists: dict[str, tuple[Designation, ...]] | None = None,
    ) -> None:
        self._paths = paths or {}
        self._lists = lists or {}
        self.organisations: dict[str, Organisation] = {}
        links = [link for found in self._paths.values() for path in found for link in path.links]
        self.control = ControlGraph(links)
        self.holdings = Holdings(links)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        itself = ControlPath(maker, "self", (), verified=True)
        return (itself, *self._paths.get(maker, ()))

    def designations(self, org_id: str) -> tuple[Designation, ...]:
        return self._lists.get(org_id, ())


def related(
    maker: str, target: str, relation: str, *, verified: bool = True, kind: str = "controlled", **dates: str
) -> ControlPath:
    """One path of one link; ``begins`` and ``ends`` are its dates."""
    owner, owned = (maker, target) if relation == "parent" else (target, maker)
    link = ControlLink(owner, owned, kind, relation, verified, share_pct="60", **dates)  # type: ignore[arg-type]
    return ControlPath(target, relation, (link,), verified)  # type: ignore[arg-type]


REGISTER = SmallRegister(
    paths={
        "hisilicon": (related("hisilicon", "huawei", "controlled"),),
        "some-brand": (related("some-brand", "dahua", "controlled", verified=False),),
        "honor-device": (related("honor-device", "huawei", "former", ends="2020-11-17"),),
        "h3c": (related("h3c", "huawei", "former", begins="2003", ends="2005"),),
        "lorex": (related("lorex", "dahua", "former", begins="2018-02-06", ends="2022-11-23"),),
        "state-cousin": (related("state-cousin", "state", "minority", kind="state-holding"),),
        "hikvision": (related("hikvision", "state", "minority", kind="state-holding"),),
        "joint-venture": (related("joint-venture", "zte", "minority", kind="joint-venture"),),
        "china-unicom-group": (related("china-unicom-group", "china-unicom-americas", "parent"),),
        "huawei-holding": (related("huawei-holding", "huawei", "parent"),),
    },
    lists={
        "alibaba": (Designation("ndaa-1260h", "Alibaba", True, "osanc-1260h", editions=("2026-06-08",)),),
        "huawei": (
            Designation("ndaa-1260h", "Huawei", True, "osanc-1260h", editions=("2021-06-03",)),
            Designation("bis-entity-list", "Huawei", True, "csl", begins="2019-05-16"),
        ),
        "hisilicon": (Designation("bis-entity-list", "HiSilicon", True, "csl", begins="2019-05-16"),),
    },
)


POLICY = """\
id: acme-policy-7
title: Acme purchasing policy 7
jurisdiction: US
issuer: Acme
citation: policy 7
kind: policy
force: binding
timeline:
  - {date: 2026-06-01, event: effective}
clauses:
  - id: buying
    cite: s. 1
    effect: prohibits
    says: do not buy radios of Hytera
    actors: [any-us-person]
    actions: [procure]
    makers: {named: [{org: hytera, reach: [subsidiaries]}]}
    from: effective 2026-06-01
"""
"""A directive file of one's own in which nothing is wrong."""


@pytest.fixture(scope="session")
def law() -> Law:
    """The law as it ships."""
    return load_law()


@pytest.fixture(scope="session")
def register() -> SmallRegister:
    """A register of a few organisations."""
    return REGISTER
