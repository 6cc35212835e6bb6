"""One bill of materials, whatever its format, as a table of components."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from clearband.sources.bom.components import Components
from clearband.sources.bom.cyclonedx_json import read_cyclonedx_json
from clearband.sources.bom.cyclonedx_xml import read_cyclonedx_xml
from clearband.sources.bom.spdx_json import read_spdx_json
from clearband.sources.bom.spdx_tags import read_spdx_tags
from clearband.sources.bom.spdx_three import read_spdx_three
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable

_READERS: Final[dict[str, Callable[[bytes, Components], None]]] = {
    "cyclonedx-json": read_cyclonedx_json,
    "cyclonedx-xml": read_cyclonedx_xml,
    "spdx-json": read_spdx_json,
    "spdx-tag-value": read_spdx_tags,
    "spdx-3-json": read_spdx_three,
}


def read_bom(kind: str, utf8: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read a bill of materials.

    Args:
        kind: One of `clearband.sources.bom.detect.BOM_FORMATS`.
        utf8: Its text.
        file: Name of the file as used in record ids.
        options: Limits.

    Returns:
        A row a component, in the order of the document, with its ``record_id`` and ``parent_id`` ready.

    Raises:
        InputError: It is malformed, of a version that is not read, beyond a limit, or holds no component.
    """
    components = Components(file, options)
    _READERS[kind](utf8, components)
    return components.table(kind)
