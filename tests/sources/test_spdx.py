"""Bills of materials in SPDX: packages, who made and who supplied them, and what contains what."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from clearband.errors import InputError
from tests.sources.conftest import Read


def spdx(packages: list[dict[str, Any]], *relations: tuple[str, str, str], **more: Any) -> str:
    return json.dumps(
        {
            "spdxVersion": "SPDX-2.3",
            "SPDXID": "SPDXRef-DOCUMENT",
            "packages": packages,
            "relationships": [
                {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                for one, kind, other in relations
            ],
            **more,
        }
    )


def packages(*names: str) -> list[dict[str, Any]]:
    return [{"SPDXID": f"SPDXRef-{name}", "name": name} for name in names]


def parents(equipment: pl.DataFrame) -> list[tuple[str, str | None]]:
    return equipment.select(pl.col("record_id", "parent_id").str.replace("SPDXRef-", "", literal=True)).rows()


FULL = {
    "SPDXID": "SPDXRef-fw",
    "name": "firmware",
    "versionInfo": "7.2",
    "primaryPackagePurpose": "FIRMWARE",
    "supplier": "Organization: Arrow (sales@arrow.example)",
    "originator": "Organization: ZTE Corporation ()",
    "description": "image of the unit",
    "externalRefs": [
        {
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": "pkg:generic/fw@7",
        },
        {
            "referenceCategory": "SECURITY",
            "referenceType": "cpe23Type",
            "referenceLocator": "cpe:2.3:o:zte:fw:*",
        },
    ],
}
TAGS = """SPDXVersion: SPDX-2.3
# a comment
SPDXID: SPDXRef-DOCUMENT
DocumentName: x
PackageName: firmware
SPDXID: SPDXRef-fw
PackageVersion: 7.2
PrimaryPackagePurpose: FIRMWARE
PackageSupplier: Organization: Arrow (sales@arrow.example)
PackageOriginator: Organization: ZTE Corporation ()
PackageDescription: <text>image of
the unit</text>
ExternalRef: PACKAGE-MANAGER purl pkg:generic/fw@7
ExternalRef: SECURITY cpe23Type cpe:2.3:o:zte:fw:*
FileName: ./a
SPDXID: SPDXRef-file
PackageName: library
SPDXID: SPDXRef-lib
Relationship: SPDXRef-fw CONTAINS SPDXRef-lib
Relationship: SPDXRef-fw CONTAINS SPDXRef-file
"""
THREE = {
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
        {"type": "Organization", "spdxId": "urn:zte", "name": "ZTE Corporation"},
        {"type": "Organization", "spdxId": "urn:arrow", "name": "Arrow"},
        {"type": "Person", "spdxId": "urn:jane", "name": "Jane Doe"},
        {
            "type": "software_Package", "spdxId": "urn:fw", "name": "firmware",
            "software_packageVersion": "7.2",
            "software_primaryPurpose": "firmware", "originatedBy": ["urn:jane", "urn:zte"],
            "suppliedBy": "urn:arrow", "software_packageUrl": "pkg:generic/fw@7",
            "externalIdentifier": [{"externalIdentifierType": "cpe23", "identifier": "cpe:2.3:o:zte:fw:*"}],
        },
        {"type": "software_Package", "spdxId": "urn:lib", "name": "library"},
        {"type": "software_File", "spdxId": "urn:file", "name": "a"},
        {"type": "Relationship", "from": "urn:fw", "relationshipType": "contains",
         "to": ["urn:lib", "urn:file"]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            spdx(
                [FULL, *packages("lib")],
                ("SPDXRef-fw", "CONTAINS", "SPDXRef-lib"),
                ("SPDXRef-fw", "CONTAINS", "SPDXRef-file"),
                files=[{"SPDXID": "SPDXRef-file", "fileName": "./a"}],
            ),
            "spdx-json",
        ),
        (TAGS, "spdx-tag-value"),
        (json.dumps(THREE), "spdx-3-json"),
    ],
)
def test_a_package_says_the_same_in_every_form(read: Read, text: str, kind: str) -> None:
    inventory = read(text, "b.spdx")
    firmware, library = inventory.equipment.to_dicts()
    assert inventory.tables[0].format == kind
    assert (firmware["manufacturer"], firmware["x_supplier"]) == ("ZTE Corporation", "Arrow")
    assert (firmware["model"], firmware["firmware"]) == ("firmware", "7.2")
    assert (firmware["purl"], firmware["cpe"]) == ("pkg:generic/fw@7", "cpe:2.3:o:zte:fw:*")
    assert library["parent_id"] == firmware["record_id"]
    said = inventory.tables[0].warnings
    assert "1 files are not equipment and are not read" in said
    assert not [line for line in said if "not there" in line]
    assert "Jane" not in str(inventory.equipment.to_dicts())


def test_spdx_three_with_odd_types_says_what_it_can(read: Read) -> None:
    agents = {"type": ["Organization"], "spdxId": "urn:a", "name": "Acme"}
    package = {
        "type": "software_Package",
        "spdxId": "urn:p",
        "name": "EC25",
        "suppliedBy": [{}, "urn:a", None],
    }
    text = json.dumps({"@context": THREE["@context"], "@graph": [agents, package, [], {"type": {}}]})
    (row,) = read(text, "b.spdx").equipment.to_dicts()
    assert (row["model"], row["manufacturer"]) == ("EC25", None)


def test_contained_by_is_contains_from_the_other_side(read: Read) -> None:
    text = spdx(
        packages("box", "board", "chip"),
        ("SPDXRef-board", "CONTAINED_BY", "SPDXRef-box"),
        ("SPDXRef-board", "CONTAINS", "SPDXRef-chip"),
        ("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-box"),
        ("SPDXRef-box", "DEPENDS_ON", "SPDXRef-chip"),
    )
    assert parents(read(text, "b.json").equipment) == [("box", None), ("board", "box"), ("chip", "board")]


def test_a_part_of_two_boxes_stands_in_each_with_its_own_parts(read: Read) -> None:
    text = spdx(
        packages("a", "b", "board", "chip"),
        ("SPDXRef-a", "CONTAINS", "SPDXRef-board"),
        ("SPDXRef-b", "CONTAINS", "SPDXRef-board"),
        ("SPDXRef-board", "CONTAINS", "SPDXRef-chip"),
    )
    inventory = read(text, "b.json")
    assert parents(inventory.equipment) == [
        ("a", None), ("board", "a"), ("chip", "board"), ("b", None), ("board#2", "b"), ("chip#2", "board#2"),
    ]  # fmt: skip
    assert any("1 packages are in several others" in line for line in inventory.tables[0].warnings)


def test_relationships_to_nothing_are_counted(read: Read) -> None:
    text = spdx(
        packages("a"), ("SPDXRef-a", "CONTAINS", "SPDXRef-gone"), ("SPDXRef-a", "CONTAINS", "NOASSERTION")
    )
    inventory = read(text, "b.json")
    assert parents(inventory.equipment) == [("a", None)]
    assert "2 relationships of containing name packages that are not there" in inventory.tables[0].warnings


@pytest.mark.parametrize(
    "edges",
    [
        [("SPDXRef-a", "CONTAINS", "SPDXRef-b"), ("SPDXRef-b", "CONTAINS", "SPDXRef-a")],
        [("SPDXRef-a", "CONTAINS", "SPDXRef-a")],
        [
            ("SPDXRef-c", "CONTAINS", "SPDXRef-a"),
            ("SPDXRef-a", "CONTAINS", "SPDXRef-b"),
            ("SPDXRef-b", "CONTAINS", "SPDXRef-a"),
        ],
    ],
)
def test_packages_in_a_circle_are_refused(read: Read, edges: list[tuple[str, str, str]]) -> None:
    with pytest.raises(InputError, match=r"b\.json: packages contain each other in a circle"):
        read(spdx(packages("a", "b", "c"), *edges), "b.json")


def test_persons_are_counted_and_not_read(read: Read) -> None:
    package = {"name": "x", "supplier": "Person: Jane Doe (jane@example.org)", "originator": "NOASSERTION"}
    inventory = read(spdx([package]), "b.json")
    assert inventory.equipment["manufacturer"].to_list() == [None]
    assert "1 persons are named as originators or suppliers and are not read" in inventory.tables[0].warnings
    assert "Jane" not in str(inventory.equipment.to_dicts())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (spdx(packages("a"), spdxVersion="SPDX-9"), "SPDX-9 is not a version of SPDX that is read here"),
        (TAGS.replace("</text>", ""), "line 11: a <text> begins here and does not end"),
        ("spdxVersion: SPDX-2.3\npackages: []\n", "an SPDX document in YAML, which is not read"),
        ('<rdf:RDF xmlns:spdx="http://spdx.org/rdf/terms#"></rdf:RDF>', "an SPDX document in XML"),
        ('{"@context": "https://spdx.org/rdf/3.0.1/x", "type": "x"}', "SPDX 3 without a @graph"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(read: Read, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, "b.spdx")
    assert said in caught.value.one_line()
