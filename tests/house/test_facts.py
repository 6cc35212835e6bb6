"""The packaged facts: each file fits its schema, cites its source, and passes its own examples."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from clearband.errors import FactsError
from clearband.facts import yaml_text
from clearband.facts.compile import model_of, read_file
from clearband.facts.kinds import KINDS, Kind
from clearband.facts.schema.organisations import OrganisationsFile
from clearband.facts.store import ROOT

BY_NAME = {kind.name: kind for kind in KINDS}


def paths(kind: Kind) -> list[Path]:
    return sorted(ROOT.glob(kind.pattern))


def organisations() -> list[OrganisationsFile]:
    kind = BY_NAME["organisations"]
    files = [read_file(kind, path, path.name).model for path in paths(kind)]
    return [file for file in files if isinstance(file, OrganisationsFile)]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a document, outermost first."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_file_of_a_kind_fits_its_schema(kind: Kind) -> None:
    assert paths(kind), f"no file matches {kind.pattern}"
    for path in paths(kind):
        assert isinstance(read_file(kind, path, path.name).model, BaseModel)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_key_that_the_schema_does_not_know_is_refused(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "changed.yaml"
    path.write_text(paths(kind)[0].read_text(encoding="utf-8") + "\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(FactsError, match="surprise"):
        read_file(kind, path, "changed.yaml")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_misspelt_key_is_refused_at_every_depth(kind: Kind) -> None:
    raw = yaml_text.load(paths(kind)[0])
    inner = [at for at, item in enumerate(objects(raw)) if item][-1]
    changed = copy.deepcopy(raw)
    target = list(objects(changed))[inner]
    target["surprise"] = {"surprise": "1"}
    with pytest.raises(ValidationError):
        model_of(kind).model_validate(changed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_verified_fact_without_its_source_is_refused(kind: Kind) -> None:
    """Where a kind marks facts as verified, taking the source away must not pass."""
    tried = 0
    for path in paths(kind)[:5]:
        raw = yaml_text.load(path)
        places = [
            at
            for at, item in enumerate(objects(raw))
            if item.get("verified") == "true" and item.get("source")
        ]
        for at in places[:3]:
            changed = copy.deepcopy(raw)
            del list(objects(changed))[at]["source"]
            with pytest.raises(ValidationError):
                model_of(kind).model_validate(changed)
            tried += 1
    marks = any(
        item.get("verified") == "true" and item.get("source") for item in objects(yaml_text.load(path))
    )
    assert tried or not marks


def test_every_source_that_organisations_cite_is_defined_or_can_be_looked_up() -> None:
    """A source is an id of sources.yaml, alone or before a colon, or words that say where to look."""
    known = set(yaml_text.load(ROOT / "sources.yaml")["sources"]) | {"github", "page"}
    unknown = []
    for path in paths(BY_NAME["organisations"]):
        for item in objects(yaml_text.load(path)):
            for key in ("source", "country_source"):
                cited = item.get(key)
                if not isinstance(cited, str):
                    continue
                head = re.match(r"([a-z][a-z0-9-]*)(:|$)", cited)
                if head and head.group(1) not in known:
                    unknown.append(f"{path.name}: {cited}")
    assert not unknown


def test_every_organisation_is_written_once_and_every_owner_exists() -> None:
    listed = [organisation for file in organisations() for organisation in file.organisations]
    ids = [organisation.id for organisation in listed]
    assert len(ids) == len(set(ids))
    owners = {link.owner for organisation in listed for link in organisation.ownership}
    assert owners <= set(ids)


def test_every_model_pattern_meets_its_example_and_not_its_counter_example() -> None:
    wrong = []
    tried = 0
    for file in organisations():
        for organisation in file.organisations:
            for family in organisation.model_families:
                pattern = re.compile(family.pattern, re.IGNORECASE)
                if family.example:
                    tried += 1
                    if not pattern.search(family.example):
                        wrong.append(f"{organisation.id}: {family.pattern} does not meet {family.example}")
                if family.counter_example and pattern.search(family.counter_example):
                    wrong.append(f"{organisation.id}: {family.pattern} meets {family.counter_example}")
    assert tried > 100
    assert not wrong


def test_every_model_pattern_is_a_regular_expression() -> None:
    for file in organisations():
        for organisation in file.organisations:
            for family in organisation.model_families:
                re.compile(family.pattern)
