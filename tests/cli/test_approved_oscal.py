"""The list as OSCAL on the command line: published, made anew by who verifies, or told as left out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clearband.reports.oscal import check
from clearband.reports.published import oscal
from tests.cli.conftest import Clearband
from tests.cli.test_approved import office
from tests.cli.test_approved_published import A_AND_C, PUBLISH, VERIFY, published

__all__ = ["office", "published"]


def held(verified: Clearband) -> bool | None:
    shown = verified(*VERIFY, "--json")
    assert shown.status == 0, shown.err
    found: bool | None = json.loads(shown.out)["lists"][0]["oscal_recomputed"]
    return found


def test_it_goes_out_with_the_list_and_is_made_anew_by_who_verifies(
    published: Clearband, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held(published) is True
    document = json.loads(Path("state/targets/example/list.oscal.json").read_bytes())
    titles = [one["title"] for one in document["component-definition"]["components"]]
    assert titles == ["Made Radio", "=cmd|x <b>bold</b>"]
    monkeypatch.setattr(oscal, "__version__", "99")
    assert held(published) is False
    assert "made by another version: signed, not made anew" in published(*VERIFY).out


def test_a_long_list_is_written_as_oscal_only_where_asked(
    published: Clearband, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oscal, "UNASKED", 1)
    told = published(*PUBLISH, *A_AND_C)
    assert told.err == "not written as OSCAL: more than 1 entries; --oscal writes it\n"
    assert held(published) is None
    assert published(*PUBLISH, *A_AND_C, "--oscal").err == ""
    assert held(published) is True
    assert published(*PUBLISH, *A_AND_C, "--no-oscal").err == ""
    assert held(published) is None


def test_without_the_library_that_checks_it_is_left_out_and_told_and_refused_when_asked_for(
    published: Clearband, monkeypatch: pytest.MonkeyPatch
) -> None:
    check._validator.cache_clear()
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    told = published(*PUBLISH, *A_AND_C)
    assert told.status == 0
    assert told.err.startswith("not written as OSCAL: ")
    assert "pip install '.[oscal]'" in told.err
    assert held(published) is None
    assert "pip install '.[oscal]'" in published(*PUBLISH, *A_AND_C, "--oscal").one_line
