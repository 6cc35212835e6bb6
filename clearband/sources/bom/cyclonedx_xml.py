"""CycloneDX in XML, element after element; entities and document types are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.parsers import expat

from clearband.errors import InputError
from clearband.sources.bom.components import Components
from clearband.sources.bom.cyclonedx import CycloneDx, check_depth, check_version, component_row

_NAMESPACE: Final = re.compile(r"https?://cyclonedx\.org/schema/bom/([^/ ]+)")
_TEXTS: Final = frozenset({"name", "version", "description", "cpe", "purl", "publisher", "group"})
_ORGANISATIONS: Final = frozenset({"manufacturer", "manufacture", "supplier"})
_LEFT: Final = {"service": "services", "formula": "formulas"}
_PASSED_OVER: Final = frozenset(
    {"pedigree", "evidence", "services", "formulation", "annotations", "vulnerabilities", "declarations",
     "dependencies", "definitions", "tools", "releaseNotes", "modelCard", "data", "licenses"}
)  # fmt: skip
"""Elements below which there may be components, or names, that are no part of anything here."""


def read_cyclonedx_xml(utf8: bytes, components: Components) -> None:
    """Read a document.

    Raises:
        InputError: Malformed, with a document type, of a version that is not read, nested too deeply or
            too long.
    """
    reading = _Reading(components)
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.refuse_doctype
    try:
        parser.Parse(utf8, True)
    except expat.ExpatError as error:
        raise InputError(
            f"malformed XML ({expat.ErrorString(error.code)})",
            where=f"{components.file} line {error.lineno} column {error.offset + 1}",
            remedy="correct the file or export it again",
        ) from None
    reading.finish()


class _Reading:
    """Where in the document it is, and the components that are open."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._document = CycloneDx(components)
        self._path: list[str] = []
        self._over: int | None = None
        """Depth of the element that is passed over."""
        self._open: list[tuple[int, int | None, dict[str, Any]]] = []
        self._beside: dict[str, Any] = {}
        """Who made and supplied the top, until CycloneDX 1.5."""
        self._top: dict[str, Any] | None = None
        self._texts: list[str] = []
        self._property: str | None = None

    def refuse_doctype(self, *_: object) -> None:
        raise InputError(
            "an XML document with a document type, which could define entities",
            where=self._components.file,
            remedy="remove the DOCTYPE; CycloneDX has none",
        )

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._path:
            version = _NAMESPACE.fullmatch(space)
            check_version(version[1] if version else space, self._components.file)
        within = self._path[-1] if self._path else ""
        self._path.append(local)
        self._texts = []
        if local in _LEFT and within in ("services", "formulation"):
            self._document.left(_LEFT[local], 1)
        if self._over is not None:
            return
        if local in _PASSED_OVER:
            self._over = len(self._path)
        elif local == "component" and within in ("components", "metadata"):
            self._begin(attributes, top=within == "metadata")
        elif local == "property":
            self._property = attributes.get("name")

    def _begin(self, attributes: Mapping[str, str], *, top: bool) -> None:
        check_depth(len(self._open) + 1, self._components.file)
        number = self._document.top if top else self._components.number()
        parent = None if top else self._open[-1][0] if self._open else self._document.top
        own: dict[str, Any] = {"properties": []}
        own |= {key: attributes[key] for key in ("type", "bom-ref") if key in attributes}
        self._open.append((number, parent, own))

    def text(self, data: str) -> None:
        if self._over is None:
            self._texts.append(data)

    def end(self, name: str) -> None:
        local = self._path.pop()
        if self._over is not None:
            if len(self._path) < self._over:
                self._over = None
            return
        text = "".join(self._texts).strip()
        self._texts = []
        within = self._path[-1] if self._path else ""
        if local == "component" and within in ("components", "metadata"):
            self._end_component(top=within == "metadata")
        elif local == "aggregate":
            self._document.compositions(text)
        elif local == "name" and within in _ORGANISATIONS:
            about = self._path[-2]
            if about == "component" and self._open:
                self._open[-1][2].setdefault(within, {"name": text})
            elif about == "metadata":
                self._beside.setdefault(within, {"name": text})
        elif within == "component" and self._open and local in _TEXTS:
            self._open[-1][2][local] = text
        elif local == "property" and self._path[-2:] == ["component", "properties"] and self._open:
            self._open[-1][2]["properties"].append({"name": self._property, "value": text})

    def _end_component(self, *, top: bool) -> None:
        number, parent, own = self._open.pop()
        if top:
            self._top = own
        else:
            self._components.add(number, parent, component_row(own, self._components))

    def finish(self) -> None:
        """The top is told last: who made it may stand behind it."""
        if self._top is not None:
            self._document.take_metadata({"component": self._top, **self._beside})
