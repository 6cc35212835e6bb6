"""The schema for editors accepts what Clearband accepts, refuses wrong words, and helps with every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.directives.editor_schema import editor_schema
from clearband.facts.store import ROOT, compiled
from clearband.register import load_register

from .conftest import POLICY

SCHEMA = editor_schema(compiled(), load_register())
FILES = sorted((ROOT / "directives").glob("*/*.yaml"))


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: true, false and numbers, but no dates."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def wrong(text: str) -> list[str]:
    validator = jsonschema_rs.validator_for(SCHEMA)
    return [str(error.message) for error in validator.iter_errors(as_an_editor_reads(text))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_file_fits(path: Path) -> None:
    assert not wrong(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("any-us-person", "any-us-persons"),
        ("[procure]", "[purchase]"),
        ("effect:", "efect:"),
        ("effect: prohibits", "effect: forbids"),
        ("reach: [subsidiaries]", "reach: [daughters]"),
        ("from: effective 2026-06-01", "from: efective 2026-06-01"),
        ("date: 2026-06-01", "date: 1 June 2026"),
        ("makers: {", "equipment: [ran-5g]\n    makers: {"),
        ("makers: {", "made_in: [CHN]\n    makers: {"),
    ],
)
def test_a_wrong_word_does_not(old: str, new: str) -> None:
    assert not wrong(POLICY)
    assert wrong(POLICY.replace(old, new, 1))


def test_a_measure_or_organisation_that_only_ones_own_files_know_is_no_mistake() -> None:
    assert not wrong(POLICY.replace("org: hytera", "org: acme-radios"))
    assert not wrong(POLICY.replace("    from:", "    covers: acme-blocklist\n    from:"))


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for inner in node.values():
            yield from objects(inner)


def test_every_key_and_every_word_has_a_description() -> None:
    for form in objects(SCHEMA):
        assert form["description"]
        for key, node in form["properties"].items():
            assert node.get("description"), key
    assert '"x-words"' not in json.dumps(SCHEMA)
    actors = SCHEMA["$defs"]["Clause"]["properties"]["actors"]["items"]
    assert dict(zip(actors["enum"], actors["enumDescriptions"], strict=True))["federal-agency"] == (
        "US executive agency"
    )


def test_the_command_prints_it_or_writes_it_to_a_file(tmp_path: Path) -> None:
    runner, out = CliRunner(), tmp_path / "directive.schema.json"
    printed = runner.invoke(main, ["directives", "schema"], catch_exceptions=False)
    runner.invoke(main, ["directives", "schema", "--out", str(out)], catch_exceptions=False)
    assert json.loads(printed.stdout) == json.loads(out.read_text(encoding="utf-8")) == SCHEMA
    jsonschema_rs.meta.validate(SCHEMA)
