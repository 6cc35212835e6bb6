"""SPDX 2 in JSON, package after package."""

from __future__ import annotations

from typing import Any

from clearband.errors import InputError
from clearband.sources.bom.components import Components, text_of
from clearband.sources.bom.json_walk import JsonWalk
from clearband.sources.bom.spdx import Packages, package_row, take_reference


def check_spdx_version(version: object, file: str) -> None:
    """Refuse a version that is not known.

    Raises:
        InputError: It is not one of SPDX 2.
    """
    if not isinstance(version, str) or not version.strip().startswith("SPDX-2."):
        raise InputError(
            f"{str(version)[:20]} is not a version of SPDX that is read here",
            where=file,
            remedy="export it as SPDX 2.3 or CycloneDX",
        )


def read_spdx_json(utf8: bytes, components: Components) -> None:
    """Read a document.

    Raises:
        InputError: Malformed, of a version that is not read, too long, or packages are in a circle.
    """
    walk = JsonWalk(utf8, components.file)
    packages = Packages(components)
    version: object = None
    others: set[str] = {"SPDXRef-DOCUMENT"}
    for key in walk.members():
        if key == "spdxVersion":
            version = walk.value()
        elif key == "packages" and walk.at_array():
            for _ in walk.elements():
                _package(walk.value(), packages)
        elif key == "relationships" and walk.at_array():
            for _ in walk.elements():
                one = walk.value()
                if isinstance(one, dict):
                    packages.relate(
                        one.get("spdxElementId"), one.get("relationshipType"), one.get("relatedSpdxElement")
                    )
        elif key in ("files", "snippets") and walk.at_array():
            count = 0
            for _ in walk.elements():
                one = walk.value()
                count += 1
                if isinstance(one, dict) and isinstance(one.get("SPDXID"), str):
                    others.add(one["SPDXID"])
            packages.left_files(count if key == "files" else 0)
        else:
            walk.skip()
    walk.end()
    check_spdx_version(version, components.file)
    packages.unfold(frozenset(others))


def _package(package: Any, packages: Packages) -> None:
    if not isinstance(package, dict):
        packages.components.told["{} packages are no objects and are not read"] += 1
        return
    row = package_row(package, packages.components)
    references = package.get("externalRefs")
    for one in references if isinstance(references, list) else ():
        if isinstance(one, dict):
            take_reference(row, one.get("referenceType"), one.get("referenceLocator"))
    packages.add(text_of(package.get("SPDXID")), row)
