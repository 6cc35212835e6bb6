"""What a schema says of a wrong file is told in plain words, whatever stands wherever."""

from __future__ import annotations

import copy
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from clearband.directives.directive_files import check_files
from clearband.errors import InputError
from clearband.facts import yaml_text
from clearband.facts.store import ROOT, compiled
from clearband.register import load_register
from tests.laws import examples

from .conftest import POLICY


def test_of_very_many_mistakes_the_first_hundred_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(POLICY + "cases:\n" + "  - {a: b}\n" * 1000, encoding="utf-8")
    *told, last = check_files([path], compiled(), load_register()).problems
    assert len(told) == 100
    assert {problem.line for problem in told} == set(range(20, 37))
    assert last.what == "and more; 100 are told"


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    [problem] = check_files([pipe], compiled(), load_register()).problems
    assert problem.what == "is no file"
    with pytest.raises(InputError, match="holds no"):
        check_files([tmp_path], compiled(), load_register())


VALUES = ["", "x", "Some Words", "2026-02-30", "-5", "NO", [], ["a"], [["b"]], {}, {"a": "b"}, [{"a": "b"}]]
JARGON = re.compile(r"Input|pydantic|valid |Slug|NoneType|\bdict\b|tuple|Value error|does not fit the form")


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if place:
        yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*place, key))


@pytest.mark.parametrize(
    "measure", ["us-fcc-covered-list-uas", "us-ndaa-fy2019-889-a1b", "us-bis-huawei-tgl"]
)
def test_whatever_is_written_where_it_does_not_belong_has_line_and_remedy_in_plain_words(
    tmp_path: Path, measure: str
) -> None:
    rng, register, facts = random.Random(measure), load_register(), compiled()
    whole = yaml_text.load(ROOT / "directives" / "us" / f"{measure}.yaml")
    for _ in range(examples(20, 300)):
        raw = {**copy.deepcopy(whole), "id": "one-of-mine"}
        *above, last = rng.choice(list(places(raw)))
        inside: Any = raw
        for step in above:
            inside = inside[step]
        inside[last] = rng.choice(VALUES)
        path = tmp_path / "mine.yaml"
        path.write_text(yaml.safe_dump(raw, sort_keys=False), encoding="utf-8")
        for problem in check_files([path], facts, register).problems:
            assert problem.line, problem
            assert problem.remedy, problem
            assert not JARGON.search(problem.what + problem.remedy), problem
