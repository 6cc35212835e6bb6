"""Make a bill of materials of a product line, as large as wished, to measure how it is read.

    python benchmarks/generate_bom.py 1000000 bom.cdx.json
    python benchmarks/generate_bom.py 1000000 bom.cdx.xml
    python benchmarks/measure.py clearband screen bom.cdx.json --on 2026-11-22

Boxes hold a main board and a radio board, and those hold parts; ``--one-box`` puts all parts into one board,
which no reader can take in as a whole. Nothing is random: the same number gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

PARTS = (
    ("Molex", "47155-4001", "connector", "JP"),
    ("Qualcomm", "IPQ8074A", "network SoC", "TW"),
    ("Winbond", "W25Q256JVFIQ", "NOR flash", "TW"),
    ("Realtek", "RTL8211F-CG", "Ethernet PHY", "TW"),
    ("HiSilicon", "Hi3519AV100", "camera SoC", "CN"),
    ("Telit", "LE910C4-NF", "LTE module", "IT"),
    ("Murata", "LBEE5HY1MW", "Wi-Fi module", "JP"),
    ("Micron", "MT41K256M16TW-107", "DDR3", "SG"),
    ("Hangzhou Hikvision", "DS-2CD2D21G0", "camera module", "CN"),
    ("Samtec", "PCIE-098-02-F-D-EMS2", "connector", "US"),
)
SELLERS = ("DigiKey", "Mouser", "Arrow", None)
PER_BOX = 25
"""Components of a box: itself, two boards, and parts."""


def component(number: int, name: str, **more: Any) -> dict[str, Any]:
    """One component as CycloneDX has it."""
    return {"type": "device", "bom-ref": f"c-{number}", "name": name, **more}


def part(number: int) -> dict[str, Any]:
    """One part of a board."""
    maker, model, function, country = PARTS[number * 7 % len(PARTS)]
    seller = SELLERS[number % len(SELLERS)]
    return component(
        number,
        model,
        description=f"{function}, lot {number % 997}",
        manufacturer={"name": maker},
        **({"supplier": {"name": seller}} if seller else {}),
        properties=[
            {"name": "cdx:device:quantity", "value": str(1 + number % 4)},
            {"name": "cdx:device:function", "value": function},
            {"name": "cdx:device:serialNumber", "value": f"SN{number:010d}"},
            {"name": "hbom:countryOfOrigin", "value": country},
        ],
    )


def boxes(count: int, *, one_box: bool) -> Iterator[dict[str, Any]]:
    """Boxes of ``count`` components in all."""
    size = count if one_box else PER_BOX
    for start in range(0, count, size):
        numbers = range(start + 3, min(start + size, count))
        half = len(numbers) // 2
        maker = {"name": f"Maker {start % 41}"}
        boards = [
            component(start + 1, "main board", manufacturer=maker, components=map(part, numbers[:half])),
            component(start + 2, "radio board", manufacturer=maker, components=map(part, numbers[half:])),
        ]
        yield component(start, f"Gateway {start % 13}", manufacturer=maker, components=boards)


def write_json(one: dict[str, Any], out: TextIO) -> None:
    """A component with those within it, which may be an iterator."""
    within = one.pop("components", None)
    text = json.dumps(one)
    if within is None:
        out.write(text)
        return
    out.write(text[:-1] + ', "components": [')
    for at, inner in enumerate(within):
        out.write(", " if at else "")
        write_json(inner, out)
    out.write("]}")


def write_xml(one: dict[str, Any], out: TextIO) -> None:
    """The same in XML."""
    out.write(f"<component type={quoteattr(one['type'])} bom-ref={quoteattr(one['bom-ref'])}>")
    for kind in ("manufacturer", "supplier"):
        if kind in one:
            out.write(f"<{kind}><name>{escape(one[kind]['name'])}</name></{kind}>")
    out.write(f"<name>{escape(one['name'])}</name>")
    if "description" in one:
        out.write(f"<description>{escape(one['description'])}</description>")
    if "properties" in one:
        inner = (
            f"<property name={quoteattr(entry['name'])}>{escape(entry['value'])}</property>"
            for entry in one["properties"]
        )
        out.write(f"<properties>{''.join(inner)}</properties>")
    if "components" in one:
        out.write("<components>")
        for each in one["components"]:
            write_xml(each, out)
        out.write("</components>")
    out.write("</component>\n")


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("components", type=int)
    parser.add_argument("out", type=Path, help="ends in .json or .xml")
    parser.add_argument("--one-box", action="store_true", help="all parts in one box")
    asked = parser.parse_args()
    top = {"type": "device", "bom-ref": "line", "name": "product line"}
    with asked.out.open("w", encoding="utf-8") as out:
        made = boxes(asked.components - 1, one_box=asked.one_box)
        if asked.out.suffix == ".xml":
            out.write(
                '<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">\n'
            )
            out.write("<metadata>")
            write_xml(top, out)
            out.write("</metadata>\n<components>")
            for box in made:
                write_xml(box, out)
            out.write("</components>\n</bom>\n")
            return
        out.write('{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,\n')
        out.write(f'"metadata": {{"component": {json.dumps(top)}}},\n"components": [')
        for at, box in enumerate(made):
            out.write(",\n" if at else "\n")
            write_json(box, out)
        out.write("]}\n")


if __name__ == "__main__":
    main()
