"""Files of assessments: what is refused, and at which place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.assess.document import read_assessment, written
from clearband.errors import InputError
from tests.assess.made_up import answer, assessment, item

SCHEMA = Path(__file__).resolve().parents[2] / "clearband/facts/schemas/assessment.schema.json"
GOOD = written(assessment([answer("LEG-05", "no", "e"), answer("OWN-03", 0, "e")], [item("e")]))


def said_of(path: Path, change: Callable[[dict[str, Any]], Any]) -> str:
    raw = json.loads(GOOD)
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_assessment(path)
    return error.value.one_line().removeprefix(str(path)).strip()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda raw: raw["subject"].update(contact="x"),
            'subject.contact: "contact" would name a person; only organisations',
        ),
        (
            lambda raw: raw["evidence"][0].update(source="write to jane.doe@example.org"),
            "evidence[0].source: an e-mail address stands here; only organisations and roles are kept",
        ),
        (
            lambda raw: raw["answers"][0].update(criterion="LEG-99"),
            'answers[0].criterion: "LEG-99" is no criterion of the catalogue; nearest: LEG-09',
        ),
        (
            lambda raw: raw["answers"][0].update(value={"low": "1", "high": "1"}),
            "answers[0].value: LEG-05 is answered by a word; write yes, no, unknown or not-applicable",
        ),
        (
            lambda raw: raw["answers"][1].update(value={"low": "2", "high": "1"}),
            "answers[1].value: low is above high; swap them",
        ),
        (
            lambda raw: raw["answers"][0].update(value={"word": "not-applicable"}),
            "answers[0]: not-applicable needs a reason; add one",
        ),
        (
            lambda raw: raw["answers"][0].update(evidence=["gone"]),
            'answers[0].evidence: there is no evidence "gone"; add it under evidence, or correct the id',
        ),
        (
            lambda raw: raw["answers"][0].update(details=["x"]),
            'answers[0].details: "x" is no detail of LEG-05; it has none',
        ),
        (
            lambda raw: raw["evidence"][0].update(expires="2026-06-01"),
            "evidence[0]: the evidence expires before it was collected; correct a date",
        ),
        (
            lambda raw: raw["evidence"][0].update(closed=True),
            "evidence[0]: closed evidence needs a hash and a holder; add sha256 and holder",
        ),
        (lambda raw: raw.update(colour="red"), 'colour: "colour" is no key here; allowed are'),
        (lambda raw: raw.pop("on"), 'the key "on" is missing; add it'),
    ],
)
def test_each_error_names_its_place(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any], said: str
) -> None:
    assert said_of(tmp_path / "a.json", change).removeprefix(": ").startswith(said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "is not JSON"),
        (b'{"a": 1, "a": 2}', 'the key "a" stands twice'),
        (b"[" * 100_000, "nested deeper than"),
        (b"[" * 50 + b"]" * 50, "nested deeper than"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"\xff{}", "is not UTF-8"),
        (b'"' + b"x" * 16_000_001 + b'"', "larger than 16 MB"),
    ],
    ids=["cut", "twice", "deep", "nested", "nan", "bytes", "large"],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_assessment(path)


def test_a_written_file_fits_the_published_schema() -> None:
    schema = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert schema.is_valid(json.loads(GOOD))
    assert not schema.is_valid(json.loads(GOOD) | {"on": "yesterday"})
