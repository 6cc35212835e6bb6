"""Properties of components: CycloneDX's own taxonomy of devices, and words that hardware bills use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from clearband.sources.bom.components import Components, text_of

_NAMESPACES: Final = ("cdx:device:", "cdx:deviceinfo:", "hbom:")
_OF_DEVICES: Final = {
    "quantity": "quantity",
    "function": "category",
    "serialnumber": "serial",
    "macaddress": "macs",
    "location": "x_location",
    "country": "made_in",
    "manufacturer": "manufacturer",
    "certifications:us:fcc:id": "fcc_id",
}
"""https://github.com/CycloneDX/cyclonedx-property-taxonomy/blob/main/cdx/device.md"""
_ANYWHERE: Final = {
    "countryoforigin": "made_in",
    "countryofmanufacture": "made_in",
    "manufacturingcountry": "made_in",
    "madein": "made_in",
    "provenance": "made_in",
    "partnumber": "part_number",
    "manufacturerpartnumber": "part_number",
    "mpn": "part_number",
    "fccid": "fcc_id",
    "serialnumber": "serial",
    "macaddress": "macs",
    "quantity": "quantity",
}
"""Words that mean one thing in every namespace, in small letters."""
_SIGNS: Final = re.compile(r"[^a-z0-9]+")


def take_properties(properties: Iterable[Any], row: dict[str, str], told: Components) -> None:
    """Put the properties of a component into its row; those that are not understood are counted or kept.

    Args:
        properties: ``{"name", "value"}``.
        row: What the component says otherwise, which goes before; changed in place.
        told: Where names that are not read are counted.
    """
    for entry in properties:
        if not isinstance(entry, dict):
            continue
        name, value = text_of(entry.get("name")), text_of(entry.get("value"))
        if name is None or value is None:
            continue
        lower = name.casefold()
        space = next((one for one in _NAMESPACES if lower.startswith(one)), None)
        field = _OF_DEVICES.get(lower.removeprefix(space)) if space else None
        field = field or _ANYWHERE.get(_SIGNS.sub("", lower.rpartition(":")[2]))
        if field is None and space:
            field, value = "x_properties", f"{name}: {value}"
        if field is None:
            told.left_properties[name] += 1
        elif field in ("macs", "x_properties") and field in row:
            row[field] = f"{row[field]}\n{value}"
        else:
            row.setdefault(field, value)
