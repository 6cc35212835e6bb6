"""Which bill of materials a text is, by its content."""

from __future__ import annotations

import re
from typing import Final

from clearband.errors import InputError

BOM_FORMATS: Final[dict[str, set[str]]] = {
    "cyclonedx-json": {".json", ".cdx"},
    "cyclonedx-xml": {".xml", ".cdx"},
    "spdx-json": {".json", ".spdx"},
    "spdx-tag-value": {".spdx", ".txt", ".tag"},
    "spdx-3-json": {".json", ".jsonld", ".spdx"},
}
"""Formats, and the ends of names that they usually have."""

_HEAD: Final = 65_536
_IN_JSON: Final = (
    (rb'"bomFormat"\s*:\s*"CycloneDX"', "cyclonedx-json"),
    (rb'"@context"\s*:\s*[\["\s]*https?://spdx\.org/rdf/3', "spdx-3-json"),
    (rb'"spdxVersion"\s*:\s*"SPDX-|"SPDXID"\s*:\s*"SPDXRef-DOCUMENT"', "spdx-json"),
)
_TAGS: Final = re.compile(rb"(?m)^SPDXVersion:\s*SPDX-")
_YAML: Final = re.compile(rb"(?m)^spdxVersion:\s*[\"']?SPDX-")
_CYCLONEDX_XML: Final = re.compile(rb"<(?:[\w.-]+:)?bom\b[^>]*cyclonedx\.org/schema/bom/")
_SPDX_RDF: Final = re.compile(rb"<(?:[\w.-]+:)?(?:RDF|SpdxDocument|Document)\b[^>]*spdx\.org/")


def bom_in_json(utf8: bytes) -> str | None:
    """Which bill of materials a JSON text is, by what it says of itself near its beginning or end."""
    if not utf8[:_HEAD].lstrip().startswith(b"{"):
        return None
    for part in (utf8[:_HEAD], utf8[-_HEAD:]):
        for pattern, kind in _IN_JSON:
            if re.search(pattern, part):
                return kind
    return None


def bom_in_text(utf8: bytes, where: str) -> str | None:
    """Which bill of materials a text that is not JSON is.

    Raises:
        InputError: It is SPDX in a form that is not read.
    """
    head = utf8[:_HEAD]
    if head.lstrip().startswith(b"<"):
        if _CYCLONEDX_XML.search(head):
            return "cyclonedx-xml"
        if _SPDX_RDF.search(head):
            raise _not_read("an SPDX document in XML", where)
        return None
    if _TAGS.search(head):
        return "spdx-tag-value"
    if _YAML.search(head):
        raise _not_read("an SPDX document in YAML", where)
    return None


def _not_read(what: str, where: str) -> InputError:
    return InputError(f"{what}, which is not read", where=where, remedy="export it as SPDX JSON or tag-value")
