"""CycloneDX: what a component says, as a row; the same for JSON and XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from clearband.errors import InputError
from clearband.sources.bom.components import DEEPEST, Components, text_of
from clearband.sources.bom.makers import name_maker
from clearband.sources.bom.properties import take_properties

_TEXTS: Final = {
    "bom-ref": "record_id",
    "name": "model",
    "description": "description",
    "cpe": "cpe",
    "purl": "purl",
    "publisher": "x_publisher",
    "group": "x_group",
    "type": "x_type",
}
_VERSIONS: Final = {"device": "hw_version", "firmware": "firmware"}
_READ: Final = re.compile(r"1\.[0-7]")


def check_version(version: object, file: str) -> None:
    """Refuse a version of the format that is not known.

    Raises:
        InputError: It is none of 1.0 to 1.7.
    """
    if not isinstance(version, str) or not _READ.fullmatch(version):
        shown = "without a specVersion" if version is None else str(version)[:20]
        raise InputError(
            f"CycloneDX {shown} is not read", where=file, remedy="export it as CycloneDX 1.4 to 1.7"
        )


def check_depth(depth: int, file: str) -> None:
    """Refuse components too deep within components.

    Raises:
        InputError: They are deeper than `DEEPEST`.
    """
    if depth > DEEPEST:
        raise InputError(
            f"components within components deeper than {DEEPEST} levels", where=file, remedy="flatten them"
        )


def component_row(component: Mapping[str, Any], told: Components) -> dict[str, str]:
    """One component without those within it, by `clearband.sources.bom.components.FIELDS`.

    Authors are people and are not read.
    """
    row: dict[str, str] = {}
    for key, field in _TEXTS.items():
        if (text := text_of(component.get(key))) is not None:
            row[field] = text
    if (version := text_of(component.get("version"))) is not None:
        row[_VERSIONS.get(row.get("x_type", ""), "x_version")] = version
    for key, field in (("manufacturer", "manufacturer"), ("supplier", "x_supplier")):
        if (name := organisation(component.get(key))) is not None:
            row[field] = name
    properties = component.get("properties")
    if isinstance(properties, list):
        take_properties(properties, row, told)
    name_maker(row, told)
    return row


def organisation(value: object) -> str | None:
    """The name of an organisation."""
    return text_of(value.get("name")) if isinstance(value, dict) else None


class CycloneDx:
    """A document that goes by: its top, and the components within components."""

    def __init__(self, components: Components) -> None:
        self.components = components
        self.top = components.number()
        """The number of ``metadata.component``, which may come after its parts, or not at all."""

    def take(self, component: object, parent: int | None, depth: int) -> None:
        """Take a component in that is there whole, with those within it.

        Raises:
            InputError: Nested too deeply, or too many.
        """
        if not isinstance(component, dict):
            self.components.told["{} components are no objects and are not read"] += 1
            return
        check_depth(depth, self.components.file)
        number = self.components.number()
        self.components.add(number, parent, component_row(component, self.components))
        self.take_all(component.get("components"), number, depth + 1)

    def take_all(self, within: object, parent: int, depth: int) -> None:
        """Take in the components within one."""
        if isinstance(within, list):
            for one in within:
                self.take(one, parent, depth)

    def take_metadata(self, metadata: object) -> None:
        """Take in the top; until 1.5 who made and supplied it stands beside it."""
        component = metadata.get("component") if isinstance(metadata, dict) else None
        if not isinstance(metadata, dict) or not isinstance(component, dict):
            return
        beside = {"manufacturer": metadata.get("manufacture"), "supplier": metadata.get("supplier")}
        whole = {**{key: value for key, value in beside.items() if value is not None}, **component}
        self.components.add(self.top, None, component_row(whole, self.components))
        self.take_all(component.get("components"), self.top, 1)

    def left(self, what: str, count: int) -> None:
        """Count what is no component and is not read."""
        if count:
            self.components.told[f"{{}} {what} are not equipment and are not read"] += count

    def compositions(self, aggregate: object) -> None:
        """What the document says of its own completeness."""
        if isinstance(aggregate, str) and (aggregate.startswith("incomplete") or aggregate == "unknown"):
            self.components.told[
                f'the bill says of itself that it is "{aggregate[:40]}" (in {{}} places): '
                "parts may be inside that it does not name"
            ] += 1
