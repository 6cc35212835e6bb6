"""What all OSCAL documents of this project share: metadata, properties of our own, ids that stay."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from clearband import __version__
from clearband.model.canonical import number_text

VERSION: Final = "1.2.3"
"""Version of OSCAL that the documents are written in, and whose schema they are held to."""
OURS: Final = "urn:clearband:ns:oscal:1"
"""Namespace of the properties that OSCAL does not know."""
_SPACE: Final = uuid.UUID("6f0b1f0e-6c0b-5a54-9d2e-0a5a5b1f7c11")

Json = dict[str, Any]


def fixed_uuid(*parts: str) -> str:
    """An id that is the same for the same content (RFC 9562, version 5)."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


def prop(name: str, value: object, *, remarks: str | None = None, of: str | None = None) -> Json:
    """A property in our namespace.

    Args:
        of: What it belongs to, as the property's class.
    """
    text = number_text(value) if isinstance(value, Decimal) else one_line(str(value))
    made: Json = {"name": name, "ns": OURS, "value": text}
    if of:
        made["class"] = of
    if remarks:
        made["remarks"] = remarks
    return made


def one_line(text: str) -> str:
    """A text on one line, without blanks around it; OSCAL has no empty texts."""
    return " ".join(text.split()) or "none"


def metadata(title: str, day: str, version: str, lost: Iterable[str] = (), **parts: Any) -> Json:
    """The head of a document.

    Args:
        day: Day of the content, ISO: documents of one content are the same bytes.
        lost: What OSCAL cannot carry of the content, in words.
    """
    remarks = [f"Not carried by OSCAL: {line}." for line in lost]
    made: Json = {
        "title": title,
        "last-modified": f"{day}T00:00:00Z",
        "version": version,
        "oscal-version": VERSION,
        "props": [prop("made-by", f"clearband {__version__}")],
        **parts,
    }
    if remarks:
        made["remarks"] = "\n".join(remarks)
    return made


def without_empty(made: Json) -> Json:
    """Without keys whose value is empty: OSCAL has no empty arrays."""
    return {key: value for key, value in made.items() if value not in (None, [], (), {})}


def as_text(document: Json) -> str:
    """A document as it is written: the same for the same content."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
