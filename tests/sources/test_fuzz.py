"""The search for files that a reader cannot stand: a short one is clean, and it finds what is there."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from clearband.errors import InputError

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))  # its own modules stand beside it
SPEC = importlib.util.spec_from_file_location("fuzz_sources", SCRIPTS / "fuzz_sources.py")
assert SPEC is not None
assert SPEC.loader is not None
FUZZ = importlib.util.module_from_spec(SPEC)
sys.modules["fuzz_sources"] = FUZZ  # its dataclasses look themselves up
SPEC.loader.exec_module(FUZZ)
sys.path.remove(str(SCRIPTS))


def test_a_short_search_in_every_parser_finds_nothing() -> None:
    for name, make in FUZZ.PARSERS.items():
        parser = make()
        search = FUZZ.Search(parser, random.Random(1), 30.0, seeds=list(parser.seeds))
        for _ in range(150):
            search.step()
        assert search.findings == [], name
        assert search.outcomes["read"], name
        assert search.outcomes["refused"], name


def test_a_search_finds_a_reader_that_breaks() -> None:
    def read(data: bytes) -> Iterable[str]:
        if b"xx" in data:
            raise KeyError("xx")
        if data.startswith(b"a"):
            raise InputError("begins with a")
        return ()

    search = FUZZ.Search(FUZZ.Parser(read, (b"abc",), (b"x",)), random.Random(1), 30.0, seeds=[b"abc"])
    for _ in range(500):
        search.step()
    assert [what.strip().splitlines()[-1] for what, _ in search.findings] == ["KeyError: 'xx'"]
