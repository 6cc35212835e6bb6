"""A run as a bill of materials keeps to the official schema, nests its parts and can be screened again."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.cli.main import run
from clearband.sources import read_inventory

ROOT = Path(__file__).resolve().parents[2]


def official(version: str) -> jsonschema_rs.Validator:
    """The schema of CycloneDX as its own project publishes it."""
    folder = resources.files("cyclonedx.schema._res")

    def schema(name: str) -> Any:
        return json.loads(folder.joinpath(f"{name}.SNAPSHOT.schema.json").read_text(encoding="utf-8"))

    others = [schema(name) for name in ("spdx", "jsf-0.82")]
    whole = schema(f"bom-{version}")
    for one in (whole, *others):
        one["$id"] = one["$id"].replace(".schema.json", ".SNAPSHOT.schema.json")
    registry = jsonschema_rs.Registry([(one["$id"], one) for one in others])
    return jsonschema_rs.validator_for(whole, registry=registry, validate_formats=True)


def screened(tmp_path: Path, *inputs: Path, name: str = "run") -> dict[str, Any]:
    out = tmp_path / name
    asked = ["--as", "federal-contractor", "--on", "2026-11-22", "--out", str(out), "--bom"]
    with pytest.raises(SystemExit) as stop:
        run(["screen", *map(str, inputs), *asked])
    assert stop.value.code == 0
    document: dict[str, Any] = json.loads((out / "bom.cdx.json").read_text(encoding="utf-8"))
    return document


def flat(components: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {}
    for one in components:
        found[one["bom-ref"]] = one
        found |= flat(one.get("components", []))
    return found


def properties(component: dict[str, Any]) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in component["properties"]}


ODD = """record id,part of,vendor,model,category,mac,qty,site
A,,Ericsson,R1,switch,,2,Cañon "x"
P,A,ZTE,MF210,LTE module,84:16:23:22:53:1d,1,
P,A,,,,,1,
X,Y,ZTE,MF1,module,,1,
Y,X,ZTE,MF1,module,,1,
Z,GONE,,,,,1,\u202edlrow
"""


@pytest.mark.parametrize(
    "name", ["gateway.cdx.json", "rural-carrier.csv", "agency.xlsx", "bill-of-materials.csv"]
)
def test_the_bill_of_any_inventory_keeps_to_the_official_schema(tmp_path: Path, name: str) -> None:
    document = screened(tmp_path, ROOT / "examples" / name)
    assert [str(error) for error in official("1.6").iter_errors(document)] == []
    read = read_inventory([ROOT / "examples" / name]).equipment
    assert set(flat(document["components"])) == set(read["record_id"])


def test_our_own_example_keeps_to_the_official_schema() -> None:
    document = json.loads((ROOT / "examples" / "gateway.cdx.json").read_text(encoding="utf-8"))
    assert [str(error) for error in official("1.6").iter_errors(document)] == []


def test_circles_strays_and_repeated_ids_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    document = screened(tmp_path, path)
    assert [str(error) for error in official("1.6").iter_errors(document)] == []
    found = flat(document["components"])
    assert set(found) == {"A", "P", "P#2", "X", "Y", "Z"}
    assert {one["bom-ref"] for one in found["A"]["components"]} == {"P", "P#2"}
    assert properties(found["Z"])["clearband:partOf"] == "GONE"
    assert "\u202e" not in json.dumps(document, ensure_ascii=False)


def test_answers_findings_and_contents_are_told(tmp_path: Path) -> None:
    document = screened(tmp_path, ROOT / "examples" / "gateway.cdx.json")
    found = flat(document["components"])
    box, module = found["gateway"], found["lte-module"]
    assert module in found["main-board"]["components"]
    assert box["manufacturer"] == {"name": "Telefonaktiebolaget LM Ericsson"}
    assert properties(box)["clearband:maker:stated"] == "Ericsson"
    assert properties(box)["clearband:answer"] == "review"
    assert (
        "edge gateway > main board > MF210 (lte-module): prohibited" in properties(box)["clearband:contains"]
    )
    assert module["supplier"] == {"name": "Mouser"}
    assert properties(module)["clearband:answer"] == "prohibited"
    about = [one["text"] for one in document["annotations"] if "lte-module" in one["subjects"]]
    assert any(text.startswith("prohibited: Section 889 Part A") and "Duty: " in text for text in about)
    asked = [one["text"] for one in document["annotations"] if "gateway" in one["subjects"]]
    assert any("Question: it contains ZTE Corporation MF210" in text for text in asked)


def test_the_bill_can_be_screened_again_to_the_same_answers(tmp_path: Path) -> None:
    first = screened(tmp_path, ROOT / "examples" / "gateway.cdx.json")
    again = screened(tmp_path, tmp_path / "run" / "bom.cdx.json", name="again")
    told = [
        {ref: properties(one)["clearband:answer"] for ref, one in flat(document["components"]).items()}
        for document in (first, again)
    ]
    assert told[0] == told[1]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        screened(tmp_path, ROOT / "examples" / "gateway.cdx.json", name=name)
    one, two = ((tmp_path / name / "bom.cdx.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_without_a_folder_there_is_no_bill(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["screen", str(ROOT / "examples" / "gateway.cdx.json"), "--bom"])
    assert stop.value.code == 2
    assert "--bom goes with --out" in capfd.readouterr().err
