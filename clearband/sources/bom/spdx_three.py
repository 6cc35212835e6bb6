"""SPDX 3.0 as JSON-LD: packages with their suppliers and makers, and what contains what."""

from __future__ import annotations

from typing import Any, Final

from clearband.errors import InputError
from clearband.sources.bom.components import Components, text_of
from clearband.sources.bom.json_walk import JsonWalk
from clearband.sources.bom.spdx import Packages, take_reference

_VERSIONS: Final = {"device": "hw_version", "firmware": "firmware"}
_TEXTS: Final = {
    "name": "model",
    "description": "description",
    "software_packageUrl": "purl",
    "software_primaryPurpose": "x_type",
}
_AGENTS: Final = frozenset({"Organization", "Agent"})
_NOT_PACKAGES: Final = frozenset({"software_File", "software_Snippet"})


def read_spdx_three(utf8: bytes, components: Components) -> None:
    """Read a document whose elements stand in one ``@graph``, as the specification's JSON form has them.

    Raises:
        InputError: Malformed, without a ``@graph``, too long, or packages are in a circle.
    """
    walk = JsonWalk(utf8, components.file)
    graph = _Graph(components)
    found = False
    for key in walk.members():
        if key == "@graph" and walk.at_array():
            found = True
            for _ in walk.elements():
                graph.take(walk.value())
        else:
            walk.skip()
    walk.end()
    if not found:
        raise InputError(
            "SPDX 3 without a @graph of its elements is not read",
            where=components.file,
            remedy="export it as SPDX 2.3 or CycloneDX",
        )
    graph.finish()


class _Graph:
    def __init__(self, components: Components) -> None:
        self._components = components
        self._packages = Packages(components)
        self._elements: list[dict[str, Any]] = []
        self._organisations: dict[str, str] = {}
        self._persons: set[str] = set()
        self._others: set[str] = set()

    def take(self, element: Any) -> None:
        if not isinstance(element, dict):
            return
        kind, identifier = text_of(element.get("type")), text_of(element.get("spdxId"))
        if kind == "software_Package":
            self._elements.append(element)
        elif kind == "Relationship":
            others = element.get("to")
            for other in others if isinstance(others, list) else [others]:
                self._packages.relate(element.get("from"), element.get("relationshipType"), other)
        elif identifier is not None and kind in _AGENTS:
            if (name := text_of(element.get("name"))) is not None:
                self._organisations[identifier] = name
        elif identifier is not None:
            if kind == "Person":
                self._persons.add(identifier)
            self._others.add(identifier)
            self._packages.left_files(int(kind in _NOT_PACKAGES))

    def finish(self) -> None:
        for element in self._elements:
            self._packages.add(text_of(element.get("spdxId")), self._row(element))
        self._packages.unfold(frozenset(self._others))

    def _row(self, element: dict[str, Any]) -> dict[str, str]:
        row = {
            field: text for key, field in _TEXTS.items() if (text := text_of(element.get(key))) is not None
        }
        if (version := text_of(element.get("software_packageVersion"))) is not None:
            row[_VERSIONS.get(row.get("x_type", ""), "x_version")] = version
        for key, field in (("originatedBy", "manufacturer"), ("suppliedBy", "x_supplier")):
            agents = element.get(key)
            for agent in agents if isinstance(agents, list) else [agents]:
                if not isinstance(agent, str):
                    continue
                if agent in self._persons:
                    self._components.told[
                        "{} persons are named as originators or suppliers and are not read"
                    ] += 1
                elif agent in self._organisations:
                    row.setdefault(field, self._organisations[agent])
        identifiers = element.get("externalIdentifier")
        for one in identifiers if isinstance(identifiers, list) else ():
            if isinstance(one, dict):
                take_reference(row, one.get("externalIdentifierType"), one.get("identifier"))
        return row
