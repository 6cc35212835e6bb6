"""Bills of materials in CycloneDX: parts with their parents, who made them and who only sold them."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources import ReadOptions
from clearband.sources.bom import json_walk
from tests.sources.conftest import Read

XML = '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/{}">{}</bom>'


def bill(*components: Any, **more: Any) -> str:
    return json.dumps(
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": list(components), **more}
    )


def rows(equipment: pl.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return equipment.select(columns).rows()


CAMERA = {
    "type": "device",
    "bom-ref": "camera",
    "name": "MS-40",
    "version": "rev B",
    "description": "dome camera",
    "manufacturer": {"name": "Meridian"},
    "supplier": {"name": "Arrow"},
    "cpe": "cpe:2.3:h:meridian:ms-40:*:*:*:*:*:*:*:*",
    "properties": [
        {"name": "cdx:device:quantity", "value": "3"},
        {"name": "cdx:device:function", "value": "camera"},
        {"name": "cdx:device:serialNumber", "value": "0012"},
        {"name": "cdx:device:macAddress", "value": "48:57:02:00:00:01"},
        {"name": "cdx:device:macAddress", "value": "48:57:02:00:00:02"},
        {"name": "cdx:device:certifications:US:FCC:id", "value": "2AB-MS40"},
        {"name": "cdx:device:lotNumber", "value": "L7"},
        {"name": "hbom:country", "value": "Taiwan"},
        {"name": "acme:Part Number", "value": "P-1"},
        {"name": "acme:colour", "value": "grey"},
    ],
    "components": [
        {
            "type": "device",
            "bom-ref": "board",
            "name": "board",
            "components": [{"type": "device", "bom-ref": "chip", "name": "Hi3519"}],
        },
        {"type": "firmware", "bom-ref": "fw", "name": "image", "version": "5.1", "purl": "pkg:generic/image"},
    ],
}


def test_nested_components_are_parts_of_what_they_are_in_and_the_top_is_the_top(read: Read) -> None:
    top = {"type": "device", "bom-ref": "line", "name": "product line"}
    inventory = read(bill(CAMERA, metadata={"component": top}), "b.cdx.json")
    assert rows(inventory.equipment, "record_id", "parent_id") == [
        ("line", None),
        ("camera", "line"),
        ("board", "camera"),
        ("chip", "board"),
        ("fw", "camera"),
    ]
    assert inventory.tables[0].format == "cyclonedx-json"


def test_every_field_of_a_device_goes_where_a_table_has_it(read: Read) -> None:
    inventory = read(bill(CAMERA), "b.cdx.json")
    camera = inventory.equipment.row(0, named=True)
    said = {name: value for name, value in camera.items() if value is not None}
    assert said == {
        "record_id": "camera",
        "source": "b.cdx.json:1",
        "manufacturer": "Meridian",
        "model": "MS-40",
        "part_number": "P-1",
        "description": "dome camera",
        "serial": "0012",
        "macs": ["48:57:02:00:00:01", "48:57:02:00:00:02"],
        "fcc_id": "2AB-MS40",
        "cpe": "cpe:2.3:h:meridian:ms-40:*:*:*:*:*:*:*:*",
        "hw_version": "rev B",
        "made_in": "TW",
        "category": "camera",
        "quantity": 3,
        "x_supplier": "Arrow",
        "x_type": "device",
        "x_properties": "cdx:device:lotNumber: L7",
    }
    assert inventory.equipment["firmware"].to_list()[-1] == "5.1"
    assert '1 properties are not read: "acme:colour"' in inventory.tables[0].warnings


def test_a_supplier_is_the_maker_only_where_none_is_named_and_a_distributor_never(read: Read) -> None:
    made = {"name": "a", "manufacturer": {"name": "Murata"}, "supplier": {"name": "Huawei"}}
    sold = {"name": "b", "supplier": {"name": "ZTEWelink"}}
    shelf = {"name": "c", "supplier": {"name": "Digi-Key Electronics, Inc."}}
    published = {"name": "d", "publisher": "Acme"}
    written = {"name": "e", "author": "Jane Doe", "authors": [{"name": "Jane Doe"}]}
    inventory = read(bill(made, sold, shelf, published, written), "b.json")
    assert rows(inventory.equipment, "manufacturer", "x_supplier") == [
        ("Murata", "Huawei"),
        ("ZTEWelink", "ZTEWelink"),
        (None, "Digi-Key Electronics, Inc."),
        ("Acme", None),
        (None, None),
    ]
    said = " ".join(inventory.tables[0].warnings)
    assert "1 components name a supplier and no manufacturer" in said
    assert "1 components name only a distributor" in said
    assert "Jane" not in str(inventory.equipment.to_dicts())


def test_until_1_5_the_maker_of_the_top_stands_beside_it(read: Read) -> None:
    metadata = {"component": {"name": "router"}, "manufacture": {"name": "ZTE"}, "supplier": {"name": "TTI"}}
    json_one = read(bill({"name": "chip"}, specVersion="1.4", metadata=metadata), "b.json").equipment
    body = (
        "<metadata><component><name>router</name></component><manufacture><name>ZTE</name></manufacture>"
        "<supplier><name>TTI</name></supplier></metadata><components><component><name>chip</name></component>"
        "</components>"
    )
    xml_one = read(XML.format("1.4", body), "b.xml").equipment
    for equipment in (json_one, xml_one):
        assert rows(equipment, "model", "manufacturer", "x_supplier") == [
            ("router", "ZTE", "TTI"),
            ("chip", None, None),
        ]
        assert equipment["parent_id"].to_list()[1] == equipment["record_id"].to_list()[0]


def as_xml(component: dict[str, Any]) -> str:
    inner = "".join(
        f"<{key}><name>{value['name']}</name></{key}>"
        for key, value in component.items()
        if key in ("manufacturer", "supplier")
    )
    inner += "".join(
        f"<{key}>{component[key]}</{key}>"
        for key in ("name", "version", "description", "cpe", "purl")
        if key in component
    )
    inner += "<pedigree><ancestors><component><name>not a part</name></component></ancestors></pedigree>"
    if "properties" in component:
        entries = (f'<property name="{p["name"]}">{p["value"]}</property>' for p in component["properties"])
        inner += f"<properties>{''.join(entries)}</properties>"
    if "components" in component:
        inner += f"<components>{''.join(map(as_xml, component['components']))}</components>"
    return f'<component type="{component["type"]}" bom-ref="{component["bom-ref"]}">{inner}</component>'


@pytest.mark.parametrize("version", ["1.4", "1.5", "1.6", "1.7"])
def test_xml_says_the_same_as_json(read: Read, version: str) -> None:
    of_xml = read(XML.format(version, f"<components>{as_xml(CAMERA)}</components>"), "b.xml")
    of_json = read(bill(CAMERA, specVersion=version), "b.xml")
    assert of_xml.tables[0].format == "cyclonedx-xml"
    assert of_xml.equipment.equals(of_json.equipment)


def test_repeated_refs_are_told_apart_and_each_keeps_its_parts(read: Read) -> None:
    first = {"bom-ref": "x", "name": "one", "components": [{"bom-ref": "p", "name": "in one"}]}
    second = {"bom-ref": " x", "name": "two", "components": [{"name": "in two"}]}
    inventory = read(bill(first, second), "b.json")
    assert rows(inventory.equipment, "record_id", "parent_id") == [
        ("x", None),
        ("p", "x"),
        ("x#2", None),
        ("b.json!4", "x#2"),
    ]
    assert "1 ids stand more than once, the later ones got #2, #3 …: x" in inventory.tables[0].warnings


def test_what_is_no_component_is_told(read: Read) -> None:
    services = [{"name": "a"}, {"name": "b", "services": [{"name": "c"}]}]
    text = bill(
        {"type": "device"},
        7,
        services=services,
        compositions=[{"aggregate": "incomplete"}, {"aggregate": "complete"}],
    )
    said = " | ".join(read(text, "b.json").tables[0].warnings)
    assert "1 components have no name" in said
    assert "1 components are no objects and are not read" in said
    assert "2 services are not equipment" in said
    assert 'it is "incomplete" (in 1 places)' in said


def test_a_box_longer_than_the_window_is_gone_into(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    text = bill(
        CAMERA, {"bom-ref": "é\u4e2d", "name": "1.50", "version": 1.50}, metadata={"component": CAMERA}
    )
    whole = read(text, "b.json")
    for window in (1, 2, 3, 7, 64):
        monkeypatch.setattr(json_walk, "_WINDOW", window)
        assert read(text, "b.json").equipment.equals(whole.equipment)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (bill(specVersion="2.0"), "CycloneDX 2.0 is not read"),
        ('{"bomFormat": "CycloneDX", "components": []}', "CycloneDX without a specVersion is not read"),
        (bill(), "there are no components"),
        (bill(CAMERA) + "]", "line 1: malformed JSON (something follows the end of the document)"),
        (bill(CAMERA)[:-40], "malformed JSON"),
        (bill(CAMERA).replace('"components"', '\n\n"components" 7', 1), "line 3: malformed JSON"),
        (bill(CAMERA, x=0).replace('"x": 0', '"x": ' + "[" * 100_000), "nested too deeply"),
        (XML.format("9.9", ""), "CycloneDX 9.9 is not read"),
        (XML.format("1.5", "<components><component>"), "malformed XML (mismatched tag)"),
        (
            '<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + XML.format("1.5", "&b;")[21:],
            "an XML document with a document type",
        ),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(read: Read, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, "b.cdx")
    assert said in caught.value.one_line()
    assert "b.cdx" in caught.value.one_line()


def nested(levels: int) -> dict[str, Any]:
    one: dict[str, Any] = {"name": "innermost", "type": "device", "bom-ref": "0"}
    for level in range(1, levels):
        one = {"name": f"level {level}", "type": "device", "bom-ref": str(level), "components": [one]}
    return one


def test_components_go_64_levels_deep_and_no_further(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (bill(nested(64)), XML.format("1.5", f"<components>{as_xml(nested(64))}</components>")):
        assert read(text, "b.json").equipment.height == 64
    monkeypatch.setattr(json_walk, "_WINDOW", 8)
    for text in (bill(nested(66)), XML.format("1.5", f"<components>{as_xml(nested(66))}</components>")):
        with pytest.raises(InputError, match="deeper than 64 levels"):
            read(text, "b.json")


def test_the_number_of_components_is_limited(read: Read) -> None:
    with pytest.raises(InputError, match="more than 2 components"):
        read(bill(CAMERA), "b.json", options=ReadOptions(max_cells=60))


def test_a_list_of_devices_that_mentions_a_bill_is_still_a_list(read: Read) -> None:
    text = '[{"Make": "ZTE", "Model": "C300", "bomFormat": "CycloneDX"}]'
    assert read(text, "a.json").tables[0].format == "json"


def test_a_supplier_column_can_be_said_to_name_the_makers(read: Read) -> None:
    from clearband.sources import ColumnMapping

    text = bill({"name": "a", "supplier": {"name": "Mouser"}})
    mapping = ColumnMapping.from_options(["x_supplier=manufacturer"])
    assert read(text, "b.json", mapping=mapping).equipment["manufacturer"].to_list() == ["Mouser"]
