"""``clearband directives timeline``, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband


def test_the_json_form_is_the_published_one(clearband: Clearband) -> None:
    schema = json.loads((ROOT / "schemas" / "timeline.schema.json").read_text(encoding="utf-8"))
    said = clearband("directives", "timeline", "--maker", "Honor", "--json")
    jsonschema_rs.validate(schema, json.loads(said.out))


def test_a_picture_is_written_whole(clearband: Clearband, tmp_path: Path) -> None:
    for name, begins in (("life.svg", "<svg"), ("life.html", "<!doctype html>")):
        assert clearband("directives", "timeline", "--out", tmp_path / name).status == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["life.html", "life.svg"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--directive", "us-fcc-2571"), "us-fcc-25-71"),
        (("--jurisdiction", "XX"), "there are AU"),
        (("--maker", "Nobody at all"), "no maker"),
        (("--maker", "China Mobile"), "china-mobile-group or china-mobile-limited"),
        (("--out", "life.pdf"), "neither .svg nor .html"),
        (("--from", "2020-01-01", "--to", "2019-01-01"), "ends before it begins"),
    ],
)
def test_what_does_not_exist_is_refused_in_one_line(
    clearband: Clearband,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    ended = clearband("directives", "timeline", *arguments)
    assert ended.status == 2
    assert says in ended.err
    assert len(ended.err.splitlines()) == 1
