"""SPDX: packages and what contains what, unfolded into components with parents; the same for all forms."""

from __future__ import annotations

import re
from typing import Final

from clearband.errors import InputError
from clearband.sources.bom.components import DEEPEST, Components, text_of
from clearband.sources.bom.makers import name_maker

_PERSON: Final = re.compile(r"(?i)^\s*person\s*:")
_ORGANISATION: Final = re.compile(r"(?i)^\s*(?:organization|organisation|tool)\s*:\s*")
_NOBODY: Final = frozenset({"NOASSERTION", "NONE", ""})
_VERSIONS: Final = {"DEVICE": "hw_version", "FIRMWARE": "firmware"}
_TWICE: Final = "{} packages are in several others and stand once in each (#2, #3 …)"
_STRAY: Final = "{} relationships of containing name packages that are not there"


class Packages:
    """Packages of a document, and which contains which."""

    def __init__(self, components: Components) -> None:
        self.components = components
        self._rows: dict[str, list[dict[str, str]]] = {}
        self._edges: list[tuple[str, str]] = []

    def add(self, identifier: str | None, row: dict[str, str]) -> None:
        """Take a package in.

        Args:
            identifier: Its id; packages without one, or with one that stands already, are kept all the same.
            row: By `clearband.sources.bom.components.FIELDS`.
        """
        name_maker(row, self.components)
        if identifier is not None:
            row["record_id"] = identifier
        self._rows.setdefault(identifier or f" {len(self._rows)}", []).append(row)

    def relate(self, one: object, kind: object, other: object) -> None:
        """Take in a relationship; only what contains what says what is a part of what."""
        if not (isinstance(one, str) and isinstance(kind, str) and isinstance(other, str)):
            return
        kind = kind.upper().replace("_", "")
        if kind == "CONTAINS":
            self._edges.append((one, other))
        elif kind == "CONTAINEDBY":
            self._edges.append((other, one))

    def left_files(self, count: int) -> None:
        """Count the files, which are no packages."""
        if count:
            self.components.told["{} files are not equipment and are not read"] += count

    def unfold(self, known: frozenset[str] = frozenset()) -> None:
        """Hand all packages over as components; one that is in two others stands in each.

        Args:
            known: Ids of other elements (files, the document): what contains them is no part of a product.

        Raises:
            InputError: Packages contain each other in a circle, or too deeply.
        """
        parts: dict[str, list[str]] = {}
        inside: dict[str, int] = {}
        for one, other in dict.fromkeys(self._edges):
            if one in self._rows and other in self._rows:
                parts.setdefault(one, []).append(other)
                inside[other] = inside.get(other, 0) + 1
            elif not ({one, other} <= (known | self._rows.keys())):
                self.components.told[_STRAY] += 1
        seen: set[str] = set()
        for name in self._rows:
            if name not in inside:
                self._one(name, parts, seen)
        lost = next((name for name in self._rows if name not in seen), None)
        if lost is not None:
            raise self._circle(lost, "contain each other in a circle")
        if several := sum(1 for count in inside.values() if count > 1):
            self.components.told[_TWICE] += several

    def _one(self, root: str, parts: dict[str, list[str]], seen: set[str]) -> None:
        open_: list[tuple[str, int | None, int]] = [(root, None, 1)]
        while open_:
            name, parent, depth = open_.pop()
            if depth > DEEPEST:
                raise self._circle(name, f"contain each other in a circle, or deeper than {DEEPEST} levels")
            seen.add(name)
            for row in self._rows[name]:
                number = self.components.number()
                self.components.add(number, parent, row)
                open_ += [(part, number, depth + 1) for part in reversed(parts.get(name, ()))]

    def _circle(self, name: str, what: str) -> InputError:
        shown = name.strip()[:80]
        return InputError(
            f"packages {what}, among them {shown}",
            where=self.components.file,
            remedy="correct its CONTAINS relationships",
        )


def package_row(stated: dict[str, object], components: Components) -> dict[str, str]:
    """One package of SPDX 2 by the names that JSON has for its fields.

    An originator says where a package came from, and so who made it; a supplier who handed it on. Persons
    are counted and not read.
    """
    row: dict[str, str] = {}
    for key, field in (("name", "model"), ("primaryPackagePurpose", "x_type")):
        if (text := text_of(stated.get(key))) is not None:
            row[field] = text
    for key in ("description", "summary"):
        if (text := text_of(stated.get(key))) is not None:
            row.setdefault("description", text)
    if (version := text_of(stated.get("versionInfo"))) is not None:
        row[_VERSIONS.get(row.get("x_type", "").upper(), "x_version")] = version
    for key, field in (("originator", "manufacturer"), ("supplier", "x_supplier")):
        if (name := _organisation(stated.get(key), components)) is not None:
            row[field] = name
    return row


def take_reference(row: dict[str, str], kind: object, locator: object) -> None:
    """Put an external reference into a row: the first purl, and the first CPE."""
    text = text_of(locator)
    if text is None or not isinstance(kind, str):
        return
    if kind.lower() in ("purl", "packageurl"):
        row.setdefault("purl", text)
    elif kind.lower().startswith("cpe"):
        row.setdefault("cpe", text)


def _organisation(value: object, components: Components) -> str | None:
    text = text_of(value)
    if text is None or text.strip() in _NOBODY:
        return None
    if _PERSON.match(text):
        components.told["{} persons are named as originators or suppliers and are not read"] += 1
        return None
    # "Organization: ACME (info@acme.example)"
    name = re.sub(r"\s*\([^()]*@[^()]*\)\s*$|\s*\(\s*\)\s*$", "", _ORGANISATION.sub("", text)).strip()
    return None if name in _NOBODY else name
