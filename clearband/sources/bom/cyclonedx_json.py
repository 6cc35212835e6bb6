"""CycloneDX in JSON, component after component."""

from __future__ import annotations

from typing import Any

from clearband.sources.bom.components import Components
from clearband.sources.bom.cyclonedx import CycloneDx, check_depth, check_version, component_row
from clearband.sources.bom.json_walk import TOO_LONG, JsonWalk

_LEFT = {"services": "services", "formulation": "formulas"}


def read_cyclonedx_json(utf8: bytes, components: Components) -> None:
    """Read a document.

    Raises:
        InputError: Malformed, of a version that is not read, nested too deeply or too long.
    """
    walk = JsonWalk(utf8, components.file)
    document = CycloneDx(components)
    version: object = None
    for key in walk.members():
        if key == "specVersion":
            version = walk.value()
            check_version(version, components.file)
        elif key == "components" and walk.at_array():
            for _ in walk.elements():
                _component(walk, document, document.top, 1)
        elif key == "metadata":
            document.take_metadata(walk.value())
        elif key == "compositions" and walk.at_array():
            for _ in walk.elements():
                one = walk.value()
                document.compositions(one.get("aggregate") if isinstance(one, dict) else None)
        else:
            count = walk.skip()
            if key in _LEFT:
                document.left(_LEFT[key], count)
    walk.end()
    check_version(version, components.file)


def _component(walk: JsonWalk, document: CycloneDx, parent: int, depth: int) -> None:
    """One component; a box of a million parts is gone into, since it would take gigabytes as a whole."""
    whole = walk.whole()
    if whole is not TOO_LONG:
        document.take(whole, parent, depth)
        return
    if not walk.at_object():
        document.take(walk.value(), parent, depth)
        return
    check_depth(depth, document.components.file)
    number = document.components.number()
    own: dict[str, Any] = {}
    for key in walk.members():
        if key == "components" and walk.at_array():
            for _ in walk.elements():
                _component(walk, document, number, depth + 1)
        else:
            own[key] = walk.value()
    document.components.add(number, parent, component_row(own, document.components))
